import {
  type ConsentAct,
  type Contact,
  type ContactFact,
  contactCapacities,
  contactChannels,
  contactOutcomes,
  contactPlaces,
  contactPurposes,
  type SaidFact,
} from '../rules/domain/contact.ts';
import { invariant } from '../rules/domain/failures.ts';
import { instantOf, instantOrNull } from './convert.ts';
import type { Consent as ConsentModel, Contact as ContactModel, ContactFact as FactModel } from './generated/client.ts';

/** Rows of the contact ledger as domain values. What is cast here was written from the same type. */

export function contactOf(row: ContactModel): Contact {
  const { key, party, accountIds, automated, offersOptOut, validationNotice } = row;
  return {
    key,
    party,
    accountIds,
    automated,
    offersOptOut,
    validationNotice,
    at: instantOf(row.at),
    capacity: among(contactCapacities, row.capacity),
    direction: among(['out', 'in'] as const, row.direction),
    channel: among(contactChannels, row.channel),
    purpose: among(contactPurposes, row.purpose),
    place: among(contactPlaces, row.place),
    outcome: among(contactOutcomes, row.outcome),
  };
}

export function consentOf({ key, act, channel, purpose, at, how }: ConsentModel): ConsentAct {
  return {
    key,
    act: among(['given', 'revoked'] as const, act),
    channel: among([...contactChannels, 'all'] as const, channel),
    purpose: among([...contactPurposes, 'all'] as const, purpose),
    at: instantOf(at),
    how,
  };
}

export function contactFactOf({ key, since, until, accountIds, said }: FactModel): ContactFact {
  return { key, since: instantOf(since), until: instantOrNull(until), accountIds, ...(said as unknown as SaidFact) };
}

function among<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text);
  invariant(found !== undefined, 'a stored word of the contact ledger is one that rules/domain/contact.ts knows');
  return found;
}
