import type { Account } from '../../rules/domain/account.ts';
import { civilDateAt } from '../../rules/domain/civil-date.ts';
import type { StandingDecision } from '../../rules/lifecycle/contract.ts';
import { standingDecisions } from '../../rules/lifecycle/standing.ts';
import type { Database } from '../client.ts';
import { accountOf, answerOf, effectOf, factsOf, instantOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import type { Prisma } from '../generated/client.ts';

interface StandingRow {
  readonly id: string;
  readonly accountId: string;
  readonly decidedAt: Date;
  readonly answer: Prisma.JsonValue;
  readonly facts: Prisma.JsonValue;
  readonly refusal: string | null;
  readonly effect: string;
}

/** What the rules answered where their answer is still worked on, with the facts they saw. */
export async function readStanding(db: Database, accounts: readonly Account[]): Promise<readonly (StandingDecision & OfAccount)[]> {
  const ids = accounts.flatMap((account) => standingDecisions(account).map(({ decisionId }) => decisionId));
  if (ids.length === 0) return [];
  const zones = new Map(accounts.map((account) => [account.id, account.opened?.zone ?? 'UTC']));
  const rows = await db.$queryRaw<StandingRow[]>`
    SELECT "id", "accountId", "decidedAt", "answer", "receipt"->'facts' AS "facts", "refusal", "effect" FROM "Decision" WHERE "id" = ANY(${ids})`;
  return rows.map(({ id: decisionId, accountId, decidedAt, answer, facts, refusal, effect }) => ({
    accountId,
    decisionId,
    decidedOn: civilDateAt(instantOf(decidedAt), zones.get(accountId) ?? 'UTC'),
    answer: answerOf(answer),
    facts: factsOf(facts),
    refusal,
    effect: effectOf(effect),
  }));
}

interface OfAccount {
  readonly accountId: string;
}

/** Accounts that are not closed, by id, after that one. */
export async function readOpenAccounts(db: Database, after: string | null, limit: number): Promise<readonly Account[]> {
  const where = { facilityId, terminal: false, ...(after === null ? {} : { id: { gt: after } }) };
  const rows = await db.account.findMany({ where, orderBy: { id: 'asc' }, take: limit, select: { projection: true } });
  return rows.map(({ projection }) => accountOf(projection));
}

export async function readAccounts(db: Database, ids: readonly string[]): Promise<readonly Account[]> {
  const rows = await db.account.findMany({ where: { id: { in: [...ids] } }, select: { projection: true } });
  return rows.map(({ projection }) => accountOf(projection));
}
