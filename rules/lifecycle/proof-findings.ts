/**
 * What does not agree about one account, looked at closely. The order of truth: the events, what they fold to, the rows made of it, the
 * workflow. Each finding can be healed again and again.
 */
import type { Account, AccountDeadline } from '../domain/account.ts';
import { addMilliseconds, civilDateAt, type Instant } from '../domain/civil-date.ts';
import { deadlineLine } from './agenda.ts';
import { wakeInstant } from './dates.ts';
import { isSettled } from './phase.ts';
import { overdueMs } from './proof.ts';

export type FindingKind =
  /** A deadline row is not what the events say. */
  | 'rowChanged'
  /** The projection is not what its events fold to. */
  | 'projectionChanged'
  /** A column of the account is not what the events say. */
  | 'accountChanged'
  /** Events are missing in the account's life: only a backup can help. */
  | 'eventsMissing'
  /** No workflow runs for an account that is not closed. */
  | 'notRunning'
  /** The workflow waits for a later moment than the account needs, or for none. */
  | 'late'
  /** The moment is long past. */
  | 'overdue'
  /** The workflow has taken turns that the database does not know: an older database was restored. */
  | 'databaseBehind'
  /** The workflow does not answer. */
  | 'silent'
  /** A workflow runs for an account that the database does not know. */
  | 'unknownAccount';

export interface Finding {
  readonly kind: FindingKind;
  /** Ids, codes and dates only. */
  readonly detail: string;
}

export interface ExaminedAccount {
  readonly stored: Account;
  readonly folded: Account;
  /** The stored projection is what the events fold to, byte for byte as JSON. */
  readonly isFold: boolean;
  /** Applied events stand at 1, 2, … without a gap. */
  readonly isWhole: boolean;
  readonly rows: readonly AccountDeadline[];
  readonly seq: number;
  readonly terminal: boolean;
  readonly nextActionAt: Instant | null;
  /** Account time of the last turn; null before the first. */
  readonly turnedAt: Instant | null;
  /** Columns and rows have the hash that the last turn wrote. */
  readonly isAsTurned: boolean;
}

/** The account's workflow, asked itself. */
export type Standing =
  | {
      readonly kind: 'running';
      readonly seq: number;
      readonly nextActionAt: Instant | null;
      readonly clockShiftMs: number;
      /** False while a turn is under way. */
      readonly isSettled: boolean;
      /** Asked several times, it stays behind the database. */
      readonly isStuck?: boolean;
    }
  | { readonly kind: 'silent'; readonly why: string }
  /** `last` is null when nothing is known of an earlier run. */
  | { readonly kind: 'ended'; readonly how: string; readonly last: { readonly seq: number; readonly clockShiftMs: number } | null };

/** What is wrong inside the database. */
export function storedFindings(account: ExaminedAccount): readonly Finding[] {
  const { stored, folded, isFold, isWhole } = account;
  if (!isWhole || folded.eventCount < stored.eventCount) {
    const detail = `${folded.eventCount} applied events, the projection has folded ${stored.eventCount}: restore the table "AccountEvent"`;
    return [{ kind: 'eventsMissing', detail }];
  }
  const found: Finding[] = [];
  if (!isFold) found.push({ kind: 'projectionChanged', detail: 'the stored projection is not the fold of its events' });
  const rows = changedRows(account);
  if (rows.length > 0) found.push({ kind: 'rowChanged', detail: rows.join('; ') });
  const columns = changedColumns(account);
  if (columns.length > 0) found.push({ kind: 'accountChanged', detail: columns.join('; ') });
  return found;
}

/** Deadline rows that are not what the events say, those that are not open any more included. */
export function changedRows({ folded, rows }: Pick<ExaminedAccount, 'folded' | 'rows'>): readonly string[] {
  const stored = new Map(rows.map((row) => [row.id, row]));
  const changed = folded.deadlines.flatMap((right) => {
    const row = stored.get(right.id);
    if (row === undefined) return [`${right.id}: the row is missing`];
    if (row.status !== right.status) return [`${right.id}: ${row.status}, the events say ${right.status}`];
    if (deadlineLine(row) === deadlineLine(right)) return [];
    return [`${right.id}: legal ${row.deadline.legalOn}, safe by ${row.deadline.safeByOn}, the events say ${datesOf(right)}`];
  });
  const known = new Set(folded.deadlines.map(({ id }) => id));
  return [...changed, ...rows.filter(({ id }) => !known.has(id)).map(({ id }) => `${id}: no event set it`)];
}

function datesOf({ deadline: { legalOn, safeByOn } }: AccountDeadline): string {
  return `legal ${legalOn}, safe by ${safeByOn}`;
}

function changedColumns(account: ExaminedAccount): readonly string[] {
  if (account.turnedAt === null) return [];
  const right = rightColumns(account.folded, account.turnedAt);
  return [
    ...(right.terminal === account.terminal ? [] : [`closed ${account.terminal}, the events say ${right.terminal}`]),
    ...(right.nextActionAt === account.nextActionAt
      ? []
      : [`next step ${account.nextActionAt ?? 'none'}, the events say ${right.nextActionAt ?? 'none'}`]),
    ...(account.isAsTurned || changedRows(account).length > 0 ? [] : ['turn number or hash']),
  ].slice(0, 3);
}

/** What the last turn wrote, or a rebuild must. */
export function rightColumns(folded: Account, turnedAt: Instant): { readonly terminal: boolean; readonly nextActionAt: Instant | null } {
  const zone = folded.opened?.zone;
  const nextActionAt = zone === undefined ? null : wakeInstant(folded, civilDateAt(turnedAt, zone));
  return { terminal: isSettled(folded), nextActionAt };
}

export interface Needed {
  readonly seq: number;
  readonly terminal: boolean;
  readonly nextActionAt: Instant | null;
}

/** What is wrong between the database, once it is right, and the workflow, which was asked before the database was read. */
export function workflowFindings({ seq, terminal, nextActionAt }: Needed, standing: Standing, now: Instant): readonly Finding[] {
  const knownSeq = standing.kind === 'running' ? standing.seq : standing.kind === 'ended' ? (standing.last?.seq ?? 0) : 0;
  const behind: readonly Finding[] =
    knownSeq > seq
      ? [
          {
            kind: 'databaseBehind',
            detail: `the workflow has taken turn ${knownSeq}, the database knows ${seq}: an older one was restored`,
          },
        ]
      : [];
  if (terminal || seq === 0) return behind;
  switch (standing.kind) {
    case 'silent':
      return [{ kind: 'silent', detail: standing.why }];
    case 'ended':
      return [...behind, { kind: 'notRunning', detail: `its workflow is ${standing.how}` }];
    case 'running':
      return behind.length > 0 ? behind : timing({ seq, nextActionAt }, standing, now);
  }
}

/** A workflow that has not heard of the last turn yet is about to. */
function timing(
  { seq, nextActionAt: needed }: Pick<Needed, 'seq' | 'nextActionAt'>,
  standing: Extract<Standing, { kind: 'running' }>,
  now: Instant,
): readonly Finding[] {
  if (needed === null) return [];
  const { nextActionAt, isSettled: rests, isStuck = false, clockShiftMs } = standing;
  const isLevel = standing.seq === seq || isStuck;
  if (rests && isLevel && (nextActionAt === null || nextActionAt > needed))
    return [{ kind: 'late', detail: `armed for ${nextActionAt ?? 'no date'}, needed ${needed}` }];
  if (addMilliseconds(needed, overdueMs) < addMilliseconds(now, clockShiftMs))
    return [{ kind: 'overdue', detail: `it was to wake at ${needed}` }];
  return [];
}
