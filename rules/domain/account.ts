import type { AssistanceStanding } from './assistance.ts';
import type { CivilDate } from './civil-date.ts';
import type { Frequency, PayerSequence } from './claim.ts';
import type { DerivedDeadline, PayerClass } from './deadline.ts';
import type { TimelyFilingProof } from './denial.ts';
import type { Command, Opened, PathKind, PostedAdjustment, PostedProviderAdjustment, PostedRemittance, RecoveredAmount } from './event.ts';
import type { Hold } from './hold.ts';
import type { Override } from './instruction.ts';
import type { LedgerLine } from './ledger.ts';
import type { PlanOfAccount, PromiseToPay } from './plan.ts';
import type { GivenEvidence, Subject, Task } from './task.ts';
import type { VendorStatus } from './vendor-report.ts';

export type { Hold } from './hold.ts';

/** Everything the engine knows of one account, folded from its events. No names, no member ids. */
export interface Account {
  readonly id: string;
  /** Null until `accountOpened`. */
  readonly opened: Opened | null;
  readonly claims: readonly ClaimTrack[];
  readonly patient: PatientTrack;
  readonly lines: readonly LedgerLine[];
  readonly tasks: readonly Task[];
  readonly deadlines: readonly AccountDeadline[];
  readonly timers: readonly AccountTimer[];
  readonly commands: readonly IssuedCommand[];
  readonly holds: readonly Hold[];
  /** Applications, notices and screening; absent before the first. */
  readonly assistance?: AssistanceStanding;
  /** Questions already decided, by key, so that none is asked twice. */
  readonly decided: readonly DecidedQuestion[];
  /** What people did otherwise than the rules said; absent before the first. */
  readonly overrides?: readonly Override[];
  /** Steps that people took back; absent before the first. */
  readonly undone?: readonly UndoneStep[];
  /** The good-faith estimate given last (45 CFR 149.610); absent while none was. */
  readonly estimate?: { readonly cents: number; readonly on: CivilDate };
  readonly eventCount: number;
}

export interface UndoneStep {
  readonly formId: string;
  readonly tasks: number;
  readonly decisions: number;
}

export type ClaimStatus =
  | 'draft'
  | 'submitted'
  | 'rejected'
  | 'accepted'
  | 'paid'
  | 'underpaid'
  | 'denied'
  | 'partlyDenied'
  | 'correcting'
  | 'disputing'
  | 'awaitingAnswer'
  | 'overturned'
  | 'upheld'
  | 'writtenOff'
  | 'closed';

export interface ClaimTrack {
  readonly sequence: PayerSequence;
  readonly payerId: string;
  readonly payerClass: PayerClass;
  /** SBR09; absent on accounts opened before it was kept. */
  readonly filingIndicator?: string;
  /** The task in which a person recorded it; absent for payers of the first claim. */
  readonly foundIn?: string;
  readonly status: ClaimStatus;
  readonly submissions: readonly Submission[];
  readonly payerClaimNumber: string | null;
  readonly remittances: readonly RemittanceOnClaim[];
  readonly cases: readonly DenialCase[];
  /** PLB amounts that name this claim; absent before the first. */
  readonly providerAdjustments?: readonly (PostedProviderAdjustment & { readonly on: CivilDate })[];
  /** What people said about this payer and claim; the last word counts. */
  readonly evidence?: GivenEvidence;
}

/** `undid`: of a reversal, the remittance claims that it took back. Absent while it has found none. */
export type RemittanceOnClaim = PostedRemittance & { readonly reversed: boolean; readonly undid?: readonly string[] };

export interface Submission {
  readonly key: string;
  readonly frequency: Frequency;
  readonly sentOn: CivilDate;
  readonly status: 'sent' | 'received' | 'accepted' | 'rejected';
  /** Set by a payer's acceptance only: the proof of timely filing. */
  readonly acceptedOn: CivilDate | null;
  /** Where that was said. */
  readonly acceptance?: { readonly fileId: string; readonly offset: number };
  readonly rejection: { readonly level: string; readonly category: string; readonly status: string; readonly on: CivilDate } | null;
  readonly functionalAcknowledged: boolean;
  readonly claimAcknowledged: boolean;
}

