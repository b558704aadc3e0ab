import { federalCalendar } from '../../../rules/deadlines/business-days.ts';
import type { PolicyQuestion } from '../../../rules/deadlines/policies.ts';
import { readPolicies } from '../../../rules/deadlines/read-policies.ts';
import { type CivilDate, civilDate } from '../../../rules/domain/civil-date.ts';
import type { AnchorKind, DeadlineKind, DeadlinePolicy } from '../../../rules/domain/deadline.ts';
import json from '../../../rules/reference/deadline-policies.json' with { type: 'json' };

export const policies = readPolicies(json);

export function policyNamed(id: string): DeadlinePolicy {
  const found = policies.find((policy) => policy.id === id);
  if (found === undefined) throw new Error(`the reference has no policy ${id}`);
  return found;
}

/** A plain count of calendar days from a notice, changed where a test says so. */
export function policyWith(change: Partial<DeadlinePolicy>): DeadlinePolicy {
  return {
    id: 'test-policy',
    kind: 'appeal1',
    anchor: 'noticeOn',
    amount: 30,
    unit: 'calendar',
    includeAnchorDay: false,
    receiptPresumptionDays: 0,
    missingDay: 'lastOfMonth',
    orIfLater: [],
    notLaterThan: [],
    filedWhen: 'received',
    roll: 'none',
    rollConfirmed: false,
    calendar: federalCalendar,
    cutoff: null,
    bufferBusinessDays: 0,
    applies: {},
    effective: { from: null, to: null, basis: 'noticeOn' },
    citation: 'A rule made for this test',
    source: 'test',
    seenOn: civilDate('2026-11-23'),
    confirmed: 'confirmed',
    ...change,
  };
}

export function dates(texts: Partial<Record<AnchorKind, string>>): Partial<Record<AnchorKind, CivilDate>> {
  return Object.fromEntries(Object.entries(texts).map(([anchor, text]) => [anchor, civilDate(text)]));
}

const payers = {
  UHC01: 'commercial',
  AETNA1: 'commercial',
  CIGNA1: 'commercial',
  HUMANA1: 'commercial',
  ANTHEM1: 'blue',
  BCBS01: 'blue',
  MCARE: 'medicare',
  TXMCD: 'medicaid',
} as const;

export function question(payerId: keyof typeof payers, kind: DeadlineKind, change: Partial<PolicyQuestion>): PolicyQuestion {
  return {
    kind,
    payerId,
    payerClass: payers[payerId],
    state: null,
    lineOfBusiness: null,
    funding: null,
    medium: 'electronic',
    claimType: 'professional',
    contract: null,
    basisDates: {},
    ...change,
  };
}
