import type { AccountMessenger } from '../../../activities/dependencies.ts';
import type { PrismaClient } from '../../../prisma/client.ts';
import { type Instant, instant } from '../../../rules/domain/civil-date.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import { isoInstant } from '../../../workflows/account-clock.ts';
import type { Accounts } from '../../accounts.ts';
import type { OutboundRuns } from '../../outbound-runs.ts';
import type { Intake } from '../../ingest/intake.ts';
import { Agenda } from './agenda.ts';
import type { DriverCounts, NewFile } from './driver.ts';
import type { Stage } from './play.ts';

export interface TemporalStageDoors {
  readonly prisma: PrismaClient;
  readonly accounts: Accounts;
  readonly intake: Intake;
  readonly runs: Pick<OutboundRuns, 'send'>;
}

/**
 * The same year on a real Temporal server: accounts live as workflows, and the clock of each moves when something concerns it, playing its own dates
 * on the way. Between two moments nothing waits for real time.
 */
export class TemporalStage implements Stage {
  readonly counts: DriverCounts = { steps: 0, turns: 0, commands: 0, files: 0, crashes: 0, retries: 0 };
  readonly #doors: TemporalStageDoors;
  readonly #agenda = new Agenda<() => Promise<void>>();
  #nowMs = 0;

  constructor(doors: TemporalStageDoors) {
    this.#doors = doors;
  }

  get now(): Instant {
    return instant(isoInstant(this.#nowMs));
  }

  /** An account hears of something at the moment at which it happens. */
  get messenger(): AccountMessenger {
    return {
      deliver: async (accountId, eventIds) => {
        await this.#moveClock(accountId);
        await this.#doors.accounts.deliver(accountId, eventIds, this.#shiftMs);
      },
    };
  }

  at(moment: Instant, act: () => Promise<void>): void {
    this.#agenda.put(Math.max(Date.parse(moment), this.#nowMs), act);
  }

  async arrive({ name, content }: NewFile): Promise<void> {
    this.counts.files += 1;
    const file = { name, content: Buffer.from(content, 'latin1'), receivedAt: new Date(this.#nowMs), clockShiftMs: this.#shiftMs };
    const outcome = await this.#doors.intake.ingest(file);
    if (outcome.kind === 'interrupted')
      throw new DomainError('sandbox.interrupted', `workflow ${outcome.workflowId} was ended from outside`);
    await this.#settle();
  }

  async sendRuns(): Promise<void> {
    await this.#doors.runs.send({ asOf: this.now, clockShiftMs: this.#shiftMs });
    await this.#settle();
  }

  async complete(accountId: string, task: Parameters<Stage['complete']>[1]): Promise<string | null> {
    await this.#moveClock(accountId);
    const answer = await this.#doors.accounts.completeTask(accountId, task);
    await this.#settle();
    return answer.kind === 'done' ? null : answer.kind === 'refused' ? answer.reason : answer.kind;
  }

  async runUntil(moment: Instant): Promise<void> {
    const untilMs = Date.parse(moment);
    for (;;) {
      const wake = await this.#nextWake();
      const outsideMs = this.#agenda.nextAtMs ?? Number.POSITIVE_INFINITY;
      if (Math.min(outsideMs, wake?.atMs ?? Number.POSITIVE_INFINITY) > untilMs) break;
      this.counts.steps += 1;
      if (wake !== null && wake.atMs <= outsideMs) await this.#wake(wake);
      else await this.#outside();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  async #wake({ accountId, atMs }: { readonly accountId: string; readonly atMs: number }): Promise<void> {
    this.#nowMs = Math.max(this.#nowMs, atMs);
    await this.#moveClock(accountId);
  }

  async #outside(): Promise<void> {
    const entry = this.#agenda.take();
    if (entry === undefined) return;
    this.#nowMs = Math.max(this.#nowMs, entry.atMs);
    await entry.step();
  }

  /** The account that looks up next by itself. */
  async #nextWake(): Promise<{ readonly accountId: string; readonly atMs: number } | null> {
    const next = await this.#doors.prisma.account.findFirst({
      where: { terminal: false, nextActionAt: { not: null } },
      orderBy: [{ nextActionAt: 'asc' }, { id: 'asc' }],
      select: { id: true, nextActionAt: true },
    });
    return next === null || next.nextActionAt === null ? null : { accountId: next.id, atMs: next.nextActionAt.getTime() };
  }

  get #shiftMs(): number {
    return this.#nowMs - Date.now();
  }

  /** Plays the account's dates up to now, one after another; waits until all is done. */
  async #moveClock(accountId: string): Promise<void> {
    await this.#doors.accounts.setClock(accountId, this.#shiftMs);
  }

  /** Every account that was told something has done with it. */
  async #settle(): Promise<void> {
    const told = await this.#doors.prisma.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT "accountId" AS "id" FROM "AccountEvent" WHERE "appliedSeq" IS NULL
      UNION SELECT DISTINCT "accountId" FROM "Intent" WHERE "eventId" IS NULL`;
    await Promise.all(told.map(({ id }) => this.#doors.accounts.whenSettled(id)));
  }
}
