import { addDays, type CivilDate } from '../domain/civil-date.ts';
import { grouped } from '../domain/grouped.ts';
import { type Cents, minus, sum, zeroCents } from '../domain/money.ts';
import type { CashDifference, FoundDifference } from './difference.ts';
import { type Fee, type FeePayment, type FeePlacement, type FeeTerms, feesOf } from './fee.ts';

/** A payment on a balance while a vendor had it, or that a vendor reported, as we hold it. */
export interface OurPayment {
  readonly paymentId: string;
  /** The placement into which it falls; null when there is none. */
  readonly reference: string | null;
  readonly paidOn: CivilDate;
  readonly cents: Cents;
  /** Who received it. */
  readonly via: 'vendor' | 'direct';
  /** Of it, what bounced, and what we gave back to the patient. */
  readonly bouncedCents: Cents;
  readonly refundedCents: Cents;
}

/** One payment in a remit; negative for what is taken back. */
export interface RemitLine {
  readonly remitId: string;
  readonly reference: string;
  readonly paymentId: string;
  readonly paidOn: CivilDate;
  readonly paidTo: 'vendor' | 'client';
  readonly paidBy: 'patient' | 'payer';
  readonly cents: Cents;
  readonly feeCents: Cents;
  readonly offset: number;
}

/** What a remit says it comes to: the money of `paidTo: vendor`, all fees, and what was transferred. */
export interface RemitTotal {
  readonly remitId: string;
  readonly remittedOn: CivilDate;
  readonly grossCents: Cents;
  readonly feeCents: Cents;
  readonly netCents: Cents;
}

export interface PlacementForCash extends FeePlacement {
  readonly reference: string;
  /** Of the contract that held when it was placed; null when there was none: nothing bears a fee. */
  readonly terms: FeeTerms | null;
}

export interface CashQuestion {
  readonly placements: readonly PlacementForCash[];
  readonly payments: readonly OurPayment[];
  readonly lines: readonly RemitLine[];
  readonly totals: readonly RemitTotal[];
  readonly asOf: CivilDate;
  /** How long after a payment its money may take. */
  readonly remitDays: number;
}

/** One payment, on both sides: what a vendor reported, and every line of its remits that speaks of it. It stands exactly once. */
export interface CashPair {
  readonly paymentId: string;
  readonly ours: OurPayment | null;
  readonly lines: readonly RemitLine[];
  readonly is: 'matched' | 'inFlight' | 'differs';
  readonly chargedFeeCents: Cents;
  readonly expectedFee: Fee | null;
  readonly differences: readonly FoundDifference<CashDifference>[];
}

export interface CashMatch {
  /** Every payment that the vendor reported or remitted, and every one paid to us that it names, in the order of their numbers. */
  readonly pairs: readonly CashPair[];
  /** Remits that do not come to what their lines say, and that no other made good. */
  readonly totals: readonly FoundDifference<CashDifference>[];
}

/** Gross less fee is what was remitted, payment by payment and remit by remit, with each fee computed again from the contract. */
export function matchCash(question: CashQuestion): CashMatch {
  const { payments, lines, totals } = question;
  const known = new Map(payments.map((payment) => [payment.paymentId, payment]));
  const named = grouped(namedAsOurs(lines, payments), ({ paymentId }) => paymentId);
  const fees = feesOfAll(question, known, named);
  const listed = payments.filter(({ paymentId, via }) => via === 'vendor' || named.has(paymentId));
  const ids = [...new Set([...listed.map(({ paymentId }) => paymentId), ...named.keys()])].sort();
  const pairs = ids.map((paymentId) => {
    const sides = { paymentId, ours: known.get(paymentId) ?? null, lines: named.get(paymentId) ?? [] };
    return pairOf(sides, fees.get(paymentId) ?? null, question);
  });
  const byRemit = grouped(lines, ({ remitId }) => remitId);
  return { pairs, totals: notMadeGood(totals.flatMap((total) => totalDifference(total, byRemit.get(total.remitId) ?? []))) };
}

