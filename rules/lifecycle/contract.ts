import type { AssistanceReference } from '../collection/assistance-policy.ts';
import type { CreditReportingPolicy } from '../collection/credit-reporting.ts';
import type { ContractQuestion, PayerContract } from '../contracts/contract.ts';
import type { LateAnswer, LateQuestion } from '../contracts/prompt-pay.ts';
import type { Account, Owner, Phase } from '../domain/account.ts';
import type { CivilDate, Instant } from '../domain/civil-date.ts';
import type { ClaimType } from '../domain/claim.ts';
import type { AnchorKind, DeadlineKind, DerivedDeadline, Funding, PayerClass } from '../domain/deadline.ts';
import type { Decide, Decision, Facts, RuleAnswer } from '../domain/decision.ts';
import type { AccountEvent, Command } from '../domain/event.ts';
import type { FacilityStanding } from '../domain/facility.ts';
import type { GuarantorStanding } from '../domain/guarantor.ts';
import type { HoldBook, PersonHold } from '../domain/hold.ts';
import type { Instruction } from '../domain/instruction.ts';
import type { TaskForm } from '../domain/task.ts';
import type { WayOfAppeal, WayQuestion } from '../domain/way-of-appeal.ts';
import type { Approval, ApprovedAction } from '../domain/approval.ts';
import type { PlanPolicy } from '../plans/policy.ts';

/** A form a person submitted for a task of this account, not yet accepted. */
export interface SubmittedForm {
  readonly formId: string;
  readonly taskId: string;
  readonly form: TaskForm;
  /** What the packet that it says is ready still lacks, in words for that person, as whoever makes letters found it; absent or null when nothing. */
  readonly gaps?: string | null;
}

/** What a person told the account beside the outcome of a task, not yet accepted. */
export interface SubmittedInstruction {
  readonly formId: string;
  readonly instruction: Instruction;
}

/** An event of the account and the turn that took it. */
export interface PastEvent {
  readonly seq: number;
  readonly event: AccountEvent;
}

export interface AdvanceInput {
  readonly account: Account;
  /** Facts of the world not yet applied, in the order in which they came. */
  readonly arrivals: readonly AccountEvent[];
  readonly forms: readonly (SubmittedForm | SubmittedInstruction)[];
  /** For an instruction to undo: everything that happened, in order. */
  readonly history?: readonly PastEvent[];
  readonly asOf: Instant;
  /** For `rulesChanged`: what the rules answered where their answer is still worked on. */
  readonly standing?: readonly StandingDecision[];
  /** Rules that their circuit breaker stopped. */
  readonly paused?: readonly string[];
  /** Of whoever pays the patient's part; null or absent when nobody is known. */
  readonly guarantor?: GuarantorStanding | null;
  /** In force on other accounts of the same guarantor. */
  readonly personHolds?: readonly PersonHold[];
  /** The other accounts of the same guarantor, where one of them or this has to do with assistance; absent otherwise. */
  readonly kin?: readonly Account[];
}

/** An answer of the rules as it was stored. */
export interface StandingDecision {
  readonly decisionId: string;
  readonly decidedOn: CivilDate;
  readonly answer: RuleAnswer;
  readonly facts: Facts;
  /** Null when it was carried out. */
  readonly refusal: string | null;
  readonly effect: DecisionEffect;
}

/** acted = it set something in motion; held = its circuit breaker stopped it and a person has it; none = it waits, or asks a person. */
export type DecisionEffect = 'acted' | 'held' | 'none';

export interface DecidedNow {
  readonly id: string;
  readonly questionKey: string;
  readonly decision: Decision;
  readonly effect: DecisionEffect;
  /** The money it is about. */
  readonly amountCents: number;
}

/** A rule that acts on more accounts, or on more money, within so many days stops itself. */
export interface BreakerLimit {
  readonly accounts: number;
  readonly cents: number;
  readonly windowDays: number;
}

/** What the core knows beside the account; the same for every account until rules or reference data are published. */
export interface Knowledge {
  readonly decide: Decide;
  /** The deadline of that kind for that payer, from the dates known; null when no policy speaks or its anchor is not known yet. */
  readonly deadline: (kind: DeadlineKind, about: DeadlineQuestion, anchors: Anchors) => DerivedDeadline | null;
  /** When the rule of that id stops itself. */
  readonly breaker: (ruleId: string) => BreakerLimit;
  /** DOMAIN §4: the category of an adjustment; `PTR` and `CTR` are not denials. */
  readonly categorise: (adjustment: { readonly group: string; readonly carc: string; readonly rarcs: readonly string[] }) => string;
  /** The contract that governs services of that day; null when none is stored. */
  readonly contract: (about: ContractQuestion) => PayerContract | null;
  /** What a late payment costs the payer (DOMAIN §5.6). */
  readonly latePayment: (about: LateQuestion) => LateAnswer;
  /** DOMAIN §4: what is usually done first about a CARC; null for a code nobody described. */
  readonly usualAction: (carc: string) => string | null;
  /** The ways of appeal open to such a denial: the payer's own first, then those that stand beside it. */
  readonly ways: (about: WayQuestion) => readonly WayOfAppeal[];
  /** What each hold stops. */
  readonly holds: HoldBook;
  /** Who must say yes to so many cents of it on that day; null when nobody beside the one who does it. */
  readonly approval: (action: ApprovedAction, cents: number, on: CivilDate) => Approval | null;
  /** Versions of the assistance policy, and poverty guidelines. */
  readonly assistance: AssistanceReference;
  readonly creditReporting: readonly CreditReportingPolicy[];
  /** The hospital whose accounts these are; absent while nothing is known of it. */
  readonly facility?: FacilityStanding;
  /** What we agree to with patients who pay by and by, on that day. */
  readonly planPolicy: (on: CivilDate) => PlanPolicy;
}

export type Anchors = Partial<Readonly<Record<AnchorKind, CivilDate>>>;

export interface DeadlineQuestion {
  readonly payerId: string;
  readonly payerClass: PayerClass;
  readonly state: string;
  readonly claimType: ClaimType;
  readonly lineOfBusiness: string;
  /** Null while nobody has said it. */
  readonly funding: Funding | null;
  /** `noContract` when a person said that there is none. */
  readonly contract: string | null;
}

/** One turn of the account: pure, and the same for the same input. */
export interface Advanced {
  readonly account: Account;
  /** Conclusions, to be stored after the arrivals; ids are `<account id>:<n>` by position in the account's life. */
  readonly events: readonly AccountEvent[];
  readonly decisions: readonly DecidedNow[];
  /** To be carried out now, each as its own named activity. */
  readonly commands: readonly Command[];
  readonly refusals: readonly { readonly formId: string; readonly reason: string }[];
  readonly wakeAt: Instant | null;
  readonly phase: Phase;
  readonly owner: Owner;
  /** All balances settled, nothing open: the workflow may end. */
  readonly terminal: boolean;
}
