import type { CivilDate, Zone } from './civil-date.ts';
import type { ClaimType } from './claim.ts';

/**
 * What must have happened, or must not happen before. Appeal 4 and 5 exist in Medicare only (42 CFR 405 Subpart I). `…Answer` and
 * `…Payment` are what others owe us; `refundAlert1…3` remind us of the 60-day rule.
 */
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
  'escalationAnswer',
  'externalReview',
  'externalReviewAnswer',
  'stateFairHearing',
  'reopening',
  'reopeningForGoodCause',
  'priorAuthorizationAnswer',
  'priorAuthorizationUrgentAnswer',
  'claimantInformation',
  'functionalAcknowledgement',
  'claimAcknowledgement',
  'statusInquiry',
  'nextStatusInquiry',
  'payerCall',
  'documents',
  'vendorAcknowledgement',
  'recallConfirmation',
  'vendorUpdate',
  'earliestExtraordinaryAction',
  'applicationPeriod',
  'secondaryFiling',
  'paymentFloor',
  'promptPayment',
  'disputePayment',
  'initialPayment',
  'openNegotiation',
  'idrEarliest',
  'idrInitiation',
  'idrPayment',
  'idrCoolingOff',
  'refund',
  'refundAlert1',
  'refundAlert2',
  'refundAlert3',
  'refundInvestigation',
  'refundLookback',
  'overpaymentRebuttal',
  'overpaymentAnswer',
  'overpaymentInterest',
  'overpaymentRecoupment',
  'overpaymentAppeal2',
  /** The patient's time to dispute a bill above its good-faith estimate. */
  'estimateDispute',
  /** A credit of the patient was not claimed for so long that the state may; then the report to the state. */
  'dormancy',
  'escheat',
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
  'balanceChangedOn',
  'taskOpenedOn',
  'returnedOn',
  'authorizedOn',
  'inquiredOn',
  'negotiationOn',
  'determinedOn',
  'activeOn',
  'dormantOn',
] as const;
export type AnchorKind = (typeof anchorKinds)[number];

/** The dates of a case known so far; null and absent are the same. */
export type AnchorDates = Readonly<Partial<Record<AnchorKind, CivilDate | null>>>;

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

/** Who bears the risk of a plan: state insurance law binds insured plans only. */
export const fundings = ['insured', 'selfFunded'] as const;
export type Funding = (typeof fundings)[number];

/** How a claim goes to the payer. */
export const claimMedia = ['electronic', 'paper'] as const;
export type ClaimMedium = (typeof claimMedia)[number];

/** A contract id that says: this provider has no contract with this plan. */
export const noContract = 'none';

/** Whom a policy is for. An absent member means "any"; every member given must match. */
export interface PolicyScope {
  readonly contract?: string;
  readonly payerIds?: readonly string[];
  readonly states?: readonly string[];
  readonly linesOfBusiness?: readonly string[];
  readonly fundings?: readonly Funding[];
  readonly payerClasses?: readonly PayerClass[];
  readonly claimTypes?: readonly ClaimType[];
  readonly media?: readonly ClaimMedium[];
}

/** What arrives after this wall-clock time counts as arriving the next business day. `time` is `HH:MM`. */
export interface Cutoff {
  readonly time: string;
  readonly zone: Zone;
}

/** Days off beside weekends. */
export interface BusinessCalendar {
  /** `federal`, a state such as `TX`, or `payer:` and a name. */
  readonly id: string;
  readonly title: string;
  /** By year, as published; in a year without a list only weekends are off. Null: the federal holidays, which are computed for any year. */
  readonly daysOff: Readonly<Record<string, readonly CivilDate[]>> | null;
}

/** One way of counting from one date. */
export interface Count {
  readonly anchor: AnchorKind;
  readonly amount: number;
  /** `yearEnd`: December 31 of the `amount`-th year after the anchor's. */
  readonly unit: 'calendar' | 'business' | 'month' | 'year' | 'yearEnd';
  /** True where the anchor date itself is day 1, as in a Medicare demand letter. */
  readonly includeAnchorDay: boolean;
  /** Calendar days after the anchor at which receipt is presumed; the count starts there. */
  readonly receiptPresumptionDays: number;
  /** Where months or years end in a month without that day: its last day, or the first of the next month. */
  readonly missingDay: 'lastOfMonth' | 'firstOfNext';
}

export interface DeadlinePolicy extends Count {
  readonly id: string;
  readonly kind: DeadlineKind;
  /** Further counts: the latest of them and the policy's own is taken. One whose anchor is unknown does not count. */
  readonly orIfLater: readonly Count[];
  /** Counts that none may pass. One whose anchor is unknown sets no end. */
  readonly notLaterThan: readonly Count[];
  readonly filedWhen: 'received' | 'postmarked' | 'sent';
  readonly roll: 'none' | 'nextBusinessDay';
  /** A roll that nobody confirmed moves nothing. */
  readonly rollConfirmed: boolean;
  readonly calendar: BusinessCalendar;
  readonly cutoff: Cutoff | null;
  readonly bufferBusinessDays: number;
  readonly applies: PolicyScope;
  /** Both ends inclusive; `basis` is the date of the case that decides which version holds. */
  readonly effective: { readonly from: CivilDate | null; readonly to: CivilDate | null; readonly basis: AnchorKind };
  readonly citation: string;
  readonly source: string;
  /** When the source was read; null for a rule that a person states without one. */
  readonly seenOn: CivilDate | null;
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
  /** The date that decided, where a policy counts from several. */
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
 * Kinds where acting earlier is the fault, so safety lies on the later side. Collecting on the Friday because day 121 is a Sunday would
 * be an extraordinary collection action too early (26 CFR 1.501(r)-6); a dispute initiated before its window opens is no dispute.
 */
const notBefore: ReadonlySet<DeadlineKind> = new Set([
  'earliestExtraordinaryAction',
  'applicationPeriod',
  'paymentFloor',
  'idrEarliest',
  'idrCoolingOff',
]);

export function isNotBefore(kind: DeadlineKind): boolean {
  return notBefore.has(kind);
}