/** A payment that was made to us has our number; the vendor calls it as it likes, so placement, day and amount name it too. */
function namedAsOurs(lines: readonly RemitLine[], payments: readonly OurPayment[]): readonly RemitLine[] {
  const known = new Set(payments.map(({ paymentId }) => paymentId));
  const taken = new Set(lines.map(({ paymentId }) => paymentId));
  const direct = payments.filter(({ via, paymentId }) => via === 'direct' && !taken.has(paymentId));
  const free = new Map([...grouped(direct, ({ reference, ...one }) => sameKey(reference, one))].map(([key, all]) => [key, [...all]]));
  const aliases = new Map<string, string>();
  return lines.map((line) => {
    if (line.paidTo !== 'client' || known.has(line.paymentId)) return line;
    const paymentId = aliases.get(line.paymentId) ?? free.get(sameKey(line.reference, line))?.shift()?.paymentId;
    if (paymentId === undefined) return line;
    aliases.set(line.paymentId, paymentId);
    return { ...line, paymentId };
  });
}

function sameKey(reference: string | null, { paidOn, cents: paid }: Pick<OurPayment, 'paidOn' | 'cents'>): string {
  return `${reference}|${paidOn}|${paid}`;
}

const noTerms: FeeTerms = { fees: [], clawsBack: true };

function feesOfAll(
  { placements }: CashQuestion,
  known: ReadonlyMap<string, OurPayment>,
  named: ReadonlyMap<string, readonly RemitLine[]>,
): ReadonlyMap<string, Fee> {
  const ids = [...new Set([...known.keys(), ...named.keys()])];
  const placed = ids.flatMap((paymentId) => {
    const ours = known.get(paymentId) ?? null;
    const lines = named.get(paymentId) ?? [];
    const reference = ours?.reference ?? lines[0]?.reference;
    const paidOn = ours?.paidOn ?? lines[0]?.paidOn;
    return reference === undefined || paidOn === undefined ? [] : [{ reference, payment: { paymentId, paidOn, ...moneyOf(ours, lines) } }];
  });
  const byPlacement = grouped(placed, ({ reference }) => reference);
  const all = placements.flatMap((placement) => {
    const among = byPlacement.get(placement.reference) ?? [];
    return feesOf(
      placement.terms ?? noTerms,
      placement,
      among.map(({ payment }) => payment),
    );
  });
  return new Map(all.map((fee) => [fee.paymentId, fee]));
}

/** What we know of a payment counts; what we do not know is taken as the vendor says it. */
function moneyOf(ours: OurPayment | null, lines: readonly RemitLine[]): Omit<FeePayment, 'paymentId' | 'paidOn'> {
  const by = lines.some(({ paidBy }) => paidBy === 'payer') ? 'payer' : 'patient';
  if (ours !== null) return { by, cents: ours.cents, returnedCents: sum([ours.bouncedCents, ours.refundedCents]) };
  const said = lines.map((line) => line.cents);
  const returnedCents = minus(zeroCents, sum(said.filter((amount) => amount < 0)));
  return { by, cents: sum(said.filter((amount) => amount > 0)), returnedCents };
}

type Sides = Pick<CashPair, 'paymentId' | 'ours' | 'lines'>;

function pairOf(sides: Sides, fee: Fee | null, { asOf, remitDays }: CashQuestion): CashPair {
  const { ours, lines } = sides;
  const chargedFeeCents = sum(lines.map(({ feeCents }) => feeCents));
  const rest = { ...sides, chargedFeeCents, expectedFee: fee };
  const isDue = ours !== null && lines.length === 0 && addDays(ours.paidOn, remitDays) < asOf;
  if (ours !== null && lines.length === 0 && !isDue && owedBy(ours) !== 0) return { ...rest, is: 'inFlight', differences: [] };
  const differences = [...moneyDifferences(sides), ...feeDifferences(sides, fee, chargedFeeCents)];
  return { ...rest, is: differences.length === 0 ? 'matched' : 'differs', differences };
}

function owedBy({ cents: paid, bouncedCents }: OurPayment): Cents {
  return minus(paid, bouncedCents);
}

