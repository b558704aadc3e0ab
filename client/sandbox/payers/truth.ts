import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import type { Cents } from '../../../rules/domain/money.ts';
import type { Fate } from './fates.ts';
import type { LetterAnswer } from './outcomes.ts';

/** What the world outside holds true, for a reconciliation to compare with what the engine believes. Nothing here is read by the engine. */
export interface Truth {
  readonly files: readonly ReceivedFile[];
  readonly claims: readonly ClaimTruth[];
  readonly checks: readonly CheckTruth[];
  /** Money a payer has lent on: forwarded by FB and not yet netted, or deferred by WO and not yet taken. Positive = we owe it. */
  readonly open: readonly OpenBalance[];
  /** Letters that came to a payer or a patient, and what will be answered; the answers on paper are to be recorded by people. */
  readonly letters: readonly LetterTruth[];
  readonly placements: readonly PlacementTruth[];
  readonly vendorMistakes: readonly VendorMistake[];
  readonly patientPayments: readonly PatientPaymentTruth[];
}

export interface ReceivedFile {
  readonly folder: string;
  readonly name: string;
  readonly verdict: 'accepted' | 'acceptedWithErrors' | 'partial' | 'rejected' | 'refused' | 'repeated' | 'notForUs';
}

/**
 * One claim as sent to one payer (a crossover makes a second one with the same key).
 * What stands of an adjudicated or duplicate claim, all answers added, is its charge; of a replaced or voided one, nothing; others have no answers.
 */
export interface ClaimTruth {
  readonly payerId: string;
  readonly submissionKey: string;
  /** CLM05-3 */
  readonly frequency: string;
  readonly chargeCents: Cents;
  readonly receivedOn: CivilDate;
  readonly isCrossover: boolean;
  readonly state:
    | 'fileRejected'
    | 'rejectedByClearinghouse'
    | 'rejectedByPayer'
    | 'lost'
    | 'silent'
    | 'adjudicated'
    | 'duplicate'
    | 'replaced'
    | 'voided';
  readonly fate: Fate | null;
  readonly payerClaimNumbers: readonly string[];
  /** As told in checks so far, in that order. */
  readonly answers: readonly ClaimAnswer[];
}

export interface ClaimAnswer {
  readonly trace: string;
  readonly paidOn: CivilDate;
  readonly status: string;
  readonly payerClaimNumber: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
}

/** One 835: claims − PLB = paid, to the cent. Its copies under other names are the same check. */
export interface CheckTruth {
  readonly payerId: string;
  readonly payeeNpi: string;
  readonly trace: string;
  readonly paidOn: CivilDate;
  readonly paidCents: Cents;
  readonly claimCents: Cents;
  readonly providerAdjustments: readonly { readonly code: string; readonly reference: string; readonly cents: Cents }[];
  readonly files: readonly string[];
}

export interface OpenBalance {
  readonly payerId: string;
  readonly payeeNpi: string;
  readonly code: 'FB' | 'WO';
  readonly cents: Cents;
}

export interface LetterTruth {
  readonly file: string;
  readonly to: string;
  readonly account: string;
  readonly kind: 'appeal' | 'reconsideration' | 'documents' | 'planOffer';
  readonly level: number;
  /** `unknownClaim`: the payer could not tell which claim is meant. `accepted`, `declined`: a patient's word on a plan. */
  readonly answer: LetterAnswer | 'unknownClaim' | 'accepted' | 'declined';
  readonly answeredOn: CivilDate | null;
}

export interface PlacementTruth {
  readonly vendor: string;
  readonly reference: string;
  readonly accountNumber: string;
  readonly placedCents: Cents;
  readonly collectedCents: Cents;
  readonly state: 'offered' | 'rejected' | 'held' | 'returned';
  /** The day of its acknowledgement; null while the vendor is silent. */
  readonly acknowledgedOn: CivilDate | null;
  /** The day on which it was called back. */
  readonly recalledOn: CivilDate | null;
  /** Payments that it told and did not transfer. */
  readonly unremitted: readonly string[];
}

/** Something wrong that a vendor said in an inventory, a remit or the log of its contacts. */
export interface VendorMistake {
  readonly vendor: string;
  /** As differences are called; `contact`: one outside the hours that the law allows. */
  readonly kind: 'missing' | 'extra' | 'balance' | 'fee' | 'total' | 'contact';
  /** The day of the list, the remit or the log. */
  readonly on: CivilDate;
  /** The placement, payment, remit or contact. */
  readonly about: string;
  /** By what the vendor said later. */
  readonly isPutRight: boolean;
}

export interface PatientPaymentTruth {
  readonly paymentId: string;
  readonly accountNumber: string;
  readonly cents: Cents;
  readonly paidOn: CivilDate;
}
