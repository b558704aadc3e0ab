import type { CivilDate } from '../domain/civil-date.ts';
import type { Cents } from '../domain/money.ts';

/** What we agreed with a payer, for services from one day to another (both inclusive). */
export interface PayerContract {
  readonly id: string;
  readonly title: string;
  readonly payerIds: readonly string[];
  /** Absent: every line of business of that payer. */
  readonly linesOfBusiness?: readonly string[];
  readonly states?: readonly string[];
  /** Who bears the risk: state prompt-pay law binds insured business only. Null when we do not know. */
  readonly funding: Funding | null;
  readonly effective: { readonly from: CivilDate; readonly to: CivilDate | null };
  /** The payer allows the lesser of the rate and the charge. */
  readonly lesserOf: boolean;
  readonly fees: readonly Fee[];
  /** For what no fee names, in hundredths of a percent of the charge; null: such a line has no price. */
  readonly percentOfChargeBasisPoints: number | null;
  /** A difference is worked when it exceeds both: an amount, and a share of what was expected in hundredths of a percent. */
  readonly threshold: { readonly cents: Cents; readonly basisPoints: number };
  readonly source: string;
  readonly seenOn: CivilDate;
}

export type Funding = 'insured' | 'selfFunded';

/** Per unit. The fee with the most of its modifiers on the line counts; one of other modifiers does not. */
export interface Fee {
  readonly code: string;
  readonly modifiers: readonly string[];
  readonly cents: Cents;
}

export interface ContractQuestion {
  readonly payerId: string;
  readonly lineOfBusiness: string;
  readonly state: string;
  readonly servicedOn: CivilDate;
}

/** The contract that governs services of that day; null when none is stored. The one that names more of the question counts. */
export function contractFor(contracts: readonly PayerContract[], question: ContractQuestion): PayerContract | null {
  const { payerId, lineOfBusiness, state, servicedOn } = question;
  const valid = contracts.filter(
    ({ payerIds, linesOfBusiness, states, effective }) =>
      payerIds.includes(payerId) &&
      linesOfBusiness?.includes(lineOfBusiness) !== false &&
      states?.includes(state) !== false &&
      effective.from <= servicedOn &&
      (effective.to === null || servicedOn <= effective.to),
  );
  return valid.toSorted((a, b) => named(b) - named(a))[0] ?? null;
}

function named({ linesOfBusiness, states }: PayerContract): number {
  return (linesOfBusiness === undefined ? 0 : 2) + (states === undefined ? 0 : 1);
}
