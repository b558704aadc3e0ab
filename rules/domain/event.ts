import type { AssistanceArrival, AssistanceConclusion } from './assistance.ts';
import type { CivilDate, Instant } from './civil-date.ts';
import type { Command, PathKind } from './command.ts';
import type { ClaimType, Frequency, PayerSequence } from './claim.ts';
import type { Action, DecisionPoint } from './decision.ts';
import type { DerivedDeadline, PayerClass } from './deadline.ts';
import type { Role } from './role.ts';
import type { TimelyFilingProof } from './denial.ts';
import type { HoldArrival, HoldConclusion, HoldPapers, RefundReturned } from './hold.ts';
import type { LedgerLine } from './ledger.ts';
import type { PeopleEvent, Said } from './people-event.ts';
import type { Instalment, PlanArrival, PlanConclusion, PlanTerms } from './plan.ts';
import type { PostedAdjustment, PostedProviderAdjustment, PostedRemittance, RecoveredAmount, ServiceCodes } from './posted.ts';
import type { CoverageFound, VendorArrival } from './vendor-report.ts';
import type { GivenEvidence, Subject, Task, TaskOutcome } from './task.ts';

export { commandKinds, type Command, type CommandKind, type PathKind } from './command.ts';
export type { PostedAdjustment, PostedLine, PostedProviderAdjustment, PostedRemittance, RecoveredAmount } from './posted.ts';

export interface CoverageRef {
  readonly sequence: PayerSequence;
  readonly payerId: string;
  readonly payerClass: PayerClass;
  /** SBR09; absent on accounts opened before it was kept. */
  readonly filingIndicator?: string;
}

/** What the first claim tells about an account. */
export interface Opened {
  readonly accountNumber: string;
  readonly zone: string;
  readonly state: string;
  readonly claimType: ClaimType;
  readonly servicedFrom: CivilDate;
  readonly servicedThrough: CivilDate;
  readonly chargeCents: number;
  readonly coverages: readonly CoverageRef[];
  readonly authorizationOnFile: boolean;
  /** REF*9F present. This and what follows: absent on accounts opened before it was kept. */
  readonly referralOnFile?: boolean;
  /** CLM05-1 */
  readonly facilityCode?: string;
  readonly services?: readonly (ServiceCodes & { readonly modifiers: readonly string[] })[];
}

