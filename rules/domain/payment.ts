import type { CivilDate } from './civil-date.ts';

/** What a payment is for. */
export type PaidFor =
  | { readonly kind: 'account'; readonly accountNumber: string }
  /** A payment plan, by its number. */
  | { readonly kind: 'plan'; readonly planId: string }
  /** All accounts of a guarantor, by the guarantor's id or by one of those accounts. */
  | { readonly kind: 'guarantor'; readonly guarantorId: string }
  | { readonly kind: 'guarantorOf'; readonly accountNumber: string };

/** One row of a payments feed. Amounts are cents above zero. */
export type PaymentRow = { readonly on: CivilDate; readonly cents: number; readonly offset: number } & (
  | {
      readonly event: 'payment';
      readonly paymentId: string;
      readonly to: PaidFor;
      readonly via: 'direct' | 'vendor' /** Through which placement a vendor got it, where it says. */;
      readonly placementId?: string;
    }
  /** The bank took a payment back. */
  | { readonly event: 'returned'; readonly reversalId: string; readonly of: string; readonly reason: string }
  /** So much of a payment belongs elsewhere. */
  | { readonly event: 'moved'; readonly reversalId: string; readonly of: string; readonly reason: string; readonly to: PaidFor }
);

export const planEvents = ['offered', 'agreed', 'declined', 'ended'] as const;
export type PlanEvent = (typeof planEvents)[number];

/** One row of a plans feed: what is offered to a patient, or agreed with one. */
export interface PlanRow {
  readonly planId: string;
  readonly event: PlanEvent;
  readonly on: CivilDate;
  /** Account numbers; none for a plan that is known. */
  readonly accounts: readonly string[];
  /** A month, of all accounts together; null where the months say it, or the policy. */
  readonly instalmentCents: number | null;
  readonly months: number | null;
  readonly firstDueOn: CivilDate | null;
  readonly by: string;
  readonly offset: number;
}

/** `10023`, `plan PL-1`, `guarantor of 10023`: for people and for comparing. */
export function paidForInWords(to: PaidFor): string {
  switch (to.kind) {
    case 'account':
      return to.accountNumber;
    case 'plan':
      return `plan ${to.planId}`;
    case 'guarantor':
      return `guarantor ${to.guarantorId}`;
    case 'guarantorOf':
      return `guarantor of ${to.accountNumber}`;
  }
}
