import type { CivilDate } from './civil-date.ts';
import type { PayerSequence } from './claim.ts';
import type { PayerClass } from './deadline.ts';

/** What a vendor may say of a placement while it has it, or when it gives it back (rules/reference/vendor-statuses.json). */
export const vendorStatuses = [
  'plan',
  'dispute',
  'bankrupt',
  'deceased',
  'insuranceFound',
  'assistanceRequested',
  'cease',
  'complaint',
  'attorney',
  'identityTheft',
  'minor',
  'militaryService',
  'mailReturned',
  'uncollectible',
  'paidInFull',
  'recalled',
  'notWorked',
] as const;
export type VendorStatus = (typeof vendorStatuses)[number];

export function isVendorStatus(text: string): text is VendorStatus {
  return vendorStatuses.some((status) => status === text);
}

/** What vendors tell an account beside acknowledgements, payments and returns. */
export type VendorArrival =
  | {
      readonly kind: 'vendorReported';
      readonly placementId: string;
      readonly status: VendorStatus;
      readonly on: CivilDate;
      readonly fileId: string;
      readonly offset: number;
    }
  /** The patient paid us, says the vendor, on its work: the money itself comes, or came, another way. */
  | {
      readonly kind: 'vendorClaimedPayment';
      readonly placementId: string;
      readonly paymentId: string;
      readonly cents: number;
      readonly on: CivilDate;
      readonly fileId: string;
      readonly offset: number;
    };

/** A payer that nobody had named before, found by a vendor or a person: it is billed after those that are there. */
export interface CoverageFound {
  readonly kind: 'coverageFound';
  readonly sequence: PayerSequence;
  readonly payerId: string;
  readonly payerClass: PayerClass;
  /** SBR09 */
  readonly filingIndicator: string;
  /** In whose form its member id stands. */
  readonly taskId: string;
  readonly on: CivilDate;
}