/** Facts of the world: they arrive from files, people, commands carried out, and the calendar. */
export type Arrival =
  | AssistanceArrival
  | ({ readonly kind: 'accountOpened'; readonly fileId: string; readonly offset: number } & Opened)
  | {
      readonly kind: 'submissionSent';
      readonly submissionKey: string;
      readonly sequence: PayerSequence;
      readonly frequency: Frequency;
      readonly sentOn: CivilDate;
      readonly fileId: string;
    }
  | {
      readonly kind: 'submissionAcknowledged';
      readonly submissionKey: string;
      readonly level: 'interchange' | 'functional' | 'claim';
      readonly by: 'payer' | 'clearinghouse';
      readonly verdict: 'accepted' | 'received' | 'rejected' | 'notFound' | 'split';
      /** STC01-1 and STC01-2 of a 277CA; the 999 or TA1 code otherwise. */
      readonly category: string;
      readonly status: string;
      readonly on: CivilDate;
      readonly payerClaimNumber: string | null;
      readonly fileId: string;
      readonly offset: number;
    }
  /** The payer's answer to a status inquiry (277): category and code of STC01. */
  | {
      readonly kind: 'statusAnswered';
      readonly submissionKey: string;
      readonly category: string;
      readonly status: string;
      readonly on: CivilDate;
      readonly payerClaimNumber: string | null;
      readonly fileId: string;
      readonly offset: number;
    }
  /** The payer asks for documents before it goes on (277 RFAI); they come back under the attachment control number. */
  | {
      readonly kind: 'documentsRequested';
      readonly submissionKey: string;
      readonly attachmentControlNumber: string;
      /** LOINC codes, or status codes where the payer names no LOINC. */
      readonly codes: readonly string[];
      readonly on: CivilDate;
      readonly dueOn: CivilDate | null;
      readonly payerClaimNumber: string | null;
      readonly fileId: string;
      readonly offset: number;
    }
  | ({ readonly kind: 'remittancePosted' } & PostedRemittance)
  /** What a remittance settles with us outside its claims (PLB), where its reference names a claim of this account. */
  | {
      readonly kind: 'providerAdjusted';
      readonly sequence: PayerSequence;
      readonly adjustments: readonly PostedProviderAdjustment[];
      readonly remittanceOn: CivilDate;
      readonly fileId: string;
      readonly offset: number;
    }
  | {
      readonly kind: 'patientPaid';
      readonly paymentId: string;
      readonly cents: number;
      readonly on: CivilDate;
      readonly via: 'direct' | 'vendor';
      /** Through which placement a vendor got it; absent on payments to us and before it was kept. */
      readonly placementId?: string;
      readonly fileId: string;
      readonly offset: number;
    }
  | PlanArrival
  | {
      readonly kind: 'vendorAcknowledged';
      readonly placementId: string;
      readonly accepted: boolean;
      readonly on: CivilDate;
      readonly reason: string;
    }
  | VendorArrival
  | { readonly kind: 'vendorReturned'; readonly placementId: string; readonly on: CivilDate; readonly reason: string }
  | ({ readonly kind: 'holdPlaced'; readonly hold: string; readonly on: CivilDate; readonly reviewOn: CivilDate } & Partial<Said> &
      HoldPapers)
  | ({ readonly kind: 'holdReleased'; readonly hold: string; readonly on: CivilDate } & Partial<Said> & Pick<HoldPapers, 'source'>)
  | HoldArrival
  | RefundReturned
  | {
      readonly kind: 'taskCompleted';
      readonly taskId: string;
      readonly formId: string;
      readonly outcome: TaskOutcome;
      readonly by: string;
      readonly on: CivilDate;
      readonly reference: string | null;
      readonly hasAuthorization: boolean;
      readonly instalmentCents: number | null;
      /** Names of corrected fields, never their values. */
      readonly corrected: readonly string[];
      /** What the person knows of the case; absent when nothing was said. */
      readonly evidence?: GivenEvidence;
      /** As the person stated it. */
      readonly role?: Role;
    }
  | {
      readonly kind: 'commandCarriedOut';
      readonly key: string;
      readonly result: 'sent' | 'refused' | 'unknown';
      readonly receipt: string | null;
      readonly reason: string | null;
      readonly on: CivilDate;
      /** The submission that a submitClaim command made, or may have made. */
      readonly submissionKey: string | null;
    }
  /** Whoever carried something that was sent says what became of it: a certified-mail number, a fax that failed. */
  | {
      readonly kind: 'deliveryReported';
      readonly key: string;
      readonly arrived: boolean;
      readonly receipt: string;
      readonly on: CivilDate;
      readonly fileId: string;
      readonly offset: number;
    }
  | {
      /** Other rules count from now on. */
      readonly kind: 'rulesChanged';
      /** For people: `publication 7`, `rule denied.coding resumed`. */
      readonly cause: string;
      /** Questions that the rules answered and that are still worked on are asked again; else only deadlines are looked at. */
      readonly asksAgain: boolean;
      readonly on: CivilDate;
    };

