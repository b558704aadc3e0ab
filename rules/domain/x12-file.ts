import type {
  BatchAcknowledgement,
  ClaimAcknowledgement,
  FunctionalAcknowledgement,
  InterchangeAcknowledgement,
} from './acknowledgement.ts';
import type { CivilDate } from './civil-date.ts';
import type { ClaimInquiry, ClaimStatusAnswer, DocumentRequest } from './claim-status.ts';
import type { SourcePlace, SubmittedClaim } from './claim.ts';
import type { Remittance } from './remittance.ts';

/** The envelope an item of a file stood in. */
export interface Envelope {
  readonly senderId: string;
  readonly receiverId: string;
  /** ISA09, as a civil date. */
  readonly sentOn: CivilDate;
  /** ISA13, GS06, ST02 as text; GS06 and ST02 are empty for a TA1. */
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  readonly transactionControlNumber: string;
  /** GS08 or ST03, such as 005010X221A1. */
  readonly version: string;
}

/** What can be counted in segments that were not read: a transaction at fault, or of a kind not known here. Cents as far as they are amounts. */
export interface PassedOver {
  /** CLP, or CLM. */
  readonly claims: number;
  /** SVC, or SV1 to SV3. */
  readonly lines: number;
  /** CLP03, or CLM02. */
  readonly chargeCents: number;
  /** SV102, SV203, SV302 */
  readonly lineChargeCents: number;
  /** CLP04 */
  readonly paidCents: number;
  /** CAS of an 835, at both levels. */
  readonly adjustmentCents: number;
  readonly plbCents: number;
  /** BPR02; null when there was none among them. */
  readonly checkCents: number | null;
}

/** One transaction of a file, read. */
export type X12Transaction = { readonly envelope: Envelope; readonly place: SourcePlace } & (
  | { readonly kind: 'claims'; readonly claims: readonly SubmittedClaim[] }
  | { readonly kind: 'remittance'; readonly remittance: Remittance }
  | { readonly kind: 'functional-acknowledgement'; readonly acknowledgement: FunctionalAcknowledgement }
  | { readonly kind: 'interchange-acknowledgement'; readonly acknowledgement: InterchangeAcknowledgement }
  | {
      readonly kind: 'claim-acknowledgements';
      readonly acknowledgements: readonly ClaimAcknowledgement[];
      readonly batches: readonly BatchAcknowledgement[];
    }
  | { readonly kind: 'claim-inquiries'; readonly inquiries: readonly ClaimInquiry[] }
  | {
      readonly kind: 'claim-statuses';
      readonly answers: readonly ClaimStatusAnswer[];
      readonly batches: readonly BatchAcknowledgement[];
    }
  | { readonly kind: 'document-requests'; readonly requests: readonly DocumentRequest[] }
  /** A transaction set we do not know: kept raw, and a task. */
  | { readonly kind: 'unknown'; readonly transactionSetId: string; readonly segmentCount: number; readonly counted: PassedOver }
);
