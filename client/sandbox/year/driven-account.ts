/**
 * What workflows/living-account.ts remembers of one running account, without Temporal: its last turn, its inbox, and the commands under way.
 * The same inbox and the same due date, so that it takes the same turns.
 */
import type { AccountTurn } from '../../../activities/index.ts';
import { dueMs, isoInstant } from '../../../workflows/account-clock.ts';
import { type Batch, Inbox } from '../../../workflows/inbox.ts';

export interface Occasion extends Batch {
  readonly asOf: string;
}

export class DrivenAccount {
  readonly inbox = new Inbox();
  /** When the driver is to make it look up next; null while nothing is planned. */
  wakesAtMs: number | null = null;
  readonly #underWay = new Set<string>();
  #turn: AccountTurn;
  #turnedAtMs = 0;
  /** A turn that was begun and has not come to its end: its input stays as it is however often it is tried. */
  #occasion: Occasion | null = null;

  constructor(turn: AccountTurn) {
    this.#turn = turn;
  }

  get turn(): AccountTurn {
    return this.#turn;
  }

  /** What moves the account now; null when it only looked up. */
  occasion(nowMs: number): Occasion | null {
    if (this.#occasion !== null) return this.#occasion;
    const isDue = !this.#turn.terminal && (this.#dueMs ?? Number.POSITIVE_INFINITY) <= nowMs;
    if (!this.inbox.hasBatch && !isDue) return null;
    const batch = this.inbox.hasBatch ? this.inbox.takeBatch() : { eventIds: [], formIds: [] };
    this.#occasion = { asOf: isoInstant(nowMs), ...batch };
    return this.#occasion;
  }

  stand(turn: AccountTurn, { asOf }: Occasion): void {
    this.#turn = turn;
    this.#turnedAtMs = Date.parse(asOf);
    this.#occasion = null;
  }

  /** Commands of the last turn that nobody carries out yet; from now on they are under way. */
  begin(): AccountTurn['commands'] {
    const fresh = this.#turn.commands.filter(({ key }) => !this.#underWay.has(key));
    for (const { key } of fresh) this.#underWay.add(key);
    return fresh;
  }

  carriedOut(key: string, eventId: string | null): void {
    if (eventId !== null) this.inbox.putOutcome(eventId);
    this.#underWay.delete(key);
  }

  /** When it must look up by itself; null when only a message can move it. */
  get lookAtMs(): number | null {
    if (this.#occasion !== null || this.inbox.hasBatch) return 0;
    return this.#turn.terminal ? null : this.#dueMs;
  }

  get isOver(): boolean {
    return this.#turn.terminal && this.#occasion === null && this.inbox.isEmpty && this.#underWay.size === 0;
  }

  get #dueMs(): number | null {
    return dueMs(this.#turn, this.#turnedAtMs);
  }
}
