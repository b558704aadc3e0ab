/**
 * Stands in for Temporal: timers, messages and retries, over the very same activities, ledger, files and PostgreSQL. Time passes from one step to
 * the next, so a year takes minutes, and one seed gives one order. Invariants:
 * 1. One step after another, by moment and then by the order in which they were put down.
 * 2. What the engine is to do is known from PostgreSQL alone: after a crash the driver reads it there, as a new process would.
 * 3. What happens outside (files on their way, people, the hospital) does not crash with us: a step of it that was cut short happens again.
 */
import type { AccountMessenger, Gateway } from '../../../activities/dependencies.ts';
import type { AccountTurn, Activities } from '../../../activities/index.ts';
import type { PrismaClient } from '../../../prisma/client.ts';
import { readUnfinished } from '../../../prisma/reads/unfinished.ts';
import { registerInboundFile } from '../../../prisma/writes/inbound-file.ts';
import { submitTaskForm } from '../../../prisma/writes/task-form.ts';
import { type Instant, instant } from '../../../rules/domain/civil-date.ts';
import { invariant } from '../../../rules/domain/failures.ts';
import type { TaskForm } from '../../../rules/domain/task.ts';
import { isoInstant } from '../../../workflows/account-clock.ts';
import { whyRefused } from '../../../workflows/task-completion.ts';
import { isUnreachable } from '../../unreachable.ts';
import { Agenda, type Entry } from './agenda.ts';
import { DrivenAccount } from './driven-account.ts';
import { Crash, Outage, type Trouble, untroubled } from './faults.ts';

export type MakeActivities = (doors: { readonly messenger: AccountMessenger; readonly gateway: Gateway }) => Activities;

export interface DriverDoors {
  readonly prisma: PrismaClient;
  readonly makeActivities: MakeActivities;
  readonly gateway: Gateway;
  /** Breaks things on purpose. */
  readonly trouble?: Trouble;
}

type Step =
  | { readonly kind: 'outside'; readonly act: () => Promise<void> }
  | { readonly kind: 'read'; readonly fileId: string }
  | { readonly kind: 'tell'; readonly fileId: string }
  | { readonly kind: 'answer'; readonly fileId: string }
  | { readonly kind: 'look'; readonly accountId: string }
  | { readonly kind: 'hear'; readonly accountId: string; readonly eventIds: readonly string[]; readonly formIds: readonly string[] }
  | { readonly kind: 'command'; readonly accountId: string; readonly asOf: string; readonly command: AccountTurn['commands'][number] };

export interface DriverCounts {
  steps: number;
  turns: number;
  commands: number;
  files: number;
  crashes: number;
  retries: number;
}

export interface NewFile {
  readonly name: string;
  /** One character per byte (latin1). */
  readonly content: string;
}

/** A failed delivery must not begin again for all; as in workflows/ingest-file.ts. */
const accountsAtOnce = 200;

/** As in workflows/proxies.ts. */
const firstRetryMs = 1_000;
const longestRetryMs = 600_000;

/** An inbound file is answered after it was read; Temporal would remember that it must be. */
const answerAfterMs = 1_000;

function isKept({ kind }: Step): boolean {
  return kind === 'outside' || kind === 'answer';
}

export class Driver {
  readonly counts: DriverCounts = { steps: 0, turns: 0, commands: 0, files: 0, crashes: 0, retries: 0 };
  readonly activities: Activities;
  readonly #prisma: PrismaClient;
  readonly #trouble: Trouble;
  readonly #agenda = new Agenda<Step>();
  readonly #accounts = new Map<string, DrivenAccount>();
  readonly #tries = new Map<Step, number>();
  #nowMs = 0;

