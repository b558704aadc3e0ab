/**
 * The memory of one running account workflow: its last turn, its clock, its inbox, the forms it answered and the commands it is
 * carrying out. Invariants:
 * 1. Nothing said is lost: it is in the inbox until the turn that takes it, also across continue-as-new.
 * 2. A command that waits for the world holds up neither messages nor dates; only the clock of a scenario waits for it.
 * 3. A run ends or renews only with no command under way and every handler finished.
 */
import { ApplicationFailure, allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import type { AccountTurn } from '../activities/index.ts';
import { invariant } from '../rules/domain/failures.ts';
import { AccountClock, dueMs, isoInstant } from './account-clock.ts';
import { AccountPage } from './account-page.ts';
import { FormAnswers } from './form-answers.ts';
import { type Batch, Inbox } from './inbox.ts';
import * as messages from './messages.ts';
import { commands } from './proxies.ts';
import { whyRefused } from './task-completion.ts';

type Life = (input: messages.AccountLifecycleInput) => Promise<messages.AccountEnd>;

/** Why the account turns, and at which moment of its time. */
export interface Occasion extends Batch {
  readonly asOf: string;
}

/** Replaying more than this takes a worker longer than a tenth of a second. */
const longHistory = 1_000;
/** Temporal takes 400 bytes of summary; a character has at most four. */
const longestSummary = 100;
/** More commands than an account has in years. */
const mostCarriedOut = 100;

export class LivingAccount {
  readonly #accountId: string;
  readonly #clock: AccountClock;
  readonly #inbox: Inbox;
  readonly #page = new AccountPage();
  readonly #answers: FormAnswers;
  #turn: AccountTurn | null;
  #turnedAtMs: number;
  #isTurning = false;
  #isRenewing = false;
  #mustLook: boolean;
  readonly #underWay = new Set<string>();
  #carriedOut: readonly string[];
  readonly #stuck: string[] = [];

  constructor({ accountId, clockShiftMs, carriedOut, resume }: messages.AccountLifecycleInput) {
    this.#accountId = accountId;
    this.#clock = new AccountClock(accountId, clockShiftMs);
    this.#inbox = new Inbox(resume?.inbox, resume?.recentEventIds);
    this.#answers = new FormAnswers(resume?.answers);
    this.#turn = resume?.turn ?? null;
    this.#turnedAtMs = resume?.turnedAtMs ?? 0;
    this.#mustLook = resume?.mustLook ?? false;
    this.#carriedOut = carriedOut ?? [];
    if (resume !== undefined) this.#page.show(resume.turn, []);
  }

  get turn(): AccountTurn {
    invariant(this.#turn !== null, 'an account is asked for its turn after it has one');
    return this.#turn;
  }

  listen(): void {
    setHandler(messages.arrived, ({ eventIds }: messages.Arrived) => this.#inbox.putEvents(eventIds));
    setHandler(messages.lookAgain, ({ formIds }: messages.LookAgain) => {
      this.#mustLook = true;
      for (const formId of formIds) this.#inbox.putForm(formId);
    });
    setHandler(messages.setClock, ({ shiftMs }: messages.ClockSetting) => this.#inbox.putClock(shiftMs));
    setHandler(messages.completeTask, ({ formId }: messages.TaskCompletion) => this.#completeTask(formId), {
      validator: (completion: messages.TaskCompletion) => this.#validate(completion),
    });
    setHandler(messages.tell, ({ formId }: messages.Told) => this.#completeTask(formId));
    setHandler(messages.state, () => ({
      view: this.#turn === null ? null : this.#view,
      clockShiftMs: this.#clock.shiftMs,
      now: this.#clock.now,
      isSettled: this.#isSettled,
      carriedOut: this.#carriedOut,
    }));
  }

  /** The account stands as this turn says: answers the forms it was asked about and begins what it commands. */
  stand(turn: AccountTurn, occasion?: Occasion): void {
    this.#turn = turn;
    this.#isTurning = false;
    if (occasion !== undefined) {
      this.#turnedAtMs = Date.parse(occasion.asOf);
      this.#answers.record(turn, occasion.formIds);
    }
    for (const command of turn.commands) void this.#carryOut(command);
    this.#page.show(turn, this.#stuck);
  }

  /** The database must be asked where the account stands before anything else. */
  get mustLook(): boolean {
    return this.#mustLook;
  }

  /** Stands as the database says, and turns: what it remembers of later turns does not count. */
  lookAgain(turn: AccountTurn): Occasion {
    this.#mustLook = false;
    this.#turnedAtMs = 0;
    this.#inbox.forgetTaken();
    this.stand(turn);
    return this.#occasion(this.#clock.now, this.#inbox.takeBatch());
  }

  /** The turn was not taken: what it was about is taken up again, after a look. */
  takeBack(batch: Batch): void {
    this.#inbox.putBack(batch);
    this.#mustLook = true;
  }

  /** What the turn is about, as the Temporal Web UI shows it beside the turn. */
  wordsFor({ asOf, eventIds, formIds }: Occasion): string {
    const came = [counted(eventIds.length, 'event'), counted(formIds.length, 'form')].filter((words) => words !== null);
    const what = came.length === 0 ? this.turn.wakeReason : came.join(' and ');
    return `turn ${this.turn.seq + 1} at ${asOf}: ${what}`.slice(0, longestSummary);
  }

  /** What moves the account next; null when it only looked up. */
  async nextOccasion(): Promise<Occasion | null> {
    const hasWork = (): boolean => this.#mustLook || this.#inbox.hasBatch || this.#canMoveClock || this.#clock.isDue(this.#dueMs);
    if (!hasWork()) await condition(hasWork, this.#clock.waitMs(this.#dueMs), { summary: this.#waitSummary });
    if (this.#mustLook) return null;
    if (this.#inbox.hasBatch) return this.#occasion(this.#clock.now, this.#inbox.takeBatch());
    if (this.#canMoveClock) return this.#moveClock();
    return this.#clock.isDue(this.#dueMs) ? this.#occasion(this.#clock.now) : null;
  }

  async isOver(): Promise<boolean> {
    const isOver = (): boolean => this.turn.terminal && this.#inbox.isEmpty && this.#underWay.size === 0 && !this.#mustLook;
    if (isOver()) await condition(() => allHandlersFinished() || !isOver());
    return isOver();
  }

  /** Continue-as-new, with everything that is not done yet. Those who wait for an answer are sent to the next run. */
  async renewIfLong(): Promise<void> {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const isLong = continueAsNewSuggested || historyLength > longHistory;
    if (!isLong || this.#underWay.size > 0) return;
    this.#isRenewing = true;
    await condition(allHandlersFinished);
    const carriedOut = this.#carriedOut;
    await continueAsNew<Life>({ accountId: this.#accountId, clockShiftMs: this.#clock.shiftMs, carriedOut, resume: this.#resume });
  }

  get #resume(): messages.AccountResume {
    return {
      turn: this.turn,
      turnedAtMs: this.#turnedAtMs,
      inbox: this.#inbox.items,
      recentEventIds: this.#inbox.recentEventIds,
      answers: this.#answers.all,
      mustLook: this.#mustLook,
    };
  }

  /** Judged before anything is written: a refusal leaves no history. */
  #validate(completion: messages.TaskCompletion): void {
    const isNew = this.#answers.to(completion.formId) === undefined && !this.#inbox.hasForm(completion.formId);
    const reason = isNew && this.#turn !== null ? whyRefused(this.#turn.openTasks, completion) : null;
    if (reason !== null) throw ApplicationFailure.nonRetryable(reason, messages.failureTypes.taskRefused);
  }

  async #completeTask(formId: string): Promise<messages.AccountView> {
    if (this.#answers.to(formId) === undefined) this.#inbox.putForm(formId);
    const view = await this.#viewWhen(() => this.#answers.to(formId) !== undefined);
    const refusal = this.#answers.to(formId)?.refusal ?? null;
    if (refusal !== null) throw ApplicationFailure.nonRetryable(refusal, messages.failureTypes.taskRefused);
    return view;
  }

  /** @throws a failure of type `Renewing` when the run ends first: the caller asks the next one. */
  async #viewWhen(isReached: () => boolean): Promise<messages.AccountView> {
    await condition(() => isReached() || this.#isRenewing);
    if (!isReached()) throw ApplicationFailure.nonRetryable('the run continues as new: ask again', messages.failureTypes.renewing);
    return this.#view;
  }

  /** One date of those that the clock passes, or the move itself when none is left. */
  #moveClock(): Occasion | null {
    const shiftMs = this.#inbox.clockShiftMs ?? this.#clock.shiftMs;
    const due = this.#dueMs;
    if (due !== null && due <= Date.now() + shiftMs) {
      this.#clock.moveToInstant(due);
      return this.#occasion(isoInstant(this.#clock.nowMs));
    }
    this.#clock.moveTo(shiftMs);
    this.#inbox.dropClock();
    return null;
  }

  #occasion(asOf: string, batch: Batch = { eventIds: [], formIds: [] }): Occasion {
    this.#isTurning = true;
    return { asOf, ...batch };
  }

  /** Its outcome is the next event. What can never be carried out stays on the page and is tried again by the next run. */
  async #carryOut({ key, kind, summary }: AccountTurn['commands'][number]): Promise<void> {
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    const again = this.#carriedOut.includes(key) ? { mayHaveGone: true } : {};
    const input = { accountId: this.#accountId, key, asOf: this.#clock.now, ...again };
    try {
      const { eventId } = await commands[kind].executeWithOptions({ summary: summary.slice(0, longestSummary) }, [input]);
      this.#carriedOut = [...this.#carriedOut.filter((known) => known !== key), key].slice(-mostCarriedOut);
      // Gathered for a run: its outcome comes as a message.
      if (eventId !== null) this.#inbox.putOutcome(eventId);
    } catch {
      this.#stuck.push(key);
      this.#page.show(this.turn, this.#stuck);
    }
    this.#underWay.delete(key);
  }

  get #canMoveClock(): boolean {
    return this.#inbox.clockShiftMs !== null && this.#underWay.size === 0;
  }

  get #dueMs(): number | null {
    return dueMs(this.turn, this.#turnedAtMs);
  }

  get #isSettled(): boolean {
    const isIdle = !this.#isTurning && !this.#mustLook && this.#inbox.isEmpty && this.#underWay.size === 0;
    return this.#turn !== null && isIdle && !this.#clock.isDue(this.#dueMs);
  }

  get #waitSummary(): string {
    return (this.turn.wakeReason || 'waits for a message').slice(0, longestSummary);
  }

  get #view(): messages.AccountView {
    const { phase, balanceCents, openTasks, wakeAt, seq } = this.turn;
    return { phase, balanceCents, openTasks, nextActionAt: wakeAt, seq };
  }
}

function counted(count: number, what: string): string | null {
  return count === 0 ? null : `${count} ${what}${count === 1 ? '' : 's'}`;
}
