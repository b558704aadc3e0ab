/** A value a rule can look at (RULES §1 fault 4): safe integer, text, truth, a list of these, or null for "not known". */
export type FactValue = number | string | boolean | null | readonly (number | string)[];

/** Flat, dotted fact ids as declared in rules/engine/catalogue.ts. Every declared fact is present; a missing one is null. */
export type Facts = Readonly<Record<string, FactValue>>;

/** The points in an account's life at which the payer rules are asked what happens next. */
export const decisionPoints = [
  /** A submission was refused before adjudication (999, TA1 or 277CA). */
  'rejected',
  /** A clock ran out and the other side has not spoken. */
  'silent',
  /** A remittance carries a denial case that has no path yet. */
  'denied',
  /** A payer's answer to a reconsideration or an appeal went against us. */
  'upheld',
  /** A payer is done and left an amount that another payer may owe. */
  'nextPayer',
  /** The patient owes a balance, and the next step of the cadence is due. */
  'patientBalance',
  /** A balance is with a vendor and its review is due. */
  'placed',
  /** More was received than was owed. */
  'credit',
] as const;
export type DecisionPoint = (typeof decisionPoints)[number];

/** What a rule may answer. The lifecycle decides whether it is legal where the account stands. */
export const actions = [
  'newClaim',
  'replacementClaim',
  'voidClaim',
  'sendDocuments',
  'reconsideration',
  'appeal',
  /** Of a decision that is final, for a clerical error or good cause (42 CFR 405.980). */
  'reopening',
  /** No Surprises Act: open negotiation, then the independent dispute (45 CFR 149.510). */
  'openNegotiation',
  'disputeResolution',
  'billOtherPayer',
  'billNextPayer',
  'moveToPatient',
  'writeOff',
  'sendStatusInquiry',
  'callPayer',
  'resendClaim',
  'sendStatement',
  'offerPaymentPlan',
  'placeWithVendor',
  'recallFromVendor',
  /** The written notice before the first extraordinary action (26 CFR 1.501(r)-6(c)). */
  'sendCollectionNotice',
  /** Named by `extraordinary`; refused before its day whoever asks. */
  'allowExtraordinaryAction',
  'requestRefund',
  'wait',
  'routeToPerson',
] as const;
export type Action = (typeof actions)[number];

/** Where a task waits. */
export const queues = [
  'rejections',
  'denials',
  'appeals',
  'followUp',
  'coordinationOfBenefits',
  'clearance',
  'credits',
  'patientBalances',
  'vendors',
  'supervisor',
  'director',
  'unmatched',
  'gaps',
] as const;
export type Queue = (typeof queues)[number];

/** A timer a rule asks for: days, business days or weeks, never months (RULES §2). The engine stores the date it gives. */
export interface RuleTimer {
  readonly id: string;
  /** `14 days`, `5 business days`, `2 weeks` */
  readonly duration: string;
}

/** What the winning rule says, read from `event.params`. */
export interface RuleAnswer {
  readonly ruleId: string;
  readonly action: Action;
  readonly queue: Queue;
  readonly timer: RuleTimer | null;
  /** In a biller's words, `meta.why`. */
  readonly why: string;
  readonly citation: string;
  /** The other scalars of `event.params`, fact references resolved. */
  readonly params: Readonly<Record<string, FactValue>>;
}

/** One leaf of a rule's conditions, as it was when the decision was made. */
export interface ReceiptLeaf {
  readonly pointer: string;
  readonly fact: string;
  readonly operator: string;
  readonly expected: FactValue;
  readonly actual: FactValue;
  readonly held: boolean;
}

/** Which date of the case decides whether a version of a rule applies. */
export const effectiveBases = ['decision', 'serviceDate', 'receivedDate'] as const;
export type EffectiveBasis = (typeof effectiveBases)[number];

/** The date that decided, null when it is not known for the case, and the rule's range: both days included. */
export interface InForce {
  readonly basis: EffectiveBasis;
  readonly on: string | null;
  readonly from: string;
  readonly to: string | null;
}

export interface ReceiptRule {
  readonly ruleId: string;
  readonly priority: number;
  readonly leaves: readonly ReceiptLeaf[];
  /** Absent on receipts made before it was kept. */
  readonly inForce?: InForce;
}

/** The proof of one decision (RULES §3): the same facts and rule set give the same receipt, byte for byte. */
export interface DecisionReceipt {
  readonly ruleSetHash: string;
  readonly evaluator: string;
  readonly point: DecisionPoint;
  readonly asOf: string;
  readonly facts: Facts;
  readonly winner: ReceiptRule;
  /** Rules that matched too, with lower priority. */
  readonly alsoMatched: readonly string[];
  /** Rules whose conditions hold and whose dates do not, by priority; at most ten. Absent on receipts made before it was kept. */
  readonly notInForce?: readonly (InForce & { readonly ruleId: string })[];
  /** Rules of the same point that did not match, nearest first, each with the first leaf that failed. At most ten. */
  readonly nearMisses: readonly { readonly ruleId: string; readonly failed: ReceiptLeaf }[];
}

export interface Decision {
  readonly answer: RuleAnswer;
  readonly receipt: DecisionReceipt;
}

/** The one function the lifecycle asks: exactly one winner, at worst the fallback. */
export type Decide = (facts: Facts, asOf: string) => Decision;
