import type { CivilDate } from './civil-date.ts';

/** One dated payment of a plan; of a plan over several accounts, the share of one of them. */
export interface Instalment {
  readonly dueOn: CivilDate;
  readonly cents: number;
}

/** What was agreed about being late. It stands with the plan: a policy that changes later does not change it. */
export interface PlanTerms {
  /** An instalment is missed when so many days after its day have passed too. */
  readonly graceDays: number;
  /** So little of an instalment may be lacking without its being missed. */
  readonly toleranceCents: number;
  /** With so many missed at a time the plan is in default. */
  readonly missedAtDefault: number;
  /** Within so many days of the default, everything overdue brings the plan back. */
  readonly cureDays: number;
  readonly mostCures: number;
}

export const planStatuses = ['none', 'offered', 'active', 'defaulted', 'declined', 'kept', 'ended'] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** The payment plan of one account. What follows `since` is absent from plans agreed before schedules were kept. */
export interface PlanOfAccount {
  readonly status: PlanStatus;
  /** Of the first month. */
  readonly instalmentCents: number;
  readonly since: CivilDate | null;
  /** The number of the plan; the same on every account it covers. */
  readonly planId?: string;
  readonly instalments?: readonly Instalment[];
  readonly terms?: PlanTerms;
  /** How many accounts it covers, this one included. */
  readonly accounts?: number;
  /** Offers so far, those before this one included. */
  readonly offers?: number;
  readonly endedOn?: CivilDate;
  readonly cures?: number;
}

/** The patient said that so much will be there by that day. */
export interface PromiseToPay {
  /** Unique within the account. */
  readonly id: string;
  readonly cents: number;
  readonly madeOn: CivilDate;
  readonly dueOn: CivilDate;
  /** Who took it down. */
  readonly by: string;
  readonly status: 'open' | 'kept' | 'partlyKept' | 'broken';
  /** Paid towards it by the time it was settled. */
  readonly paidCents: number;
  readonly settledOn: CivilDate | null;
}

interface FromFile {
  readonly on: CivilDate;
  readonly fileId: string;
  readonly offset: number;
}

/** Facts of the world about plans and payments; they come in files, those that a person or the API gives too. */
export type PlanArrival =
  | ({
      readonly kind: 'planOffered';
      readonly planId: string;
      /** The share of this account. */
      readonly instalments: readonly Instalment[];
      /** Of all accounts of the plan, a month. */
      readonly instalmentCents: number;
      readonly totalCents: number;
      readonly accounts: number;
      /** The letter and the task stand on one account of the plan. */
      readonly leads: boolean;
      readonly answerBy: CivilDate;
      readonly by: string;
    } & FromFile)
  | ({
      readonly kind: 'planAgreed';
      readonly planId: string;
      readonly instalments: readonly Instalment[];
      readonly terms: PlanTerms;
      readonly accounts: number;
      /** Of all accounts, on the one from which the letter goes; absent on the others, and before letters were sent. */
      readonly confirms?: { readonly instalmentCents: number; readonly totalCents: number };
      readonly by: string;
    } & FromFile)
  /** The offer was declined, or both sides ended the plan. */
  | ({ readonly kind: 'planCancelled'; readonly planId: string; readonly as: 'declined' | 'ended'; readonly by: string } & FromFile)
  /** A payment came back from the bank, or was moved to where more is owed. */
  | ({
      readonly kind: 'patientPaymentReversed';
      readonly paymentId: string;
      /** The bank's or our own number of the reversal. */
      readonly reversalId: string;
      readonly cents: number;
      readonly as: 'returned' | 'moved';
      readonly reason: string;
      /** Whom it had been paid to. */
      readonly via: 'direct' | 'vendor';
    } & FromFile);

export type PlanConclusion =
  /** Everything overdue was paid in time: the plan goes on. */
  | { readonly kind: 'planCured'; readonly on: CivilDate }
  /** The payment that had completed it came back. */
  | { readonly kind: 'planResumed'; readonly on: CivilDate }
  | {
      readonly kind: 'promiseMade';
      readonly promiseId: string;
      readonly cents: number;
      readonly dueOn: CivilDate;
      readonly on: CivilDate;
      readonly by: string;
      readonly formId: string;
    }
  | {
      readonly kind: 'promiseSettled';
      readonly promiseId: string;
      readonly status: 'kept' | 'partlyKept' | 'broken';
      readonly paidCents: number;
      readonly on: CivilDate;
    };
