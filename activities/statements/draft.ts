import type { GuarantorContact, StatementSource } from '../../prisma/reads/statement-source.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { invariant } from '../../rules/domain/failures.ts';
import { languageFor } from '../../rules/statements/language.ts';
import { policyFor, type StatementPolicy } from '../../rules/statements/read-statement-policies.ts';
import { type Statement, stateAccounts } from '../../rules/statements/statement.ts';
import type { Way } from '../../rules/statements/way.ts';
import { nameOf } from '../letters/fields.ts';
import { type Party, sheetOf } from '../letters/patient/sheet.ts';
import { addressLines } from '../outbound/letters.ts';
import { dueAccountOf } from './due-account.ts';
import type { Draft } from './parcel.ts';

export interface DraftQuestion {
  /** Accounts of one guarantor. */
  readonly sources: readonly StatementSource[];
  readonly number: string;
  readonly on: CivilDate;
  readonly via: Way;
  readonly policies: readonly StatementPolicy[];
}

/** One statement over all these accounts. @throws DomainError when it cannot be written: what, and of which account */
export function draftOf({ sources, number, on, via, policies }: DraftQuestion): Draft & { readonly statement: Statement } {
  const accounts = sources.map(dueAccountOf);
  const [first] = accounts;
  const [source] = sources;
  invariant(first !== undefined && source !== undefined, 'a statement has an account');
  const policy = policyFor(policies, source.facilityId, on);
  const statement = stateAccounts({ on, payWithinDays: policy.payWithinDays, accounts });
  const contact = source.guarantor;
  const addressee = addresseeOf(contact, first.claim);
  const language = languageFor(contact?.language ?? 'en');
  const { name, ...address } = addressee;
  const sender = senderOf(first.claim);
  const sheet = sheetOf({
    number,
    statement,
    language,
    to: { name, lines: addressLines(address) },
    sender,
    remitTo: remitToOf(policy, first.claim, sender),
    policy,
  });
  const { dueCents, payByOn, accounts: stated } = statement;
  const electronicAddress = (via === 'email' ? contact?.email : via === 'text' ? contact?.phone : null) ?? '';
  const how = { via, electronicAddress, addressee, languageWanted: language.wanted, payUrl: policy.payUrl };
  return { sheet, ...how, accounts: stated, dueCents, payByOn, statement };
}

/** Where no guarantor is kept it is the patient of the claim. */
export function addresseeOf(contact: GuarantorContact | null, { patient }: SubmittedClaim): Draft['addressee'] {
  const { name, address } = contact ?? patient;
  return { name: nameOf(name), ...address };
}

export function senderOf({ billingProvider: { name, address } }: SubmittedClaim): Party {
  return { name, lines: addressLines(address) };
}

function remitToOf({ remitTo }: StatementPolicy, { billingProvider }: SubmittedClaim, sender: Party): Party {
  const [name, ...lines] = remitTo ?? [];
  if (name !== undefined) return { name, lines };
  return billingProvider.payTo === undefined ? sender : { name: sender.name, lines: addressLines(billingProvider.payTo) };
}
