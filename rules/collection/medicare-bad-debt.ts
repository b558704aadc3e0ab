import { addDays, type CivilDate, later } from '../domain/civil-date.ts';
import { cents, dollars } from '../domain/money.ts';
import { latestOf } from './latest.ts';

/**
 * Medicare bad debt of a provider with a cost report (42 CFR 413.89): what of a Medicare patient's unpaid deductible and coinsurance may be claimed, from
 * which day, and why not.
 */

/** 42 CFR 413.89(e)(2): the first bill within so many days, and an effort of so many; numbers seen second-hand only. */
const firstBillDays = 120;
const effortDays = 120;
/** Cost reporting periods from then on have a limit for the first bill. */
const firstBillRuleFrom = '2020-10-01';

/** One account as far as Medicare bad debt asks. */
export interface BadDebtStanding {
  readonly isInstitutional: boolean;
  /** Traditional Medicare adjudicated the care; null when it did not (a Medicare Advantage plan's cost share never qualifies). */
  readonly medicare: {
    readonly remittanceOn: CivilDate;
    readonly deductibleCents: number;
    readonly coinsuranceCents: number;
  } | null;
  readonly hasMedicareAdvantage: boolean;
  /** Of a payer after Medicare; null when there is none, or it has not answered. */
  readonly secondaryRemittanceOn: CivilDate | null;
  /** Medicaid is on the account: the state must be billed, and its remittance is the proof (must-bill). */
  readonly medicaid: { readonly remittanceOn: CivilDate | null } | null;
  readonly firstBillOn: CivilDate | null;
  /** Of the patient, the earliest first; what a vendor took too. */
  readonly payments: readonly { readonly on: CivilDate; readonly cents: number }[];
  /** What of the patient's part was written off as not collectible and stands. */
  readonly writtenOff: { readonly on: CivilDate; readonly cents: number } | null;
  /** Found indigent by the hospital's policy: what was forgiven, and when it was decided. */
  readonly indigent: { readonly on: CivilDate; readonly cents: number } | null;
  /** Every agency that had it: since when, and when it gave it back. */
  readonly agencies: readonly { readonly vendor: string; readonly since: CivilDate; readonly returnedOn: CivilDate | null }[];
}

export type BadDebtBasis = 'effort' | 'dualEligible' | 'indigent';

export type BadDebt =
  | {
      readonly kind: 'allowable';
      readonly basis: BadDebtBasis;
      /** Whose year's cost report it belongs to. */
      readonly claimOn: CivilDate;
      readonly deductibleCents: number;
      readonly coinsuranceCents: number;
      readonly cents: number;
      /** The last day of the effort; null where none is asked. */
      readonly effortEndsOn: CivilDate | null;
      /** What came in after it was claimed: it lowers the claim of its own year. */
      readonly recoveries: readonly { readonly on: CivilDate; readonly cents: number }[];
    }
  /** `from`: the first day on which time alone no longer stands in the way; null where something has to be done. */
  | { readonly kind: 'notYet'; readonly reasons: readonly string[]; readonly from: CivilDate | null }
  | { readonly kind: 'never'; readonly reasons: readonly string[] };

/** The day on which the effort is long enough: counted from the first bill, and anew from every payment. Null before the first bill. */
export function effortEndsOn(
  { firstBillOn, payments }: Pick<BadDebtStanding, 'firstBillOn' | 'payments'>,
  by: CivilDate | null,
): CivilDate | null {
  if (firstBillOn === null) return null;
  const counted = payments.filter(({ on }) => on > firstBillOn && (by === null || on <= by));
  return addDays(
    counted.reduce((latest, { on }) => later(latest, on), firstBillOn),
    effortDays,
  );
}

/** What may be claimed of the account as it stands on that day. */
export function medicareBadDebt(standing: BadDebtStanding, today: CivilDate): BadDebt {
  const { medicare } = standing;
  const excluded = exclusions(standing);
  if (medicare === null || excluded.length > 0) return { kind: 'never', reasons: excluded };
  const basis = basisOf(standing);
  const given = basis === 'indigent' ? standing.indigent : standing.writtenOff;
  const endsOn = basis === 'effort' ? effortEndsOn(standing, given?.on ?? null) : null;
  const late = basis === 'effort' ? firstBillTooLate(standing, medicare.remittanceOn) : null;
  if (late !== null) return { kind: 'never', reasons: [late] };
  if (given !== null && endsOn !== null && given.on < endsOn)
    return {
      kind: 'never',
      reasons: [
        `it was written off on ${given.on}, before the effort of ${effortDays} days was over on ${endsOn}: take the write-off back, or leave it out`,
      ],
    };
  const waiting = reasonsToWait(standing, { given, endsOn, basis, today });
  if (waiting.length > 0 || given === null) {
    return { kind: 'notYet', reasons: waiting.map(({ why }) => why), from: latestOf(waiting.map(({ until }) => until)) };
  }
  return allowable(standing, { basis, given, endsOn, medicare });
}