/** What we concluded, written in the same transaction as the arrivals that caused it. */
export type Conclusion =
  | { readonly kind: 'ledgerPosted'; readonly lines: readonly LedgerLine[]; readonly reason: string }
  | {
      readonly kind: 'denialFound';
      readonly sequence: PayerSequence;
      readonly caseId: string;
      readonly category: string;
      readonly remittanceClaimId: string;
      readonly on: CivilDate;
      readonly denials: readonly PostedAdjustment[];
      /** How it was computed, where no code of the payer says it: an underpayment. */
      readonly words?: readonly string[];
    }
  | {
      readonly kind: 'caseClosed';
      readonly caseId: string;
      readonly status: 'recovered' | 'superseded' | 'writtenOff' | 'patient' | 'undone';
      readonly on: CivilDate;
      /** The remittance claim that settled it: when that one is taken back, the case is as it was. */
      readonly by?: string;
    }
  /** What settled the case was taken back: it is as it was before. */
  | { readonly kind: 'caseRestored'; readonly caseId: string; readonly on: CivilDate }
  /** A later remittance claim (`by`) paid on what was refused: per denial record of the case, in their order. */
  | {
      readonly kind: 'denialsRecovered';
      readonly caseId: string;
      readonly by: string;
      readonly records: readonly RecoveredAmount[];
      readonly on: CivilDate;
    }
  /** A reversal (`by`; absent before it was kept) took back this earlier remittance claim. */
  | {
      readonly kind: 'remittanceUndone';
      readonly sequence: PayerSequence;
      readonly remittanceClaimId: string;
      readonly on: CivilDate;
      readonly by?: string;
    }
  /** A path was given up before anything was filed; the case is open again. */
  | { readonly kind: 'pathEnded'; readonly caseId: string; readonly on: CivilDate; readonly reason: string }
  | { readonly kind: 'answerRecorded'; readonly caseId: string; readonly answer: 'overturned' | 'upheld'; readonly on: CivilDate }
  /** What follows `on` is absent from plans accepted before schedules were kept. */
  | {
      readonly kind: 'planAccepted';
      readonly instalmentCents: number;
      readonly on: CivilDate;
      readonly planId?: string;
      readonly instalments?: readonly Instalment[];
      readonly terms?: PlanTerms;
    }
  | PlanConclusion
  | { readonly kind: 'planEnded'; readonly status: 'defaulted' | 'declined' | 'kept'; readonly on: CivilDate }
  /** A person found out by asking the vendor. */
  | { readonly kind: 'vendorConfirmed'; readonly placementId: string; readonly status: 'placed' | 'returned'; readonly on: CivilDate }
  /** A person found out whether something in doubt arrived. */
  | {
      readonly kind: 'deliveryResolved';
      readonly key: string;
      readonly arrived: boolean;
      readonly on: CivilDate;
      /** The confirmation number that the person was given. */
      readonly receipt?: string | null;
    }
  | { readonly kind: 'timerCancelled'; readonly timerId: string; readonly on: CivilDate }
  /** Under other rules its question is asked again. A path it took, and of which nothing was filed, never was (`caseId`). */
  | {
      readonly kind: 'decisionReopened';
      readonly decisionId: string;
      readonly caseId: string | null;
      readonly on: CivilDate;
      readonly reason: string;
    }
  /** Never lengthened (invariant 6). */
  | {
      readonly kind: 'deadlineShortened';
      readonly deadlineId: string;
      readonly deadline: DerivedDeadline;
      readonly on: CivilDate;
      readonly reason: string;
    }
  | {
      readonly kind: 'decided';
      readonly questionKey: string;
      readonly point: DecisionPoint;
      readonly subject: Subject;
      readonly decisionId: string;
      readonly ruleId: string;
      readonly action: Action;
      readonly refusal: string | null;
    }
  | {
      readonly kind: 'pathTaken';
      readonly subject: Subject;
      readonly path: PathKind;
      readonly level: number;
      /** Its step in the way of appeal; absent for paths that are none. */
      readonly step?: string;
      readonly on: CivilDate;
    }
  /** A denial for late filing came, or an acceptance after it: what there is to prove that it was in time (null: nothing). */
  | { readonly kind: 'timelyFilingProofSought'; readonly caseId: string; readonly proof: TimelyFilingProof | null; readonly on: CivilDate }
  | { readonly kind: 'deadlineSet'; readonly deadlineId: string; readonly subject: Subject; readonly deadline: DerivedDeadline }
  | { readonly kind: 'deadlineMet'; readonly deadlineId: string; readonly on: CivilDate }
  | { readonly kind: 'deadlineReached'; readonly deadlineId: string; readonly on: CivilDate }
  /** `decisionId`: of the decision that asked for it. */
  | { readonly kind: 'timerSet'; readonly timerId: string; readonly subject: Subject; readonly on: CivilDate; readonly decisionId?: string }
  | { readonly kind: 'timerFired'; readonly timerId: string; readonly on: CivilDate }
  | { readonly kind: 'taskOpened'; readonly task: Task; readonly decisionId?: string }
  | { readonly kind: 'taskWithdrawn'; readonly taskId: string; readonly on: CivilDate; readonly reason: string }
  | { readonly kind: 'commandIssued'; readonly command: Command; readonly on: CivilDate }
  | AssistanceConclusion
  | PeopleEvent
  | HoldConclusion
  | CoverageFound;

export type AccountEvent = { readonly id: string; readonly occurredAt: Instant } & (Arrival | Conclusion);
