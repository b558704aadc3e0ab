import type { X12Transaction } from '../domain/x12-file.ts';
import { sum } from '../domain/money.ts';
import type { X12Event, X12EventReader } from './events.ts';
import { X12Fault } from './fault.ts';
import { readX12File } from './read-file.ts';

/** Stands in for the streaming reader until that is merged: the same events, but the whole file in memory. */
export function createX12Reader(): X12EventReader {
  const parts: Uint8Array[] = [];
  return {
    push: (bytes) => {
      parts.push(bytes);
      return [];
    },
    end: () => {
      const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      return readAll(bytes);
    },
  };
}

function readAll(bytes: Uint8Array): readonly X12Event[] {
  const transactions: X12Transaction[] = [];
  const faults: X12Fault[] = [];
  try {
    readX12File(bytes, transactions);
  } catch (error) {
    if (!(error instanceof X12Fault)) throw error;
    faults.push(error);
  }
  return [...transactions.flatMap(eventsOf), ...faults.map((fault) => ({ kind: 'fault', level: 'file', fault }) as const)];
}

function eventsOf(transaction: X12Transaction): readonly X12Event[] {
  if (transaction.kind !== 'remittance') return [{ kind: 'transaction', transaction, faults: [] }];
  const { envelope, place, remittance } = transaction;
  const { claims, providerAdjustments, imbalances, place: _place, ...header } = remittance;
  const lines = claims.flatMap((claim) => claim.lines);
  const adjustments = [...claims, ...lines].flatMap((part) => part.adjustments);
  const summary = {
    claimCount: claims.length,
    chargeCents: sum(claims.map((claim) => claim.chargeCents)),
    paidCents: sum(claims.map((claim) => claim.paidCents)),
    adjustmentCents: sum(adjustments.map(({ cents }) => cents)),
    providerAdjustments,
    imbalances: imbalances.filter(({ level }) => level === 'check'),
  };
  return [
    { kind: 'remittance-opened', envelope, header, offset: place.offset },
    ...claims.map((claim) => {
      const end = claim.place.offset + claim.place.length;
      const own = imbalances.filter(({ level, offset }) => level !== 'check' && offset >= claim.place.offset && offset < end);
      return { kind: 'remittance-claim', claim, imbalances: own } as const;
    }),
    { kind: 'remittance-closed', envelope, place, summary, faults: [] },
  ];
}
