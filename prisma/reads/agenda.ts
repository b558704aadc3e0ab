import { isDeepStrictEqual } from 'node:util';
import type { Account, AccountDeadline } from '../../rules/domain/account.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { emptyAccount, evolve } from '../../rules/lifecycle/evolve.ts';
import { type AgendaRow, lookedAtOnTheDay } from '../../rules/lifecycle/proof.ts';
import { changedRows, type ExaminedAccount } from '../../rules/lifecycle/proof-findings.ts';
import { agendaHash } from '../agenda-hash.ts';
import type { Database, Transaction } from '../client.ts';
import { accountOf, deadlineOf, eventOf, instantOf, instantOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';

interface StoredRow {
  readonly accountId: string;
  readonly seq: number;
  readonly terminal: boolean;
  readonly atMs: number | null;
  readonly agendaHash: string | null;
  readonly open: number;
  readonly lookOn: string | null;
  readonly deadlinesHash: string;
}

/**
 * The accounts after that one by id, with what their open deadline rows come to; fewer than `limit` at the end. Columns only: see
 * rules/lifecycle/agenda.ts for the text of which this makes the hash.
 */
export async function readAgenda(
  db: Database,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly AgendaRow[]> {
  const rows = await db.$queryRaw<StoredRow[]>`
    WITH page AS (
      SELECT "id", "seq", "terminal", "nextActionAt", "agendaHash" FROM "Account"
      WHERE "id" > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid AND "facilityId" = ${facilityId}::uuid ORDER BY "id" LIMIT ${limit}),
    waits AS (
      SELECT "accountId", count(*)::int AS "open",
        min(CASE WHEN "kind" = ANY(${[...lookedAtOnTheDay]}::text[]) THEN "nominalOn" ELSE "legalOn" + 1 END)::text AS "lookOn",
        string_agg(concat_ws('|', "deadlineId", "kind", "policyId", "anchor", "anchorOn", "nominalOn", "legalOn", "safeByOn"),
          E'\n' ORDER BY "deadlineId" COLLATE "C") AS "lines"
      FROM "Deadline"
      WHERE "status" = 'open' AND "accountId" >= (SELECT min("id"::text)::uuid FROM page) AND "accountId" <= (SELECT max("id"::text)::uuid FROM page)
      GROUP BY "accountId")
    SELECT p."id"::text AS "accountId", p."seq", p."terminal", (extract(epoch FROM p."nextActionAt") * 1000)::float8 AS "atMs",
      p."agendaHash", coalesce(w."open", 0) AS "open", w."lookOn",
      encode(sha256(convert_to(coalesce(w."lines", ''), 'UTF8')), 'hex') AS "deadlinesHash"
    FROM page p LEFT JOIN waits w ON w."accountId" = p."id" ORDER BY p."id"`;
  return rows.map(agendaRow);
}

function agendaRow({ accountId, seq, terminal, atMs, open, lookOn, deadlinesHash, agendaHash: hash }: StoredRow): AgendaRow {
  const agenda = { seq, terminal, nextActionAtMs: atMs, deadlinesHash };
  // Before its first turn an account has no hash and no deadline.
  const isAsTurned = seq === 0 ? hash === null && open === 0 : hash === agendaHash(agenda);
  return { accountId, ...agenda, open, lookOn: lookOn === null ? null : civilDate(lookOn), isAsTurned };
}

/** Everything of one account that the proof compares. The caller holds the account's row. Null when there is no such account. */
export async function readExamined(tx: Transaction, accountId: string): Promise<ExaminedAccount | null> {
  const row = await tx.account.findUnique({ where: { id: accountId } });
  if (row === null) return null;
  const [life = { folded: emptyAccount(accountId), isWhole: true }] = await readLives(tx, [accountId]);
  const stored = accountOf(row.projection);
  const rows = (await tx.deadline.findMany({ where: { accountId }, orderBy: { deadlineId: 'asc' } })).map(deadlineOf);
  const turn = await tx.advance.findUnique({ where: { accountId_seq: { accountId, seq: row.seq } }, select: { asOf: true } });
  const { seq, terminal } = row;
  return {
    stored,
    folded: life.folded,
    isFold: isSame(life.folded, stored),
    isWhole: life.isWhole,
    rows,
    seq,
    terminal,
    nextActionAt: instantOrNull(row.nextActionAt),
    turnedAt: turn === null ? null : instantOf(turn.asOf),
    isAsTurned: (await readAgendaOf(tx, accountId))?.isAsTurned ?? false,
  };
}

/** As `readAgenda` shows one account. */
export async function readAgendaOf(db: Database, accountId: string): Promise<AgendaRow | null> {
  const before = await db.account.findFirst({
    where: { facilityId, id: { lt: accountId } },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const [row] = await readAgenda(db, { after: before?.id ?? null, limit: 1 });
  return row?.accountId === accountId ? row : null;
}

export interface FoldedPage {
  readonly accountIds: readonly string[];
  /** Whose projection or deadline rows are not what their events say. */
  readonly differing: readonly string[];
}

/** Folds the accounts after that one again, by id. */
export async function readFolds(
  db: Database,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<FoldedPage> {
  const accounts = await db.account.findMany({
    where: { facilityId, ...(after === null ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, projection: true },
  });
  const accountIds = accounts.map(({ id }) => id);
  const lives = new Map((await readLives(db, accountIds)).map((life) => [life.folded.id, life]));
  const rows = new Map<string, AccountDeadline[]>();
  for (const row of await db.deadline.findMany({ where: { accountId: { in: accountIds } } })) {
    const known = rows.get(row.accountId) ?? [];
    known.push(deadlineOf(row));
    rows.set(row.accountId, known);
  }
  const differing = accounts.filter(({ id, projection }) => {
    const { folded, isWhole } = lives.get(id) ?? { folded: emptyAccount(id), isWhole: true };
    return !isWhole || !isSame(folded, accountOf(projection)) || changedRows({ folded, rows: rows.get(id) ?? [] }).length > 0;
  });
  return { accountIds, differing: differing.map(({ id }) => id) };
}

interface Life {
  readonly folded: Account;
  readonly isWhole: boolean;
}

async function readLives(db: Database, accountIds: readonly string[]): Promise<readonly Life[]> {
  const events = await db.accountEvent.findMany({
    where: { accountId: { in: [...accountIds] }, position: { not: null } },
    orderBy: [{ accountId: 'asc' }, { position: 'asc' }],
    select: { accountId: true, position: true, id: true, occurredAt: true, body: true },
  });
  const lives = new Map<string, { folded: Account; isWhole: boolean }>();
  for (const { accountId, position, ...event } of events) {
    const life = lives.get(accountId) ?? { folded: emptyAccount(accountId), isWhole: true };
    const folded = evolve(life.folded, eventOf(event));
    lives.set(accountId, { folded, isWhole: life.isWhole && position === folded.eventCount });
  }
  return [...lives.values()];
}

/** As it would be stored: JSON keeps no `undefined`. */
function isSame(folded: Account, stored: Account): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(folded)), stored);
}

/** Forms that no turn judged. */
export async function readWaitingForms(db: Database, accountId: string): Promise<readonly string[]> {
  const rows = await db.taskForm.findMany({
    where: { accountId, status: 'submitted' },
    orderBy: { submittedAt: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