/** Denials of one claim worked together: one letter, one deadline. One record per (claim line, group, CARC). `status` is where the work stands, never what the line says. */
export interface DenialCase {
  readonly id: string;
  readonly remittanceClaimId: string;
  readonly category: string;
  readonly deniedOn: CivilDate;
  readonly denials: readonly PostedAdjustment[];
  readonly status:
    | 'open'
    | 'working'
    | 'awaitingAnswer'
    | 'overturned'
    | 'upheld'
    | 'recovered'
    | 'superseded'
    | 'writtenOff'
    | 'patient'
    | 'undone';
  readonly paths: readonly CasePath[];
  /** How an underpayment was computed. */
  readonly words?: readonly string[];
  /** What later remittance claims paid on it; `records` stand in the order of `denials`. Absent while nothing did. */
  readonly recoveries?: readonly { readonly by: string; readonly records: readonly RecoveredAmount[] }[];
  /** The remittance claim that settled it, and where the case stood before; absent when a person did, or nothing. */
  readonly closedBy?: { readonly by: string; readonly was: DenialCase['status'] };
  /** Of a denial for late filing; null when there is none, absent while nobody looked. */
  readonly timelyFilingProof?: TimelyFilingProof | null;
}

export interface CasePath {
  readonly kind: PathKind;
  readonly level: number;
  /** In the way of appeal; absent on other paths and on those taken before ways were data. */
  readonly step?: string;
  readonly takenOn: CivilDate;
  readonly filedOn: CivilDate | null;
  readonly answeredOn: CivilDate | null;
  readonly answer: 'overturned' | 'upheld' | null;
}

export type PatientStatus = 'notDue' | 'billing' | 'plan' | 'hold' | 'placing' | 'placed' | 'recalling' | 'recalled' | 'closed';

export interface PatientTrack {
  readonly status: PatientStatus;
  readonly statements: readonly CivilDate[];
  readonly plan: PlanOfAccount;
  /** Absent before the first. */
  readonly promises?: readonly PromiseToPay[];
  readonly paidCents: number;
  readonly placements: readonly Placement[];
}

/** Two-phase: offered (file sent) → acknowledged → placed; recall likewise. */
export interface Placement {
  readonly id: string;
  readonly vendor: string;
  readonly tier: string;
  readonly status: 'offered' | 'placed' | 'refused' | 'recallSent' | 'returned';
  readonly balanceCents: number;
  readonly offeredOn: CivilDate;
  readonly placedOn: CivilDate | null;
  readonly recallSentOn: CivilDate | null;
  readonly returnedOn: CivilDate | null;
  readonly paidCents: number;
  /** What the vendor knows of the balance; absent while it is what was placed. This and what follows: absent before they were kept. */
  readonly toldCents?: number;
  readonly paymentIds?: readonly string[];
  readonly recallReason?: string;
  readonly returnReason?: string;
  readonly vendorStatus?: VendorStatus;
  readonly vendorStatusOn?: CivilDate;
}

export interface AccountDeadline {
  readonly id: string;
  readonly subject: Subject;
  readonly deadline: DerivedDeadline;
  readonly status: 'open' | 'met' | 'reached';
}

export interface AccountTimer {
  readonly id: string;
  readonly subject: Subject;
  readonly on: CivilDate;
  readonly status: 'armed' | 'fired' | 'cancelled';
}

export interface IssuedCommand {
  readonly command: Command;
  readonly issuedOn: CivilDate;
  readonly status: 'issued' | 'sent' | 'refused' | 'unknown';
  readonly receipt: string | null;
  /** Of a claim that may have left: known once it is known to have arrived. */
  readonly inDoubtKey?: string;
}

export interface DecidedQuestion {
  readonly key: string;
  readonly ruleId: string;
  readonly action: string;
  readonly decisionId: string;
  /** Ids of the tasks and timers it asked for. */
  readonly made?: readonly string[];
  /** Other rules came, and its question was asked again. */
  readonly reopenedOn?: CivilDate;
}

/** One word for where the account stands, for queues, search attributes and screens. */
export type Phase =
  | 'submitted'
  | 'rejected'
  | 'accepted'
  | 'denied'
  | 'correcting'
  | 'disputing'
  | 'awaitingAnswer'
  | 'nextPayer'
  | 'credit'
  | 'patient'
  | 'plan'
  | 'hold'
  | 'placing'
  | 'placed'
  | 'recalling'
  | 'closed';

/** Who must act next; exactly one per account at any time. */
export type Owner =
  | { readonly kind: 'queue'; readonly queue: string }
  | { readonly kind: 'payer'; readonly payerId: string }
  | { readonly kind: 'patient' }
  | { readonly kind: 'vendor'; readonly vendor: string }
  | { readonly kind: 'closed' };
