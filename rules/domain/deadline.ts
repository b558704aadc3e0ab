import type { CivilDate } from './civil-date.ts';

export type DeadlineKind =
  | 'filing'
  | 'correctedClaim'
  | 'reconsideration'
  | 'reconsiderationAnswer'
  | 'appeal1'
  | 'appeal1Answer'
  | 'appeal2'
  | 'appeal2Answer'
  | 'appeal3'
  | 'appeal3Answer'
  | 'functionalAcknowledgement'
  | 'claimAcknowledgement'
  | 'statusInquiry'
  | 'payerCall'
  | 'documents'
  | 'vendorAcknowledgement'
  | 'recallConfirmation'
  | 'earliestExtraordinaryAction'
  | 'applicationPeriod'
  | 'secondaryFiling'
  | 'refund';
export type AnchorKind =
  | 'servicedOn'
  | 'servicedThrough'
  | 'sentOn'
  | 'acceptedOn'
  | 'remittanceOn'
  | 'noticeOn'
  | 'filedOn'
  | 'answeredOn'
  | 'firstStatementOn'
  | 'placedOn'
  | 'recallSentOn'
  | 'identifiedOn'
  | 'taskOpenedOn';

export interface DerivedDeadline {
  readonly policyId: string;
  readonly kind: DeadlineKind;
  readonly anchor: AnchorKind;
  readonly anchorOn: CivilDate;
  readonly nominalOn: CivilDate;
  readonly legalOn: CivilDate;
  readonly safeByOn: CivilDate;
  readonly derivation: readonly string[];
  readonly conflict: string | null;
}
