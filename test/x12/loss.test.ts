import { describe, expect, test } from '@jest/globals';
import type { X12Event } from '../../rules/x12/events.ts';
import { bytesOf, eventsOf, sampleFiles } from './events.ts';
import { naiveTransactions } from './naive.ts';
import { ownFiles } from './own-files.ts';

/** Other delimiters than those of the first ISA, or ids that a dumb split does not know. */
const beyondNaive = /wrapped|lower-case/;

const own = Object.entries(ownFiles).map(([name, text]) => ({ name, bytes: bytesOf(text) }));
const files = [...own.filter(({ name }) => !beyondNaive.test(name)), ...sampleFiles()];

type Closed = Extract<X12Event, { kind: 'remittance-closed' }>;

describe('nothing of a file is lost in silence', () => {
  test.each(files)('$name says what its segments say, or is at fault', ({ bytes }) => {
    const events = eventsOf(bytes);
    for (const told of naiveTransactions(bytes)) {
      const closed = events.find((event): event is Closed => event.kind === 'remittance-closed' && event.place.offset === told.offset);
      const transaction = events.find((event) => event.kind === 'transaction' && event.transaction.place.offset === told.offset);
      if (closed !== undefined) expect(sumsOfRemittance(events, closed)).toEqual(sumsOf(told));
      else if (transaction?.kind === 'transaction') {
        const { kind } = transaction.transaction;
        expect([told.set, kind]).toEqual([told.set, kindOf(told.set, told.version)]);
        if (transaction.transaction.kind !== 'claims') continue;
        const { claims } = transaction.transaction;
        expect([claims.length, claims.reduce((total, claim) => total + claim.chargeCents, 0)]).toEqual([told.claims, told.chargeCents]);
      } else expect(isAtFault(events, told)).toBe(true);
    }
  });
});

/** A fault in it, or one before it after which nothing can be read. */
function isAtFault(events: readonly X12Event[], { offset, end }: ReturnType<typeof naiveTransactions>[number]): boolean {
  return events.some(
    (event) => event.kind === 'fault' && event.fault.offset <= end + 1 && (event.level === 'file' || event.fault.offset >= offset),
  );
}

/** By the ids of set and guide alone. */
function kindOf(set: string, version: string): string {
  if (set === '837' && /X(222|223|098|096)/.test(version)) return 'claims';
  if (set === '999' && /X231/.test(version)) return 'functional-acknowledgement';
  if (set === '277' && /X214/.test(version)) return 'claim-acknowledgements';
  return 'unknown';
}

function sumsOf({
  claims,
  chargeCents,
  paidCents,
  adjustmentCents,
  providerCents,
  lines,
  linePaidCents,
}: ReturnType<typeof naiveTransactions>[number]) {
  return { claims, chargeCents, paidCents, adjustmentCents, providerCents, lines, linePaidCents };
}

function sumsOfRemittance(events: readonly X12Event[], closed: Closed): ReturnType<typeof sumsOf> {
  const { offset, length } = closed.place;
  const claims = events.flatMap((event) => (event.kind === 'remittance-claim' ? [event.claim] : []));
  const inside = claims.filter(({ place }) => place.offset >= offset && place.offset < offset + length);
  const lines = inside.flatMap((claim) => claim.lines);
  const { summary } = closed;
  const total = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
  const adjustments = [...inside, ...lines].flatMap((part) => part.adjustments.map(({ cents }) => cents));
  const sums = {
    claims: inside.length,
    chargeCents: total(inside.map((claim) => claim.chargeCents)),
    paidCents: total(inside.map((claim) => claim.paidCents)),
    adjustmentCents: total(adjustments),
  };
  const { claimCount, chargeCents, paidCents, adjustmentCents } = summary;
  expect({ claims: claimCount, chargeCents, paidCents, adjustmentCents }).toEqual(sums);
  return {
    ...sums,
    providerCents: total(summary.providerAdjustments.map(({ cents }) => cents)),
    lines: lines.length,
    linePaidCents: total(lines.map((line) => line.paidCents)),
  };
}
