import type { Account, ClaimTrack } from '../domain/account.ts';
import { addDays, type CivilDate, civilDateAt, type Instant } from '../domain/civil-date.ts';
import type { DeadlineKind, DerivedDeadline } from '../domain/deadline.ts';
import type { Decision, DecisionPoint, Queue } from '../domain/decision.ts';
import type { AccountEvent, Arrival, Command, CommandKind, Conclusion, Opened } from '../domain/event.ts';
import { invariant } from '../domain/failures.ts';
import type { GuarantorStanding } from '../domain/guarantor.ts';
import type { Subject, TaskKind } from '../domain/task.ts';
import { bucketBalance, caseAmount, findCase, payerBucket } from './balances.ts';
import type { AdvanceInput, Anchors, DecidedNow, DecisionEffect, Knowledge } from './contract.ts';
import { words } from './describe.ts';
import { agreementOf } from './agreement.ts';
import { evolve } from './evolve.ts';
import { lineOfBusiness } from './line-of-business.ts';

/** The law of the state in which the owner lives counts, where it is known (DOMAIN §6.6). */
const ofOwner: ReadonlySet<DeadlineKind> = new Set<DeadlineKind>(['dormancy', 'escheat']);

/** A task without an external deadline should be worked within this many days. */
const ordinaryTaskDays = 7;

export interface NewTask {
  readonly kind: TaskKind;
  readonly queue: Queue;
  readonly title: string;
  readonly reason: string;
  readonly ruleId: string;
  readonly subject: Subject;
  readonly safeByOn?: CivilDate | null;
  readonly legalOn?: CivilDate | null;
  readonly amountCents: number;
  readonly commandKey?: string;
  readonly attachmentControlNumber?: string | null;
  readonly proposedBy?: string;
  readonly of?: string;
}

/** What a turn writes: its conclusions, and what people told it. */
export type Recorded = Conclusion | Extract<Arrival, { kind: 'taskCompleted' | 'holdPlaced' | 'holdReleased' }>;

/** One turn in the making: every conclusion is recorded as an event and folded at once, so later steps see its effect. */
export class Turn {
  account: Account;
  readonly asOf: Instant;
  readonly knowledge: Knowledge;
  readonly events: AccountEvent[] = [];
  readonly decisions: DecidedNow[] = [];
  /** Rules that their circuit breaker stopped. */
  readonly paused: ReadonlySet<string>;
  readonly guarantor: GuarantorStanding | null;
  /** Other accounts of the same guarantor, where assistance may concern one of them. */
  readonly kin: readonly Account[];
  /** The decision that is carried out at the moment. */
  #decisionId: string | null = null;
  #today: CivilDate | null = null;

  constructor(
    account: Account,
    asOf: Instant,
    knowledge: Knowledge,
    { paused = [], guarantor = null, kin = [] }: Pick<AdvanceInput, 'paused' | 'guarantor' | 'kin'> = {},
  ) {
    this.account = account;
    this.asOf = asOf;
    this.knowledge = knowledge;
    this.paused = new Set(paused);
    this.guarantor = guarantor;
    this.kin = kin;
  }

  get opened(): Opened {
    invariant(this.account.opened !== null, 'an account turns only after it was opened');
    return this.account.opened;
  }

  get today(): CivilDate {
    this.#today ??= civilDateAt(this.asOf, this.opened.zone);
    return this.#today;
  }

  /** A fact of the world: folded, not written again. */
  apply(arrival: AccountEvent): void {
    this.account = evolve(this.account, arrival);
  }

  record(body: Recorded): void {
    const event: AccountEvent = { id: `${this.account.id}:${this.account.eventCount + 1}`, occurredAt: this.asOf, ...body };
    this.events.push(event);
    this.account = evolve(this.account, event);
    this.#endConflicts(body);
  }

  openTask(task: NewTask): void {
    const safeByOn = task.safeByOn ?? addDays(this.today, ordinaryTaskDays);
    const opened = { openedOn: this.today, status: 'open', outcome: null, closedOn: null, closedBy: null } as const;
    const id = `t${this.account.tasks.length + this.#undone('tasks') + 1}`;
    this.record({ kind: 'taskOpened', task: { ...task, ...opened, id, safeByOn, legalOn: task.legalOn ?? null }, ...this.#byDecision });
  }

  withdrawTasks(about: (task: Account['tasks'][number]) => boolean, reason: string): void {
    for (const task of this.account.tasks.filter((t) => t.status === 'open' && about(t)))
      this.record({ kind: 'taskWithdrawn', taskId: task.id, on: this.today, reason });
  }

  /** @returns the deadline's dates, or null when no policy gives one. */
  setDeadline(kind: DeadlineKind, subject: Subject, claim: ClaimTrack | null, anchors: Anchors): void {
    const deadline = this.derive(kind, claim, anchors);
    if (deadline !== null) this.keepDeadline(deadline, subject);
  }

  keepDeadline(deadline: DerivedDeadline, subject: Subject): void {
    const stem = `${deadline.kind}:${subjectKey(subject)}`;
    const again = this.account.deadlines.filter((d) => d.id === stem || d.id.startsWith(`${stem}#`)).length;
    this.record({ kind: 'deadlineSet', deadlineId: again === 0 ? stem : `${stem}#${again + 1}`, subject, deadline });
    if (deadline.conflict !== null) this.#heedConflict(deadline, deadline.conflict, subject);
  }

  /** Where sources disagree the earlier date stands, and a supervisor is told, once. */
  #heedConflict({ kind, safeByOn, legalOn }: DerivedDeadline, reason: string, subject: Subject): void {
    const title = `Sources disagree about a date: ${words(kind)} by ${legalOn}`;
    const key = subjectKey(subject);
    if (this.account.tasks.some((t) => t.status === 'open' && t.title === title && subjectKey(t.subject) === key)) return;
    const found = subject.kind === 'case' ? findCase(this.account, subject.caseId) : null;
    const bucket = subject.kind === 'claim' ? payerBucket(subject.sequence) : 'patient';
    const amountCents = found === null ? bucketBalance(this.account, bucket) : caseAmount(found.case);
    this.openTask({
      kind: 'heedEarlierDate',
      queue: 'supervisor',
      title,
      reason,
      ruleId: 'lifecycle',
      subject,
      safeByOn,
      legalOn,
      amountCents,
    });
  }

  /** What a supervisor was told about a date is of no use once it is met, or its case is closed. Once it passed it is of more use than before. */
  #endConflicts(body: Recorded): void {
    if (body.kind === 'caseClosed')
      return this.#withdrawHeeds((t) => t.subject.kind === 'case' && t.subject.caseId === body.caseId, 'the case was closed');
    const met = body.kind === 'deadlineMet' ? this.account.deadlines.find((d) => d.id === body.deadlineId) : undefined;
    if (met === undefined) return;
    const key = subjectKey(met.subject);
    this.#withdrawHeeds((t) => t.legalOn === met.deadline.legalOn && subjectKey(t.subject) === key, 'what the date was for is done');
  }

