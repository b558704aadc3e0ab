import type { CivilDate, Zone } from './civil-date.ts';
import type { ClaimType } from './claim.ts';

/** What must have happened, or must not happen before. Appeal 4 and 5 exist in Medicare only (42 CFR 405 Subpart I). */
export const deadlineKinds = [
  'filing',
  'correctedClaim',
  'reconsideration',
  'reconsiderationAnswer',
  'appeal1',
  'appeal1Answer',
  'appeal2',
  'appeal2Answer',
  'appeal3',
  'appeal3Answer',
  'appeal4',
  'appeal4Answer',
  'appeal5',
  'appeal5Answer',
  'externalReview',
  'externalReviewAnswer',
  'stateFairHearing',
  'reopening',
  'openNegotiation',
  'idrInitiation',
  'functionalAcknowledgement',
  'claimAcknowledgement',
  'statusInquiry',
  'payerCall',
  'documents',
  'vendorAcknowledgement',
  'recallConfirmation',
  'earliestExtraordinaryAction',
  'applicationPeriod',
  'secondaryFiling',
  'refund',
  'refundInvestigation',
  'overpaymentRebuttal',
  'overpaymentAnswer',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** The dates of a case from which a policy may count. `servicedOn` is the From date, `servicedThrough` the Through date. */
export const anchorKinds = [
  'servicedOn',
  'servicedThrough',
  'sentOn',
  'acceptedOn',
  'remittanceOn',
  'noticeOn',
  'filedOn',
  'answeredOn',
  'firstStatementOn',
  'placedOn',
  'recallSentOn',
  'identifiedOn',
  'taskOpenedOn',
] as const;
export type AnchorKind = (typeof anchorKinds)[number];

export const payerClasses = [
  'medicare',
  'medicareAdvantage',
  'medicaid',
  'commercial',
  'blue',
  'tricare',
  'workersCompensation',
  'selfPay',
  'other',
] as const;
export type PayerClass = (typeof payerClasses)[number];

/** A contract id that says: this provider has no contract with this plan. */
export const noContract = 'none';

/** Whom a policy is for. An absent member means "any"; every member given must match. */
export interface PolicyScope {
  readonly contract?: string;
  readonly payerIds?: readonly string[];
  readonly states?: readonly string[];
  readonly linesOfBusiness?: readonly string[];
  readonly payerClasses?: readonly PayerClass[];
  readonly claimTypes?: readonly ClaimType[];
}

/** What arrives after this wall-clock time counts as arriving the next business day. `time` is `HH:MM`. */
export interface Cutoff {
  readonly time: string;
  readonly zone: Zone;
}

export interface DeadlinePolicy {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly anchor: AnchorKind;
  readonly amount: number;
  readonly unit: 'calendar' | 'business' | 'month' | 'year';
  /** True where the anchor date itself is day 1, as in a Medicare demand letter. */
  readonly includeAnchorDay: boolean;
  /** Calendar days after the anchor at which receipt is presumed; the count starts there. */
  readonly receiptPresumptionDays: number;
  readonly filedWhen: 'received' | 'postmarked' | 'sent';
  readonly roll: 'none' | 'nextBusinessDay';
  readonly rollConfirmed: boolean;
  readonly calendar: 'federal';
  readonly cutoff: Cutoff | null;
  readonly bufferBusinessDays: number;
  readonly applies: PolicyScope;
  /** Both ends inclusive; `basis` is the date of the case that decides which version holds. */
  readonly effective: { readonly from: CivilDate | null; readonly to: CivilDate | null; readonly basis: AnchorKind };
  readonly citation: string;
  readonly source: string;
  readonly seenOn: CivilDate;
  readonly confirmed: 'confirmed' | 'secondary' | 'unconfirmed';
}

/**
 * 1. `safeByOn` is always a business day.
 * 2. A date by which: safeByOn ≤ nominalOn ≤ legalOn. A date before which not (`isNotBefore`): nominalOn ≤ legalOn ≤ safeByOn.
 * 3. The same policy and anchor give the same deadline for ever: nothing here depends on today.
 */
export interface DerivedDeadline {
  readonly policyId: string;
  readonly kind: DeadlineKind;
  readonly anchor: AnchorKind;
  readonly anchorOn: CivilDate;
  /** As counted. */
  readonly nominalOn: CivilDate;
  /** After the roll, only where the roll is confirmed. */
  readonly legalOn: CivilDate;
  /** The date to work by; queues sort by it. */
  readonly safeByOn: CivilDate;
  /** Plain sentences, in order; the last is the citation. */
  readonly derivation: readonly string[];
  /** Set where sources disagree: what was chosen and what the others say. */
  readonly conflict: string | null;
}

/**
 * Kinds that protect a patient's time: acting earlier is the fault, so safety lies on the later side. Collecting on the Friday
 * because day 121 is a Sunday would be an extraordinary collection action too early (26 CFR 1.501(r)-6).
 */
export function isNotBefore(kind: DeadlineKind): boolean {
  return kind === 'earliestExtraordinaryAction' || kind === 'applicationPeriod';
}
