import type { CivilDate } from '../domain/civil-date.ts';
import { type BadDebt, type BadDebtBasis, type BadDebtStanding, medicareBadDebt } from './medicare-bad-debt.ts';

/** One line of the log that goes with a cost report: a claim, or money that came in after one. */
export interface BadDebtEntry {
  readonly kind: 'claim' | 'recovery';
  readonly basis: BadDebtBasis;
  readonly on: CivilDate;
  readonly deductibleCents: number;
  readonly coinsuranceCents: number;
  /** Negative for a recovery. */
  readonly cents: number;
  readonly firstBillOn: CivilDate | null;
  readonly medicareRemittanceOn: CivilDate | null;
  readonly medicaidRemittanceOn: CivilDate | null;
  readonly effortEndsOn: CivilDate | null;
  /** The last agency gave it back; null where none had it. */
  readonly returnedOn: CivilDate | null;
}

export interface Span {
  readonly from: CivilDate;
  readonly through: CivilDate;
}

/** What of an account belongs into the log of these months; and, where something was written off and may not be claimed, why. */
export function badDebtEntries(
  standing: BadDebtStanding,
  span: Span,
  today: CivilDate,
): { readonly entries: readonly BadDebtEntry[]; readonly not: BadDebt | null } {
  const badDebt = medicareBadDebt(standing, today);
  if (badDebt.kind !== 'allowable') return { entries: [], not: standing.medicare === null ? null : badDebt };
  const { basis, claimOn, deductibleCents, coinsuranceCents, cents, effortEndsOn, recoveries } = badDebt;
  const about = {
    basis,
    firstBillOn: standing.firstBillOn,
    medicareRemittanceOn: standing.medicare?.remittanceOn ?? null,
    medicaidRemittanceOn: standing.medicaid?.remittanceOn ?? null,
    effortEndsOn,
    returnedOn: standing.agencies.at(-1)?.returnedOn ?? null,
  };
  const claim: BadDebtEntry = { kind: 'claim', on: claimOn, deductibleCents, coinsuranceCents, cents, ...about };
  const came = recoveries.map(
    ({ on, cents: paid }): BadDebtEntry => ({
      kind: 'recovery',
      on,
      deductibleCents: 0,
      coinsuranceCents: 0,
      cents: -Math.min(paid, cents),
      ...about,
    }),
  );
  return { entries: [claim, ...came].filter(({ on }) => span.from <= on && on <= span.through), not: null };
}
