import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { FindingKind } from '../../rules/lifecycle/proof-findings.ts';
import { statementHash } from '../agenda-hash.ts';
import type { Database } from '../client.ts';
import { civilOf, dateOf, findingKindOf, instantOf, instantOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface StoredFinding {
  readonly accountId: string;
  readonly kind: FindingKind;
  readonly detail: string;
  readonly healed: boolean;
}

export interface StoredProof {
  readonly id: string;
  readonly by: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly accounts: number;
  readonly open: number;
  readonly armed: number;
  readonly unarmed: number;
  readonly earliestAt: Instant | null;
  readonly folded: number;
  readonly foldedUpTo: string | null;
  readonly found: number;
  readonly healed: number;
}

/** The last proof that came to its end. */
export async function readLastProof(db: Database): Promise<StoredProof | null> {
  const where = { facilityId, finishedAt: { not: null } };
  const row = await db.deadlineProof.findFirst({ where, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }] });
  if (row === null || row.finishedAt === null) return null;
  const { id, by, accounts, open, armed, unarmed, folded, foldedUpTo, startedAt, finishedAt, earliestAt } = row;
  const counts = await countFindings(db, id);
  const moments = { startedAt: instantOf(startedAt), finishedAt: instantOf(finishedAt), earliestAt: instantOrNull(earliestAt) };
  return { id, by, ...moments, accounts, open, armed, unarmed, folded, foldedUpTo, ...counts };
}

export async function countFindings(db: Database, proofId: string): Promise<{ readonly found: number; readonly healed: number }> {
  const found = await db.deadlineFinding.count({ where: { proofId } });
  return { found, healed: await db.deadlineFinding.count({ where: { proofId, healed: true } }) };
}

/** Those that are not healed first. */
export async function readFindings(db: Database, proofId: string, limit: number): Promise<readonly StoredFinding[]> {
  const rows = await db.deadlineFinding.findMany({
    where: { proofId },
    orderBy: [{ healed: 'asc' }, { kind: 'asc' }, { accountId: 'asc' }],
    take: limit,
  });
  return rows.map(({ accountId, kind, detail, healed }) => ({ accountId, kind: findingKindOf(kind), detail, healed }));
}

/** Of which kind, how many, how many of them healed. */
export async function readFindingKinds(db: Database, proofId: string): Promise<readonly (readonly [string, number, number])[]> {
  const rows = await db.deadlineFinding.groupBy({ by: ['kind', 'healed'], where: { proofId }, _count: true, orderBy: { kind: 'asc' } });
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const count = (kind: string, healed: boolean): number => rows.find((r) => r.kind === kind && r.healed === healed)?._count ?? 0;
  return kinds.map((kind) => [kind, count(kind, true) + count(kind, false), count(kind, true)]);
}

/** Accounts of which an older database was found. */
export async function readRestored(db: Database, proofId: string): Promise<readonly string[]> {
  const where = { proofId, kind: { in: ['databaseBehind', 'unknownAccount'] } };
  const rows = await db.deadlineFinding.findMany({ where, orderBy: { accountId: 'asc' }, select: { accountId: true } });
  return [...new Set(rows.map(({ accountId }) => accountId))];
}

export interface StoredStatement {
  readonly number: number;
  readonly on: CivilDate;
  readonly proofId: string;
  readonly text: string;
  readonly previousSha256: string;
  readonly sha256: string;
  readonly keyId: string;
  readonly signature: string;
  /** The hash that text, number and predecessor have. */
  readonly foundSha256: string;
}

/** Every statement in its order, a page at a time. */
export async function* readStatements(db: Database, on?: CivilDate): AsyncGenerator<StoredStatement> {
  const day = on === undefined ? {} : { on: dateOf(on) };
  for (let after = 0; ; ) {
    const rows = await db.deadlineStatement.findMany({
      where: { facilityId, number: { gt: after }, ...day },
      orderBy: { number: 'asc' },
      take: 500,
    });
    for (const { organisationId: _organisation, facilityId: _facility, on: date, ...row } of rows)
      yield { ...row, on: civilOf(date), foundSha256: statementHash(row) };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}

/** The highest number of which a proof knows: a chain whose end was cut off is shorter. */
export async function readLastStated(db: Database): Promise<number> {
  return (await db.deadlineProof.aggregate({ where: { facilityId }, _max: { statement: true } }))._max.statement ?? 0;
}

/** The number of the last statement of that day; null without one. */
export async function readStatementOf(db: Database, on: CivilDate): Promise<number | null> {
  const where = { facilityId, on: dateOf(on) };
  return (await db.deadlineStatement.findFirst({ where, orderBy: { number: 'desc' }, select: { number: true } }))?.number ?? null;
}

export async function readAccountNumbers(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.account.findMany({ where: { id: { in: [...accountIds] } }, select: { id: true, accountNumber: true } });
  return new Map(rows.map(({ id, accountNumber }) => [id, accountNumber]));
}
