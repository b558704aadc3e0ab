import type { CivilDate } from './civil-date.ts';
import type { PayerSequence } from './claim.ts';
import type { AdjustmentGroup } from './remittance.ts';

/** The codes of a service line, without its place, dates or diagnoses. */
export interface ServiceCodes {
  readonly procedureCode: string | null;
  readonly revenueCode: string | null;
}

export interface PostedAdjustment {
  readonly lineNumber: number | null;
  readonly group: AdjustmentGroup;
  readonly carc: string;
  readonly rarcs: readonly string[];
  readonly cents: number;
  readonly offset: number;
  /** The line it stands at, as the payer returned it (SVC); absent at claim level. */
  readonly service?: ServiceCodes & { readonly chargeCents: number; readonly allowedCents: number | null };
}

/** A service line as the payer adjudicated it (SVC), under the codes and units that were billed where the payer changed them (SVC06, SVC07). */
export interface PostedLine extends ServiceCodes {
  readonly number: number;
  readonly modifiers: readonly string[];
  readonly units: number;
  readonly chargeCents: number;
  readonly paidCents: number;
}

/** One remittance claim, as posted to this account. Amounts of a reversal are negative. */
export interface PostedRemittance {
  readonly remittanceClaimId: string;
  readonly fileId: string;
  readonly offset: number;
  readonly submissionKey: string;
  readonly sequence: PayerSequence;
  readonly status: string;
  readonly payerClaimNumber: string;
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly adjustments: readonly PostedAdjustment[];
  readonly remittanceOn: CivilDate;
  /** When it came to us; absent on those posted before it was kept. */
  readonly receivedOn?: CivilDate;
  readonly crossover: boolean;
  /** This and what follows: absent where the payer does not say it, and on remittances posted before it was kept. */
  readonly lines?: readonly PostedLine[];
  /** DTM*050: when the payer received the claim. */
  readonly claimReceivedOn?: CivilDate;
  /** AMT*I, which is no part of the payment of the claim. */
  readonly interestCents?: number;
  /** REF*F8: the payer's number of the claim that it takes back or corrects. */
  readonly originalPayerClaimNumber?: string;
}

/** One PLB amount that names a claim: positive is kept from us, negative is given to us. */
export interface PostedProviderAdjustment {
  readonly code: string;
  readonly reference: string;
  readonly cents: number;
  readonly offset: number;
}

/** `isWhole`: nothing of the record's line is refused any more. */
export interface RecoveredAmount {
  readonly cents: number;
  readonly isWhole: boolean;
}
