import { type CivilDate, addDays, daysBetween } from '../domain/civil-date.ts';
import type { PayerClass } from '../domain/deadline.ts';
import { cents, type Cents, dollars } from '../domain/money.ts';
import type { Funding } from './contract.ts';
import { percentText, rounded, shareOf } from './price.ts';

export type Confirmed = 'confirmed' | 'secondary' | 'unconfirmed';

/** What a late payment costs a payer (DOMAIN §5.6). Days count from the receipt of a clean electronic claim; the day after the last free one is the first late one. */
export interface PromptPayLaw {
  readonly id: string;
  readonly title: string;
  readonly payerClasses: readonly PayerClass[];
  /** Null: everywhere. */
  readonly states: readonly string[] | null;
  /** State law binds insured business only. Null: it does not matter. */
  readonly funding: Funding | null;
  readonly freeDays: number;
  readonly cost: InterestCost | TieredCost;
  readonly effective: { readonly from: CivilDate | null; readonly to: CivilDate | null };
  readonly confirmed: Confirmed;
  readonly citation: string;
  readonly source: string;
  readonly seenOn: CivilDate;
}

/** Simple interest for a year of 365 days on what was paid late, at the rate of the day of payment. */
export interface InterestCost {
  readonly kind: 'interest';
  readonly rates: readonly Rate[];
  /** Owed besides when the payer left the interest out: the greater of the amount and the share of the interest. */
  readonly ifLeftOut: { readonly cents: Cents; readonly basisPoints: number } | null;
}

export interface Rate {
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
  /** Thousandths of a percent a year. */
  readonly milliPercent: number;
  readonly confirmed: Confirmed;
}

/** Part of what lies between the charge and the contract, up to a limit, by the days late (28 TAC 21.2815). */
export interface TieredCost {
  readonly kind: 'tiers';
  readonly tiers: readonly Tier[];
}

export interface Tier {
  /** The last day late of this tier; null: without end. */
  readonly throughDay: number | null;
  readonly basisPoints: number;
  readonly atMostCents: Cents;
  /** Interest on the penalty after the last day of the tier before, in thousandths of a percent a year. */
  readonly milliPercent: number;
}

export interface LateQuestion {
  readonly payerClass: PayerClass;
  readonly state: string;
  readonly funding: Funding | null;
  readonly receivedOn: CivilDate;
  readonly paidOn: CivilDate;
  readonly paidCents: Cents;
  readonly chargeCents: Cents;
  /** What the contract allows; null when no contract is stored. */
  readonly contractedCents: Cents | null;
  /** Interest that the payer paid by itself. */
  readonly interestPaidCents: Cents;
}

export type LateAnswer =
  | { readonly kind: 'notLate' | 'notApplicable' }
  | {
      readonly kind: 'late';
      readonly law: PromptPayLaw;
      readonly daysLate: number;
      /** What is still owed after what was paid; null when the amount cannot be known. */
      readonly owedCents: Cents | null;
      readonly confirmed: Confirmed;
      /** The computation, a sentence each. */
      readonly words: readonly string[];
    };

export function latePayment(laws: readonly PromptPayLaw[], question: LateQuestion): LateAnswer {
  const law = laws.find((one) => binds(one, question));
  if (law === undefined) return { kind: 'notApplicable' };
  const daysLate = daysBetween(question.receivedOn, question.paidOn) - law.freeDays;
  if (daysLate <= 0) return { kind: 'notLate' };
  const lastOn = addDays(question.receivedOn, law.freeDays);
  const first = `Received ${question.receivedOn}, payable by ${lastOn} (${law.freeDays} days), paid ${question.paidOn}: ${daysLate} days late.`;
  const cost = law.cost.kind === 'interest' ? interest(law.cost, question, daysLate) : penalty(law.cost, question, daysLate);
  const doubt = cost.confirmed === 'confirmed' && law.confirmed === 'confirmed';
  return {
    kind: 'late',
    law,
    daysLate,
    owedCents: cost.cents === null ? null : cents(Math.max(0, cost.cents - question.interestPaidCents)),
    confirmed: doubt ? 'confirmed' : law.confirmed === 'confirmed' ? cost.confirmed : law.confirmed,
    words: [
      first,
      ...cost.words,
      ...(question.interestPaidCents === 0 ? [] : [`The payer paid ${dollars(question.interestPaidCents)} of it.`]),
      `${law.citation}.`,
    ],
  };
}