function moneyDifferences(sides: Sides): readonly FoundDifference<CashDifference>[] {
  const { ours, lines } = sides;
  const theirsCents = sum(lines.map((line) => line.cents));
  const found = differenceAbout(sides, { oursCents: ours === null ? zeroCents : owedBy(ours), theirsCents });
  // A payer's money reached us through its remittance; only the fee on it speaks here.
  if (ours === null) {
    if (lines.every(({ paidBy }) => paidBy === 'payer')) return [];
    return theirsCents === 0 ? [] : [found('unreported', 'remitted, and never reported as a payment')];
  }
  if (lines.length === 0) return owedBy(ours) === 0 ? [] : [found('notRemitted', `paid to the vendor ${ours.paidOn}, and in no remit`)];
  const isElsewhere = ours.reference !== null && lines.some(({ reference }) => reference !== ours.reference);
  const elsewhere = isElsewhere
    ? [found('placement', `reported on ${ours.reference}, remitted on ${lines.map(({ reference }) => reference).join(', ')}`)]
    : [];
  if (theirsCents === owedBy(ours)) return elsewhere;
  const times = lines.filter((line) => line.cents > 0).length;
  const isTwice = times > 1 && theirsCents > owedBy(ours);
  const kind = isTwice ? 'remittedTwice' : 'amount';
  return [...elsewhere, found(kind, isTwice ? `remitted ${times} times` : `the amounts differ${bounced(ours)}`)];
}

function bounced({ bouncedCents }: OurPayment): string {
  return bouncedCents > 0 ? '; the payment bounced' : '';
}

function feeDifferences(sides: Sides, fee: Fee | null, charged: Cents): readonly FoundDifference<CashDifference>[] {
  if (sides.lines.length === 0) return [];
  const expected = fee?.feeCents ?? zeroCents;
  if (charged === expected) return [];
  const found = differenceAbout(sides, { oursCents: expected, theirsCents: charged });
  const isClawBack = fee !== null && fee.feeBeforeReturnsCents === charged && charged > expected;
  return [found(isClawBack ? 'clawBack' : 'fee', fee?.words ?? 'no fee: the placement is not known here')];
}

function differenceAbout({ paymentId, ours, lines }: Sides, amounts: { readonly oursCents: Cents; readonly theirsCents: Cents }) {
  const reference = ours?.reference ?? lines[0]?.reference ?? '';
  return (kind: CashDifference, words: string): FoundDifference<CashDifference> => ({
    kind,
    about: paymentId,
    reference,
    ...amounts,
    words,
  });
}

/** What the lines of a remit come to. */
export function remitSums(
  lines: readonly Pick<RemitLine, 'paidTo' | 'cents' | 'feeCents'>[],
): Pick<RemitTotal, 'grossCents' | 'feeCents' | 'netCents'> {
  const grossCents = sum(lines.filter(({ paidTo }) => paidTo === 'vendor').map((line) => line.cents));
  const feeCents = sum(lines.map((line) => line.feeCents));
  return { grossCents, feeCents, netCents: minus(grossCents, feeCents) };
}

interface TotalFinding {
  readonly difference: FoundDifference<CashDifference>;
  /** What was transferred above what was due; null where the remit says a false sum too. */
  readonly excessCents: Cents | null;
}

/** What one remit transferred too little another may have transferred too much, to the cent: then nothing is missing, and neither is a difference. */
function notMadeGood(found: readonly TotalFinding[]): readonly FoundDifference<CashDifference>[] {
  const left: TotalFinding[] = [];
  for (const one of found) {
    const at = left.findIndex(
      ({ excessCents }) => excessCents !== null && one.excessCents !== null && sum([excessCents, one.excessCents]) === 0,
    );
    if (at < 0) left.push(one);
    else left.splice(at, 1);
  }
  return left.map(({ difference }) => difference);
}

function totalDifference(total: RemitTotal, lines: readonly RemitLine[]): readonly TotalFinding[] {
  const { grossCents, feeCents, netCents } = remitSums(lines);
  const compared = [
    { what: 'transferred', oursCents: netCents, theirsCents: total.netCents },
    { what: 'collected', oursCents: grossCents, theirsCents: total.grossCents },
    { what: 'kept as fees', oursCents: feeCents, theirsCents: total.feeCents },
  ].filter(({ oursCents, theirsCents }) => oursCents !== theirsCents);
  const [first] = compared;
  if (first === undefined) return [];
  const words = `what was ${compared.map(({ what }) => what).join(' and ')} is not what its payments and fees come to`;
  const { what, ...amounts } = first;
  const excessCents = what === 'transferred' && compared.length === 1 ? minus(amounts.theirsCents, amounts.oursCents) : null;
  return [{ difference: { kind: 'total', about: total.remitId, reference: '', ...amounts, words }, excessCents }];
}