  constructor({ prisma, makeActivities, gateway, trouble = untroubled }: DriverDoors) {
    this.#prisma = prisma;
    this.#trouble = trouble;
    const messenger: AccountMessenger = { deliver: (accountId, eventIds) => this.#hear({ accountId, eventIds, formIds: [] }) };
    this.activities = trouble.around(makeActivities({ messenger, gateway: trouble.aroundGateway(gateway) }), () => this.#nowMs);
  }

  get now(): Instant {
    return instant(isoInstant(this.#nowMs));
  }

  /**
   * Something outside happens at that moment: a file comes, a person begins to work. What the engine has to do then is done first. Cut short by a
   * crash it happens again.
   */
  at(moment: Instant, act: () => Promise<void>): void {
    this.#agenda.put(Math.max(Date.parse(moment), this.#nowMs), { kind: 'outside', act }, true);
  }

  /** A file lies in the inbound folder. */
  async arrive({ name, content }: NewFile): Promise<void> {
    const file = { name, content: Buffer.from(content, 'latin1'), receivedAt: new Date(this.#nowMs) };
    const { fileId } = await this.#trouble.step('registerInboundFile', this.#nowMs, () => registerInboundFile(this.#prisma, file));
    this.counts.files += 1;
    this.#soon({ kind: 'read', fileId });
    this.#agenda.put(this.#nowMs + answerAfterMs, { kind: 'answer', fileId });
  }

  /** A person gives an outcome. @returns why it is refused at the door; a refusal by the turn stands on the form. */
  async complete(
    accountId: string,
    task: { readonly taskId: string; readonly form: TaskForm; readonly formId: string },
  ): Promise<string | null> {
    const account = await this.#living(accountId);
    const refusal = whyRefused(account.turn.openTasks, { ...task, outcome: task.form.outcome, by: task.form.by });
    if (refusal !== null) return refusal;
    const formId = await this.#trouble.step('submitTaskForm', this.#nowMs, () => submitTaskForm(this.#prisma, { accountId, ...task }));
    account.inbox.putForm(formId);
    this.#wake(accountId, this.#nowMs);
    return null;
  }

  /** As workflows/outbound-run.ts. */
  async sendRuns(): Promise<void> {
    for (const destination of await this.activities.findDestinations())
      while ((await this.activities.sendOutboundRun({ destination, asOf: this.now, clockShiftMs: 0, accountIds: null })).hasEnded);
  }

  /** Plays everything up to and including that moment; the clock then stands there. */
  async runUntil(moment: Instant): Promise<void> {
    const untilMs = Date.parse(moment);
    for (let next = this.#agenda.nextAtMs; next !== null && next <= untilMs; next = this.#agenda.nextAtMs) {
      const entry = this.#agenda.take();
      invariant(entry !== undefined, 'an agenda with a next moment has a next step');
      this.#nowMs = Math.max(this.#nowMs, entry.atMs);
      await this.#play(entry);
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  async #play(entry: Entry<Step>): Promise<void> {
    this.counts.steps += 1;
    try {
      await this.#take(entry.step);
      this.#tries.delete(entry.step);
    } catch (error) {
      if (error instanceof Crash) return this.#beginAgain(entry);
      if (error instanceof Outage || isUnreachable(error)) return this.#retry(entry.step);
      throw error;
    }
  }

  /** A new process: it knows what PostgreSQL knows. */
  async #beginAgain(entry: Entry<Step>): Promise<void> {
    this.counts.crashes += 1;
    this.#accounts.clear();
    this.#tries.clear();
    this.#agenda.keep(isKept);
    if (isKept(entry.step)) this.#agenda.putBack(entry);
    const { unread, untold, restless, forms, waiting } = await readUnfinished(this.#prisma);
    for (const fileId of unread) this.#soon({ kind: 'read', fileId });
    for (const fileId of untold) this.#soon({ kind: 'tell', fileId });
    for (const { accountId, eventIds } of restless) this.#soon({ kind: 'hear', accountId, eventIds, formIds: [] });
    for (const { accountId, formId } of forms) this.#soon({ kind: 'hear', accountId, eventIds: [], formIds: [formId] });
    for (const { accountId, wakeAt } of waiting) this.#agenda.put(Math.max(Date.parse(wakeAt), this.#nowMs), { kind: 'look', accountId });
  }

  #retry(step: Step): void {
    this.counts.retries += 1;
    const tries = this.#tries.get(step) ?? 0;
    this.#tries.set(step, tries + 1);
    this.#agenda.put(this.#nowMs + Math.min(firstRetryMs * 2 ** tries, longestRetryMs), step);
  }

  async #take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'outside':
        return step.act();
      case 'read': {
        const { undelivered } = await this.activities.readInboundFile({ fileId: step.fileId });
        if (undelivered > 0) this.#soon({ kind: 'tell', fileId: step.fileId });
        return;
      }
      case 'tell': {
        const { undelivered } = await this.activities.deliverEvents({ fileId: step.fileId, limit: accountsAtOnce, clockShiftMs: 0 });
        if (undelivered > 0) this.#soon(step);
        return;
      }
      case 'answer':
        return this.#answer(step);
      case 'look':
        return this.#look(step.accountId);
      case 'hear':
        return this.#hear(step);
      case 'command': {
        const { accountId, command, asOf } = step;
        const { eventId } = await this.activities[command.kind]({ accountId, key: command.key, asOf });
        this.counts.commands += 1;
        (await this.#living(accountId)).carriedOut(command.key, eventId);
        if (eventId !== null) this.#wake(accountId, this.#nowMs);
      }
    }
  }

  /** TA1 and 999, once the file was read. */
  async #answer(step: Extract<Step, { kind: 'answer' }>): Promise<void> {
    const { fileId } = step;
    const { status } = await this.#prisma.inboundFile.findUniqueOrThrow({ where: { id: fileId }, select: { status: true } });
    if (status === 'registered') this.#agenda.put(this.#nowMs + answerAfterMs, step);
    else await this.activities.acknowledgeInboundFile({ fileId });
  }

  /** As the loop of workflows/account-lifecycle.ts: one occasion, one turn. */
  async #look(accountId: string): Promise<void> {
    const account = await this.#living(accountId);
    account.wakesAtMs = null;
    const occasion = account.occasion(this.#nowMs);
    if (occasion !== null) {
      const { asOf, eventIds, formIds } = occasion;
      const seq = account.turn.seq + 1;
      account.stand(await this.activities.advance({ accountId, seq, asOf, eventIds, formIds }), occasion);
      this.counts.turns += 1;
      this.#begin(accountId, account);
    }
    if (account.isOver) this.#accounts.delete(accountId);
    else if (account.lookAtMs !== null) this.#wake(accountId, Math.max(account.lookAtMs, this.#nowMs));
  }

  async #hear({ accountId, eventIds, formIds }: Omit<Extract<Step, { kind: 'hear' }>, 'kind'>): Promise<void> {
    const { inbox } = await this.#living(accountId);
    inbox.putEvents(eventIds);
    for (const formId of formIds) inbox.putForm(formId);
    this.#wake(accountId, this.#nowMs + this.#trouble.messageDelayMs(eventIds.length));
  }

  /** Unless it looks up before that anyway. */
  #wake(accountId: string, atMs: number): void {
    const account = this.#accounts.get(accountId);
    if (account?.wakesAtMs !== undefined && account.wakesAtMs !== null && account.wakesAtMs <= atMs) return;
    if (account !== undefined) account.wakesAtMs = atMs;
    this.#agenda.put(atMs, { kind: 'look', accountId });
  }

  #begin(accountId: string, account: DrivenAccount): void {
    for (const command of account.begin()) this.#soon({ kind: 'command', accountId, command, asOf: this.now });
  }

  /** As the first lines of a run: where the account stands, and the commands that are still to be carried out. */
  async #living(accountId: string): Promise<DrivenAccount> {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const account = new DrivenAccount(await this.activities.resumeAccount({ accountId }));
    this.#accounts.set(accountId, account);
    this.#begin(accountId, account);
    return account;
  }

  #soon(step: Step): void {
    this.#agenda.put(this.#nowMs, step);
  }
}