function binds({ payerClasses, states, funding, effective }: PromptPayLaw, question: LateQuestion): boolean {
  const { from, to } = effective;
  return (
    payerClasses.includes(question.payerClass) &&
    (states === null || states.includes(question.state)) &&
    (funding === null || funding === question.funding) &&
    (from === null || from <= question.paidOn) &&
    (to === null || question.paidOn <= to)
  );
}

interface Cost {
  readonly cents: Cents | null;
  readonly confirmed: Confirmed;
  readonly words: readonly string[];
}

function interest({ rates, ifLeftOut }: InterestCost, question: LateQuestion, daysLate: number): Cost {
  const { paidOn, paidCents, interestPaidCents } = question;
  const rate = rates.find(({ from, to }) => (from === null || from <= paidOn) && (to === null || paidOn <= to));
  if (rate === undefined)
    return {
      cents: null,
      confirmed: 'unconfirmed',
      words: [`No rate is stored for ${paidOn}: look it up and compute the interest by hand.`],
    };
  const owed = yearly(paidCents, rate.milliPercent, daysLate);
  const words = [`${dollars(paidCents)} × ${rate.milliPercent / 1_000}% × ${daysLate} / 365 = ${dollars(owed)}.`];
  if (ifLeftOut === null || interestPaidCents > 0 || owed === 0) return { cents: owed, confirmed: rate.confirmed, words };
  const extra = cents(Math.max(ifLeftOut.cents, shareOf(owed, ifLeftOut.basisPoints)));
  const left = `Left out by the payer, so besides the greater of ${dollars(ifLeftOut.cents)} and ${percentText(ifLeftOut.basisPoints)} of the interest: ${dollars(extra)}.`;
  return { cents: cents(owed + extra), confirmed: rate.confirmed, words: [...words, left] };
}

function penalty({ tiers }: TieredCost, { chargeCents, contractedCents }: LateQuestion, daysLate: number): Cost {
  if (contractedCents === null)
    return { cents: null, confirmed: 'unconfirmed', words: ['The penalty needs the contracted rate, and no contract is stored.'] };
  const at = tiers.findIndex(({ throughDay }) => throughDay === null || daysLate <= throughDay);
  const tier = tiers[at];
  if (tier === undefined) return { cents: null, confirmed: 'unconfirmed', words: ['No tier is stored for so many days.'] };
  const between = cents(Math.max(0, chargeCents - contractedCents));
  const share = shareOf(between, tier.basisPoints);
  const fine = cents(Math.min(share, tier.atMostCents));
  const words = [
    `${percentText(tier.basisPoints)} of ${dollars(chargeCents)} − ${dollars(contractedCents)} = ${dollars(share)}, at most ${dollars(tier.atMostCents)}: ${dollars(fine)}.`,
  ];
  const days = daysLate - (tiers[at - 1]?.throughDay ?? 0);
  if (tier.milliPercent === 0) return { cents: fine, confirmed: 'confirmed', words };
  const more = yearly(fine, tier.milliPercent, days);
  const added = `${dollars(fine)} × ${tier.milliPercent / 1_000}% × ${days} / 365 = ${dollars(more)} more.`;
  return { cents: cents(fine + more), confirmed: 'confirmed', words: [...words, added] };
}

/** Simple interest; half a cent goes up. */
function yearly(amount: Cents, milliPercent: number, days: number): Cents {
  return rounded(BigInt(amount) * BigInt(milliPercent) * BigInt(days), 100_000n * 365n);
}