  #withdrawHeeds(about: (task: Account['tasks'][number]) => boolean, reason: string): void {
    this.withdrawTasks((t) => t.kind === 'heedEarlierDate' && about(t), reason);
  }

  derive(kind: DeadlineKind, claim: ClaimTrack | null, anchors: Anchors) {
    const { state: facilityState, claimType } = this.opened;
    const owner = ofOwner.has(kind) ? (this.guarantor?.state ?? '') : '';
    const state = owner === '' ? facilityState : owner;
    const payer = { payerId: claim?.payerId ?? '', payerClass: claim?.payerClass ?? 'selfPay', lineOfBusiness: lineOfBusiness(claim) };
    const { funding, contractId: contract } = agreementOf(this, claim);
    return this.knowledge.deadline(kind, { ...payer, state, claimType, funding, contract }, anchors);
  }

  /** Ends what was waited for: open deadlines of these kinds about this subject. */
  meetDeadlines(kinds: readonly DeadlineKind[], subject: Subject): void {
    const key = subjectKey(subject);
    for (const d of this.account.deadlines)
      if (d.status === 'open' && kinds.includes(d.deadline.kind) && subjectKey(d.subject) === key)
        this.record({ kind: 'deadlineMet', deadlineId: d.id, on: this.today });
  }

  setTimer(name: string, subject: Subject, on: CivilDate): void {
    const stem = `${name}:${subjectKey(subject)}`;
    const again = this.account.timers.filter((t) => t.id === stem || t.id.startsWith(`${stem}#`)).length;
    this.record({ kind: 'timerSet', timerId: again === 0 ? stem : `${stem}#${again + 1}`, subject, on, ...this.#byDecision });
  }

  cancelTimers(subject: Subject): void {
    const key = subjectKey(subject);
    for (const t of this.account.timers)
      if (t.status === 'armed' && subjectKey(t.subject) === key) this.record({ kind: 'timerCancelled', timerId: t.id, on: this.today });
  }

  issueCommand(kind: CommandKind, subject: Subject, params: Command['params']): void {
    const n = this.account.commands.filter((c) => c.command.kind === kind).length + 1;
    this.record({ kind: 'commandIssued', command: { key: `${kind}:${n}`, kind, subject, params }, on: this.today });
  }

  /** Records the decision and carries it out: what is opened meanwhile is of its making. */
  decided(question: QuestionAsked, { decision, refusal, effect, amountCents }: Verdict, carryOut: () => void): void {
    const { point, key: questionKey, subject } = question;
    const id = `${this.account.id}:q${this.account.decided.length + this.#undone('decisions') + 1}`;
    this.decisions.push({ id, questionKey, decision, effect, amountCents });
    const { ruleId, action } = decision.answer;
    this.record({ kind: 'decided', questionKey, point, subject, decisionId: id, ruleId, action, refusal });
    this.onBehalfOf(id, carryOut);
  }

  /** Their numbers are not given again. */
  #undone(what: 'tasks' | 'decisions'): number {
    return (this.account.undone ?? []).reduce((sum, step) => sum + step[what], 0);
  }

  onBehalfOf(decisionId: string, work: () => void): void {
    this.#decisionId = decisionId;
    work();
    this.#decisionId = null;
  }

  get #byDecision(): { readonly decisionId?: string } {
    return this.#decisionId === null ? {} : { decisionId: this.#decisionId };
  }
}

interface QuestionAsked {
  readonly point: DecisionPoint;
  readonly key: string;
  readonly subject: Subject;
}

interface Verdict {
  readonly decision: Decision;
  readonly refusal: string | null;
  readonly effect: DecisionEffect;
  /** The money it is about. */
  readonly amountCents: number;
}

export function claimAt(turn: Turn, sequence: number): ClaimTrack | null {
  return turn.account.claims.find((c) => c.sequence === sequence) ?? null;
}

export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'claim':
      return `claim${subject.sequence}`;
    case 'case':
      return subject.caseId;
    case 'patient':
      return 'patient';
    case 'placement':
      return subject.placementId;
    case 'credit':
      return `credit-${subject.bucket}`;
    case 'assistance':
      return `assistance-${subject.applicationId}`;
    case 'hold':
      return `hold-${subject.hold}`;
  }
}
