import type { X12Event } from '../../rules/x12/events.ts';
import { type NaiveTransaction, naiveTransactions } from './naive.ts';

type Closed = Extract<X12Event, { kind: 'remittance-closed' }>;

/** The transactions of a file, by a dumb split, that are neither read with the same sums nor at fault. */
export function lostTransactions(bytes: Uint8Array, events: readonly X12Event[]): readonly string[] {
  return naiveTransactions(bytes).flatMap((told) => {
    const closed = events.find((event): event is Closed => event.kind === 'remittance-closed' && event.place.offset === told.offset);
    const transaction = events.find((event) => event.kind === 'transaction' && event.transaction.place.offset === told.offset);
    const name = `${told.set} at byte ${told.offset}`;
    if (closed !== undefined) return differences(name, sumsOf(told), sumsOfRemittance(events, closed));
    if (transaction?.kind === 'transaction') return differences(name, contentOf(told), contentRead(transaction));
    return isAtFault(events, told) ? [] : [`${name} is neither read nor at fault`];
  });
}

type Told = Readonly<Record<string, number | string>>;

function differences(name: string, told: Told, read: Told): readonly string[] {
  return Object.keys(told).flatMap((key) =>
    told[key] === read[key] ? [] : [`${name}: ${key} is ${told[key]} and was read as ${read[key]}`],
  );
}

/** A fault in it, or one before it after which nothing can be read. */
function isAtFault(events: readonly X12Event[], { offset, end }: NaiveTransaction): boolean {
  return events.some(
    (event) => event.kind === 'fault' && event.fault.offset <= end && (event.level === 'file' || event.fault.offset >= offset),
  );
}

const kinds: readonly (readonly [string, RegExp, string])[] = [
  ['999', /^.{6}X231/, 'functional-acknowledgement'],
  ['277', /^.{6}X214/, 'claim-acknowledgements'],
  ['277', /^.{6}X212/, 'claim-statuses'],
  ['277', /^.{6}X[23]13/, 'document-requests'],
  ['276', /^.{6}X212/, 'claim-inquiries'],
];

/** By the ids of set and guide alone. */
function contentOf({ set, version, claims, chargeCents }: NaiveTransaction): Told {
  if (set === '837' && /^.{6}X(222|223|098|096)/.test(version)) return { kind: 'claims', claims, chargeCents };
  return { kind: kinds.find(([id, guide]) => id === set && guide.test(version))?.[2] ?? 'unknown' };
}

function contentRead({ transaction }: Extract<X12Event, { kind: 'transaction' }>): Told {
  if (transaction.kind !== 'claims') return { kind: transaction.kind };
  const chargeCents = total(transaction.claims.map((claim) => claim.chargeCents));
  return { kind: transaction.kind, claims: transaction.claims.length, chargeCents };
}

function sumsOf({ claims, chargeCents, paidCents, adjustmentCents, providerCents, lines, linePaidCents }: NaiveTransaction): Told {
  return { claims, chargeCents, paidCents, adjustmentCents, providerCents, lines, linePaidCents };
}

/** From its claims one by one; where its summary says otherwise, the summary counts as NaN. */
function sumsOfRemittance(events: readonly X12Event[], { place, summary }: Closed): Told {
  const all = events.flatMap((event) => (event.kind === 'remittance-claim' ? [event.claim] : []));
  const claims = all.filter((claim) => claim.place.offset >= place.offset && claim.place.offset < place.offset + place.length);
  const lines = claims.flatMap((claim) => claim.lines);
  const same = (sum: number, summed: number) => (sum === summed ? sum : Number.NaN);
  const adjustments = [...claims, ...lines].flatMap((part) => part.adjustments.map(({ cents }) => cents));
  return {
    claims: same(claims.length, summary.claimCount),
    chargeCents: same(total(claims.map((claim) => claim.chargeCents)), summary.chargeCents),
    paidCents: same(total(claims.map((claim) => claim.paidCents)), summary.paidCents),
    adjustmentCents: same(total(adjustments), summary.adjustmentCents),
    providerCents: total(summary.providerAdjustments.map(({ cents }) => cents)),
    lines: lines.length,
    linePaidCents: total(lines.map((line) => line.paidCents)),
  };
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
