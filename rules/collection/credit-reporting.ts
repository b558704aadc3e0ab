import { addDays, addMonths, type CivilDate } from '../domain/civil-date.ts';
import { cents, dollars } from '../domain/money.ts';
import { latestOf } from './latest.ts';

/** What keeps a medical debt off credit reports, in one dated version (DOMAIN §7.6). */
export interface CreditReportingPolicy {
  readonly id: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** The bureaus take nothing younger, counted from the first statement. */
  readonly minimumAgeMonths: number;
  /** The bureaus take nothing below. */
  readonly minimumBalanceCents: number;
  /** Where state law forbids it, or may: its legal status moves. `from` null: at any time. */
  readonly states: readonly { readonly state: string; readonly from: CivilDate | null; readonly to: CivilDate | null }[];
}

export interface CreditReportingStanding {
  /** When anything first became due; null before a statement. */
  readonly firstStatementOn: CivilDate | null;
  readonly balanceCents: number;
  /** Where the guarantor lives; null when it is not known. */
  readonly state: string | null;
  readonly holds: readonly string[];
  /** The last day on which assistance may be applied for; null where no application period runs. */
  readonly applicationPeriodEndsOn: CivilDate | null;
  readonly isApplicationOpen: boolean;
}

export interface CreditReportingRefusal {
  readonly code:
    | 'notBilled'
    | 'tooYoung'
    | 'tooSmall'
    | 'hold'
    | 'application'
    | 'applicationPeriod'
    | 'state'
    | 'stateUnknown'
    | 'noPolicy';
  readonly why: string;
  /** The first day on which this reason is gone, where a day can be told. */
  readonly until: CivilDate | null;
}

/** Everything that keeps this debt off a credit report on that day; empty when it may be furnished. */
export function creditReportingRefusals(
  policies: readonly CreditReportingPolicy[],
  standing: CreditReportingStanding,
  on: CivilDate,
): readonly CreditReportingRefusal[] {
  const policy = policies.find(({ from, to }) => from <= on && (to === null || on <= to));
  if (policy === undefined) return [{ code: 'noPolicy', why: `no policy on credit reporting holds on ${on}`, until: null }];
  return [...tooEarly(policy, standing, on), ...byState(policy, standing, on), ...protectedNow(standing, on)];
}

/** The first day on which only time would have to pass; null when something else stands in the way. */
export function creditReportingFrom(refusals: readonly CreditReportingRefusal[]): CivilDate | null {
  return latestOf(refusals.map(({ until }) => until));
}

function tooEarly(policy: CreditReportingPolicy, standing: CreditReportingStanding, on: CivilDate): readonly CreditReportingRefusal[] {
  const { firstStatementOn, balanceCents } = standing;
  const few = `${dollars(cents(balanceCents))} is less than ${dollars(cents(policy.minimumBalanceCents))}: the bureaus take none so small`;
  const why = balanceCents <= 0 ? 'nothing is owed' : few;
  const size = balanceCents < policy.minimumBalanceCents ? [{ code: 'tooSmall' as const, why, until: null }] : [];
  if (firstStatementOn === null) return [...size, { code: 'notBilled', why: 'the patient got no statement', until: null }];
  const oldOn = addMonths(firstStatementOn, policy.minimumAgeMonths);
  if (on >= oldOn) return size;
  const young = `the first statement went out on ${firstStatementOn}: the bureaus take none younger than ${policy.minimumAgeMonths} months`;
  return [...size, { code: 'tooYoung', why: young, until: oldOn }];
}

function byState({ states }: CreditReportingPolicy, { state }: CreditReportingStanding, on: CivilDate): readonly CreditReportingRefusal[] {
  if (state === null) return [{ code: 'stateUnknown', why: 'it is not known in which state the guarantor lives', until: null }];
  const ban = states.find((s) => s.state === state && (s.from === null || s.from <= on) && (s.to === null || on <= s.to));
  return ban === undefined
    ? []
    : [{ code: 'state', why: `${state} forbids it, or may`, until: ban.to === null ? null : addDays(ban.to, 1) }];
}

function protectedNow(standing: CreditReportingStanding, on: CivilDate): readonly CreditReportingRefusal[] {
  const { holds, isApplicationOpen, applicationPeriodEndsOn: endsOn } = standing;
  const held = holds.map((hold) => ({ code: 'hold' as const, why: `the hold "${hold}" is in force`, until: null }));
  const applied = isApplicationOpen ? [{ code: 'application' as const, why: 'an application for assistance is open', until: null }] : [];
  const window =
    endsOn !== null && on <= endsOn
      ? [{ code: 'applicationPeriod' as const, why: `assistance may be applied for until ${endsOn}`, until: addDays(endsOn, 1) }]
      : [];
  return [...held, ...applied, ...window];
}
