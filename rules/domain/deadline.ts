import type { CivilDate } from './civil-date.ts';

/** What must have happened by then. The ones ending in `Answer` are the payer's to keep. */
export const deadlineKinds = [
  'filing',
  'secondaryFiling',
  'correctedClaim',
  'documents',
  'reconsideration',
  'reconsiderationAnswer',
  'appeal1',
  'appeal1Answer',
  'appeal2',
  'appeal2Answer',
  'appeal3',
  'appeal3Answer',
  'functionalAcknowledgement',
  'claimAcknowledgement',
  'statusInquiry',
  'payerCall',
  'vendorAcknowledgement',
  'recallConfirmation',
  'earliestExtraordinaryAction',
  'applicationPeriod',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** The day a deadline counts from. */
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
] as const;
export type AnchorKind = (typeof anchorKinds)[number];

/** How one deadline is counted, as dated data with its source (DOMAIN §5.1). */
export interface DeadlinePolicy {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly anchor: AnchorKind;
  readonly amount: number;
  readonly unit: 'calendar' | 'business' | 'month' | 'year';
  /** The anchor day is day 1, so that the last day comes one earlier. */
  readonly includeAnchorDay: boolean;
  /** Days after which a notice is presumed received; counting starts there. */
  readonly receiptPresumptionDays: number;
  readonly filedWhen: 'received' | 'postmarked' | 'sent';
  readonly roll: 'none' | 'nextBusinessDay';
  /** Only a confirmed roll moves the legal date. */
  readonly rollConfirmed: boolean;
  readonly bufferBusinessDays: number;
  readonly applies: {
    readonly payerIds?: readonly string[] | undefined;
    readonly states?: readonly string[] | undefined;
    readonly payerClasses?: readonly string[] | undefined;
    readonly claimTypes?: readonly string[] | undefined;
  };
  readonly effective: { readonly from: CivilDate; readonly to: CivilDate | null };
  readonly citation: string;
  /** As DOMAIN §5.2 marks it: seen in its source, in a secondary source only, or not confirmed. */
  readonly confirmed: 'confirmed' | 'secondary' | 'unconfirmed';
}

export interface DerivedDeadline {
  readonly policyId: string;
  readonly kind: DeadlineKind;
  readonly anchor: AnchorKind;
  readonly anchorOn: CivilDate;
  /** As counted. */
  readonly nominalOn: CivilDate;
  /** After the roll, where the roll is confirmed. */
  readonly legalOn: CivilDate;
  /** The last business day on or before the most careful count, less the buffer. Queues sort by it. */
  readonly safeByOn: CivilDate;
  /** In words, step by step, the citation last. */
  readonly derivation: readonly string[];
  /** Set when policies of the same rank disagree: the earliest is used. */
  readonly conflict: string | null;
}
