import type { WhatIfReport } from '../../rules/administration/report.ts';
import type { Tally } from '../../rules/administration/tally.ts';
import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { accountOf, civilOf, civilOrNull, dateOf, instantOf, tallyOf, whatIfCursorOf, whatIfReportOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import type { DecisionCursor } from './decision-pages.ts';

/** Which draft is compared with what, and how it is asked. */
export interface WhatIfKey {
  readonly contentHash: string;
  readonly baseNumber: number;
  readonly publishedOn: CivilDate;
  readonly askedOn: CivilDate | null;
}

/** How far a run came. */
export interface WhatIfRun {
  readonly id: string;
  readonly until: Instant;
  readonly phase: 'decisions' | 'accounts' | 'done';
  readonly cursor: DecisionCursor | string | null;
  readonly pages: number;
  readonly tally: Tally;
}

export interface StoredWhatIf {
  readonly id: string;
  readonly startedAt: Instant;
  /** Null while it runs, or when it was ended and waits to be gone on with. */
  readonly report: WhatIfReport | null;
}

/** A run of the same draft that was ended before its end; null when there is none. */
export async function readUnfinishedWhatIf(db: Database, key: WhatIfKey): Promise<WhatIfRun | null> {
  const { contentHash, baseNumber, publishedOn, askedOn } = key;
  const dates = { publishedOn: dateOf(publishedOn), askedOn: askedOn === null ? null : dateOf(askedOn) };
  const row = await db.whatIf.findFirst({
    where: { facilityId, contentHash, baseNumber, ...dates, finishedAt: null },
    orderBy: { startedAt: 'desc' },
  });
  if (row === null) return null;
  const { id, until, phase, cursor, pages, tally } = row;
  return {
    id,
    until: instantOf(until),
    phase: phase === 'accounts' ? 'accounts' : 'decisions',
    cursor: whatIfCursorOf(cursor),
    pages,
    tally: tallyOf(tally),
  };
}

/** Null when there is no such what-if. */
export async function readWhatIf(db: Database, id: string): Promise<StoredWhatIf | null> {
  const row = await db.whatIf.findFirst({ where: { facilityId, id }, select: { id: true, startedAt: true, report: true } });
  return row === null ? null : { id: row.id, startedAt: instantOf(row.startedAt), report: whatIfReportOf(row.report) };
}

export interface WhatIfSummary {
  readonly id: string;
  readonly contentHash: string;
  readonly baseNumber: number;
  readonly publishedOn: CivilDate;
  readonly askedOn: CivilDate | null;
  readonly startedAt: Instant;
  readonly isFinished: boolean;
}

/** The latest first. */
export async function listWhatIfs(db: Database, limit = 20): Promise<readonly WhatIfSummary[]> {
  const rows = await db.whatIf.findMany({
    where: { facilityId },
    orderBy: { startedAt: 'desc' },
    take: limit,
    omit: { tally: true, report: true },
  });
  return rows.map(({ id, contentHash, baseNumber, publishedOn, askedOn, startedAt, finishedAt }) => {
    const dates = { publishedOn: civilOf(publishedOn), askedOn: civilOrNull(askedOn), startedAt: instantOf(startedAt) };
    return { id, contentHash, baseNumber, ...dates, isFinished: finishedAt !== null };
  });
}

export interface AccountToWeigh {
  readonly id: string;
  readonly accountNumber: string;
  readonly account: Account;
}

/** Accounts that are not closed, by id, a page at a time. */
export async function readOpenAccounts(db: Database, after: string | null, size: number): Promise<readonly AccountToWeigh[]> {
  const rows = await db.account.findMany({
    where: { facilityId, terminal: false, ...(after === null ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: size,
    select: { id: true, accountNumber: true, projection: true },
  });
  return rows.map(({ id, accountNumber, projection }) => ({ id, accountNumber, account: accountOf(projection) }));
}

export function countOpenAccounts(db: Database): Promise<number> {
  return db.account.count({ where: { facilityId, terminal: false } });
}

/** Account numbers by decision id. */
export async function readNumbersOfDecisions(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.decision.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, account: { select: { accountNumber: true } } },
  });
  return new Map(rows.map(({ id, account }) => [id, account.accountNumber]));
}
