import type { Bucket } from './task.ts';

export type LedgerKind =
  | 'charge'
  | 'payerPayment'
  | 'contractual'
  | 'transfer'
  | 'patientPayment'
  | 'writeOff'
  | 'refund'
  | 'recoupment'
  | 'assistance'
  | 'escheat';

/**
 * One posted amount, a recoupment being what a payer kept from another payment (PLB WO): positive raises the bucket's balance. A transfer is two lines that sum to zero.
 * `source` is the byte it came from, or the event that caused it for our own postings.
 */
export interface LedgerLine {
  /** Unique within the account: `<cause>#<n>`. */
  readonly id: string;
  readonly bucket: Bucket;
  readonly kind: LedgerKind;
  readonly cents: number;
  readonly on: string;
  readonly source: { readonly fileId: string; readonly offset: number } | { readonly cause: string };
  /** The remittance claim whose posting this is, so that a reversal undoes exactly it. */
  readonly remittanceClaimId: string | null;
  readonly carc: string | null;
  /** The line this one undoes. */
  readonly undoes: string | null;
}

/** How a credit came about, as far as the postings tell. */
export const creditCauses = ['postedTwice', 'twoPayersPaid', 'payerOverpaid', 'patientOverpaid', 'assistanceGranted'] as const;
export type CreditCause = (typeof creditCauses)[number];
