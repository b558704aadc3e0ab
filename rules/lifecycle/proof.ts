/**
 * The deadline proof: every open deadline of the database against the timer that is armed for its account. Accounts are compared a
 * window of ids at a time, both sides by id, in columns alone; only what does not agree at first sight is looked at closely
 * (proof-findings.ts). Two things agree at first sight when
 * 1. the account's columns and deadline rows are what its last turn wrote (their hash says so), and
 * 2. its workflow runs, knows no later turn, waits for exactly that moment, and that moment is not after the first day on which one
 *    of its open deadlines must be looked at, nor long past.
 * What closed accounts leave open concerns nobody any more and needs no timer.
 */
import type { CivilDate } from '../domain/civil-date.ts';
import type { Agenda } from './agenda.ts';
import { actedOnTheDay } from './dates.ts';

/** An account as its columns and its open deadline rows say. */
export interface AgendaRow extends Agenda {
  readonly accountId: string;
  readonly open: number;
  /** The first day on which one of them must be looked at; null without any. */
  readonly lookOn: CivilDate | null;
  /** Columns and rows have the hash that the last turn wrote. */
  readonly isAsTurned: boolean;
}

/** A running account as Temporal lists it. */
export interface ArmedTimer {
  readonly accountId: string;
  /** Milliseconds since 1970, in account time; null when it waits for a message only. */
  readonly atMs: number | null;
  /** The turn it showed last: it has taken this one or a later one. */
  readonly seq: number;
}

/** An account whose date passed this long ago sleeps over it: a busy worker takes minutes, a turn with a date already past an hour. */
export const overdueMs = 2 * 60 * 60 * 1000;

/** Kinds that are looked at on their nominal day; all others on the day after the legal one. */
export const lookedAtOnTheDay: readonly string[] = [...actedOnTheDay];

export interface ProofClock {
  readonly nowMs: number;
  /** When the dated steps of that day are taken, in milliseconds since 1970. */
  readonly workMs: (on: CivilDate) => number;
}

export interface Compared {
  /** Not closed. */
  accounts: number;
  open: number;
  armed: number;
  earliestMs: number | null;
}

/**
 * Adds the accounts of a window that agree to `sum`. `timers` in any order.
 * @returns whom to look at closely, to be counted then; among them ids that the database does not know
 */
export function compareWindow(
  rows: readonly AgendaRow[],
  timers: readonly ArmedTimer[],
  { clock, sum }: { readonly clock: ProofClock; readonly sum: Compared },
): readonly string[] {
  const suspects: string[] = [];
  const armed = [...timers].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  let at = 0;
  for (const row of rows) {
    for (let next = armed[at]; next !== undefined && next.accountId < row.accountId; next = armed[at]) {
      suspects.push(next.accountId);
      at += 1;
    }
    const timer = armed[at]?.accountId === row.accountId ? armed[at] : undefined;
    if (timer !== undefined) at += 1;
    if (!agree(row, timer, clock)) suspects.push(row.accountId);
    else if (!row.terminal) countAccount(sum, row, true);
  }
  return [...suspects, ...armed.slice(at).map(({ accountId }) => accountId)];
}

/** Counts an account that is not closed, with its open deadlines. */
export function countAccount(sum: Compared, { open, nextActionAtMs }: Pick<AgendaRow, 'open' | 'nextActionAtMs'>, isArmed: boolean): void {
  sum.accounts += 1;
  sum.open += open;
  if (!isArmed) return;
  sum.armed += open;
  if (open > 0 && nextActionAtMs !== null) sum.earliestMs = Math.min(sum.earliestMs ?? nextActionAtMs, nextActionAtMs);
}

function agree(row: AgendaRow, timer: ArmedTimer | undefined, { nowMs, workMs }: ProofClock): boolean {
  const { seq, terminal, nextActionAtMs, lookOn } = row;
  if (!row.isAsTurned || (timer !== undefined && timer.seq > seq)) return false;
  // Not turned yet: it has no deadline, and who delivers its first facts starts it.
  if (terminal || seq === 0) return true;
  if (timer === undefined || timer.atMs !== nextActionAtMs) return false;
  if (nextActionAtMs !== null && nextActionAtMs + overdueMs < nowMs) return false;
  return lookOn === null || (nextActionAtMs !== null && nextActionAtMs <= workMs(lookOn));
}