function exclusions({ isInstitutional, medicare, hasMedicareAdvantage }: BadDebtStanding): readonly string[] {
  if (medicare === null)
    return [
      hasMedicareAdvantage ? 'the cost share of a Medicare Advantage plan does not qualify' : 'Medicare has not adjudicated the care',
    ];
  const share = medicare.deductibleCents + medicare.coinsuranceCents;
  return [
    ...(isInstitutional ? [] : ['a professional claim is paid by fee schedule and stands on no cost report']),
    ...(share > 0 ? [] : ['Medicare left no deductible and no coinsurance']),
  ];
}

/** Who has Medicaid beside Medicare, or is found indigent, is not asked for 120 days of bills: the state's remittance, or the finding, is the proof. */
function basisOf({ medicaid, indigent }: BadDebtStanding): BadDebtBasis {
  if (medicaid !== null) return 'dualEligible';
  return indigent === null ? 'effort' : 'indigent';
}

function firstBillTooLate(standing: BadDebtStanding, remittanceOn: CivilDate): string | null {
  const { firstBillOn, secondaryRemittanceOn } = standing;
  const known = secondaryRemittanceOn === null ? remittanceOn : later(remittanceOn, secondaryRemittanceOn);
  const limitOn = addDays(known, firstBillDays);
  if (firstBillOn === null || firstBillOn <= limitOn || firstBillOn < firstBillRuleFrom) return null;
  return `the first bill went out on ${firstBillOn}, after ${limitOn}: ${firstBillDays} days after the last payer's remittance of ${known}`;
}

interface Waiting {
  readonly why: string;
  readonly until: CivilDate | null;
}

function reasonsToWait(
  { medicaid, agencies, firstBillOn }: BadDebtStanding,
  about: {
    readonly given: { readonly on: CivilDate } | null;
    readonly endsOn: CivilDate | null;
    readonly basis: BadDebtBasis;
    readonly today: CivilDate;
  },
): readonly Waiting[] {
  const { given, endsOn, basis, today } = about;
  const held = agencies.filter(({ returnedOn }) => returnedOn === null);
  return [
    ...(medicaid !== null && medicaid.remittanceOn === null
      ? [{ why: 'Medicaid must be billed and has not answered (must-bill)', until: null }]
      : []),
    ...held.map(({ vendor, since }) => ({
      why: `${vendor} has held it since ${since}: nothing is claimed while an agency holds it`,
      until: null,
    })),
    ...(basis === 'effort' && firstBillOn === null ? [{ why: 'the patient got no bill', until: null }] : []),
    ...(endsOn !== null && today < endsOn ? [{ why: `the effort of ${effortDays} days ends on ${endsOn}`, until: endsOn }] : []),
    ...(given === null && (endsOn === null || today >= endsOn) ? [{ why: 'it is not written off', until: null }] : []),
  ];
}

function allowable(
  { agencies, medicaid, payments }: BadDebtStanding,
  about: {
    readonly basis: BadDebtBasis;
    readonly given: { readonly on: CivilDate; readonly cents: number };
    readonly endsOn: CivilDate | null;
    readonly medicare: NonNullable<BadDebtStanding['medicare']>;
  },
): BadDebt {
  const { basis, given, endsOn, medicare } = about;
  const returned = agencies.flatMap(({ returnedOn }) => (returnedOn === null ? [] : [returnedOn]));
  const answeredOn = medicaid?.remittanceOn ?? null;
  const days = answeredOn === null ? returned : [...returned, answeredOn];
  const claimOn = days.reduce<CivilDate>((latest, on) => later(latest, on), given.on);
  const share = medicare.deductibleCents + medicare.coinsuranceCents;
  const claimed = Math.min(given.cents, share);
  // What is left is said to be the coinsurance first: the deductible is paid before it.
  const coinsuranceCents = Math.min(claimed, medicare.coinsuranceCents);
  const recoveries = payments.filter(({ on }) => on > claimOn);
  return {
    kind: 'allowable',
    basis,
    claimOn,
    deductibleCents: claimed - coinsuranceCents,
    coinsuranceCents,
    cents: claimed,
    effortEndsOn: endsOn,
    recoveries,
  };
}

/** `allowable 300.00 (effort over on 2026-10-08), claimed with 2026-10-12`, or what stands in the way. */
export function badDebtInWords(badDebt: BadDebt): string {
  if (badDebt.kind !== 'allowable') return `${badDebt.kind === 'never' ? 'never' : 'not yet'}: ${badDebt.reasons.join('; ')}`;
  const { cents: amount, basis, effortEndsOn: endsOn, claimOn } = badDebt;
  const why = endsOn === null ? (basis === 'indigent' ? 'found indigent' : 'the state answered') : `effort over on ${endsOn}`;
  return `allowable ${dollars(cents(amount))} (${why}), claimed with ${claimOn}`;
}
