/**
 * The account's time: workflow time plus a shift. In real life the shift is 0; scenarios and the sandbox live earlier days with it. It
 * never goes back, and a date of the account is an absolute instant in it.
 */
import type { AccountTurn } from '../activities/index.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A sleeping workflow notices nothing, such as a new release: it looks up at least this often. */
const longestWaitMs = 30 * 24 * hourMs;

export class AccountClock {
  #shiftMs: number;
  readonly #jitterMs: number;

  constructor(accountId: string, shiftMs: number) {
    this.#shiftMs = shiftMs;
    this.#jitterMs = hash(accountId) % minuteMs;
  }

  get shiftMs(): number {
    return this.#shiftMs;
  }

  get nowMs(): number {
    return Date.now() + this.#shiftMs;
  }

  get now(): string {
    return isoInstant(this.nowMs);
  }

  moveTo(shiftMs: number): void {
    this.#shiftMs = Math.max(this.#shiftMs, shiftMs);
  }

  moveToInstant(ms: number): void {
    this.moveTo(ms - Date.now());
  }

  /** Accounts with the same date wake within a minute of each other instead of all at once. */
  isDue(due: number | null): boolean {
    return due !== null && this.nowMs >= due + this.#jitterMs;
  }

  waitMs(due: number | null): number {
    if (due === null) return longestWaitMs;
    return Math.min(Math.max(due + this.#jitterMs - this.nowMs, 1), longestWaitMs);
  }
}

/**
 * When the next dated step is due; null for none. A date that had passed when the turn was made is a fault of the core:
 * it is tried again an hour later, not at once and forever.
 */
export function dueMs(turn: AccountTurn, turnedAtMs: number): number | null {
  if (turn.wakeAt === null) return null;
  const wakeMs = Date.parse(turn.wakeAt);
  return wakeMs > turnedAtMs ? wakeMs : turnedAtMs + hourMs;
}

export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
