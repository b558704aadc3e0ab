import type { PayerContract } from '../contracts/contract.ts';
import { type PricedLine, priceOfAll, shareOf } from '../contracts/price.ts';
import type { ClaimTrack } from '../domain/account.ts';
import { DenialCategory, isDenial } from '../domain/denial.ts';
import type { Opened, PostedAdjustment, PostedRemittance } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Knowledge } from './contract.ts';
import type { Categorised } from './denials.ts';
import { lineOfBusiness } from './line-of-business.ts';

/** Reductions that a contract does not name and that are no underpayment: sequestration, incentives, withholds, discounts (DOMAIN §6.1). */
const explained: ReadonlySet<string> = new Set(['44', '59', '104', '105', '131', '144', '161', '237', '253']);

/** What the contract says of one remittance claim, beside what the payer allowed. */
export interface Variance {
  readonly contract: PayerContract;
  readonly expectedCents: number;
  /** Expected less paid, patient share and explained reductions; only of lines that were not denied. Positive: paid short. */
  readonly varianceCents: number;
  /** Beyond the threshold of the contract. */
  readonly isBeyond: boolean;
  /** The contractual adjustments that took too much, each with what it took too much: one per (line, group, CARC). */
  readonly records: readonly Categorised[];
  readonly words: readonly string[];
}

export function contractOf(opened: Opened, claim: ClaimTrack, knowledge: Knowledge): PayerContract | null {
  const { state, servicedFrom: servicedOn } = opened;
  return knowledge.contract({ payerId: claim.payerId, lineOfBusiness: lineOfBusiness(claim), state, servicedOn });
}

/** Null where no contract is stored, where it names no price, and for a payer that is not the first: it pays what others left. */
export function varianceOf(
  { opened, knowledge }: { readonly opened: Opened; readonly knowledge: Knowledge },
  claim: ClaimTrack,
  remittance: PostedRemittance,
): Variance | null {
  const contract = claim.sequence === 1 ? contractOf(opened, claim, knowledge) : null;
  if (contract === null || remittance.paidCents < 0 || remittance.adjustments.some(({ carc }) => carc === '23')) return null;
  const categorised = remittance.adjustments.map((a) => ({ ...a, category: knowledge.categorise(a) }));
  const judged = groupsOf(remittance, categorised)
    .filter((group) => !group.adjustments.some(isDenial))
    .flatMap((group) => judgedBy(contract, group) ?? []);
  if (judged.length === 0) return null;
  const expectedCents = total(judged.map((group) => group.expectedCents));
  const varianceCents = total(judged.map((group) => group.varianceCents));
  const least = Math.max(contract.threshold.cents, shareOf(cents(expectedCents), contract.threshold.basisPoints));
  const isBeyond = Math.abs(varianceCents) > least;
  const records = isBeyond && varianceCents > 0 ? recordsOf(judged, varianceCents) : [];
  const allowedCents = total(judged.map((group) => group.allowedCents));
  const words = [
    ...judged.flatMap((group) => group.words),
    `Contract ${contract.id}: expected ${dollars(cents(expectedCents))}, allowed ${dollars(cents(allowedCents))}: a difference of ${dollars(cents(varianceCents))}, worked above ${dollars(cents(least))}.`,
  ];
  return { contract, expectedCents, varianceCents, isBeyond, records, words };
}

interface Group {
  readonly lines: readonly PricedLine[];
  readonly adjustments: readonly Categorised[];
  readonly paidCents: number;
}

interface Judged extends Group {
  readonly expectedCents: number;
  readonly allowedCents: number;
  readonly varianceCents: number;
  readonly words: readonly string[];
}

/** Line by line, or all at once where the payer adjusted the claim as a whole. */
function groupsOf(remittance: PostedRemittance, adjustments: readonly Categorised[]): readonly Group[] {
  const { lines = [], chargeCents, paidCents } = remittance;
  const priced = lines.map((line) => ({ ...line, code: line.procedureCode, chargeCents: cents(line.chargeCents) }));
  if (lines.length > 0 && adjustments.every(({ lineNumber }) => lineNumber !== null))
    return priced.map((line) => ({
      lines: [line],
      adjustments: adjustments.filter(({ lineNumber }) => lineNumber === line.number),
      paidCents: line.paidCents,
    }));
  const whole = { number: 0, code: null, modifiers: [], units: 1, chargeCents: cents(chargeCents) };
  return [{ lines: lines.length > 0 ? priced : [whole], adjustments, paidCents }];
}

function judgedBy(contract: PayerContract, group: Group): Judged | null {
  const price = priceOfAll(contract, group.lines);
  if (price === null) return null;
  const share = total(group.adjustments.filter((a) => a.group === 'PR').map((a) => a.cents));
  const known = total(group.adjustments.filter(isExplaining).map((a) => a.cents));
  const allowedCents = group.paidCents + share + known;
  return { ...group, ...price, allowedCents, varianceCents: price.expectedCents - allowedCents };
}

function isExplaining({ group, carc }: PostedAdjustment): boolean {
  return group !== 'PR' && explained.has(carc);
}

/** The largest contractual reduction of a line is the first to have taken too much. */
function recordsOf(judged: readonly Judged[], varianceCents: number): readonly Categorised[] {
  let left = varianceCents;
  return judged.flatMap((group) => {
    let short = Math.min(group.varianceCents, left);
    const reductions = group.adjustments.filter((a) => a.category === DenialCategory.contractual && a.cents > 0 && !isExplaining(a));
    return reductions
      .toSorted((a, b) => b.cents - a.cents)
      .flatMap((a): readonly Categorised[] => {
        const taken = Math.min(a.cents, Math.max(0, short));
        short -= taken;
        left -= taken;
        return taken === 0 ? [] : [{ ...a, cents: taken, category: DenialCategory.underpayment }];
      });
  });
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}
