import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { LedgerKind } from '../../rules/domain/ledger.ts';
import { type Cents, cents } from '../../rules/domain/money.ts';
import type { Database } from '../client.ts';
import { accountOf, centsOf, dateOf } from '../convert.ts';

/** One account's page of the books, from columns and ledger lines, which nothing derives from each other here. */
export interface AccountPage {
  readonly id: string;
  readonly accountNumber: string;
  readonly phase: string;
  readonly owner: { readonly kind: string; readonly name: string };
  readonly terminal: boolean;
  /** As the account's row says, not summed. */
  readonly balanceCents: Cents;
  readonly byKind: Readonly<Partial<Record<LedgerKind, Cents>>>;
  readonly account: Account;
}

/** What the remittances of one payer came to. */
export interface PayerPage {
  readonly payerId: string;
  /** Claims of all its remittances, and what they paid, by what became of them. */
  readonly posted: Amount;
  readonly held: Amount;
  readonly unmatched: Amount;
  /** What the ledger lines of the posted ones say. */
  readonly ledgerCents: Cents;
  readonly providerAdjustmentCents: Cents;
  readonly submissions: number;
}

export interface Amount {
  readonly count: number;
  readonly cents: Cents;
}

export async function readAccountPages(db: Database): Promise<readonly AccountPage[]> {
  const rows = await db.account.findMany({ orderBy: { accountNumber: 'asc' } });
  const lines = await db.ledgerLine.groupBy({
    by: ['accountId', 'kind'],
    _sum: { amountCents: true },
    orderBy: [{ accountId: 'asc' }, { kind: 'asc' }],
  });
  const kinds = new Map<string, Record<string, Cents>>();
  for (const { accountId, kind, _sum } of lines) kinds.set(accountId, { ...kinds.get(accountId), [kind]: centsOf(_sum.amountCents ?? 0n) });
  return rows.map(({ id, accountNumber, phase, ownerKind, ownerName, terminal, balanceCents, projection }) => ({
    id,
    accountNumber,
    phase,
    owner: { kind: ownerKind, name: ownerName },
    terminal,
    balanceCents: centsOf(balanceCents),
    byKind: kinds.get(id) ?? {},
    account: accountOf(projection),
  }));
}

interface PayerRow {
  readonly payerId: string;
  readonly outcome: string;
  readonly count: number;
  readonly paid: number;
  readonly ledger: number;
}

export async function readPayerPages(db: Database): Promise<readonly PayerPage[]> {
  const rows = await db.$queryRaw<PayerRow[]>`
    SELECT r."payerId", c."outcome", count(*)::int AS "count", sum(c."paidCents")::float8 AS "paid", coalesce(sum(l."cents"), 0)::float8 AS "ledger"
    FROM "RemittanceClaim" c
    JOIN "Remittance" r ON r."id" = c."remittanceId"
    LEFT JOIN (
      SELECT "remittanceClaimId", sum("amountCents") AS "cents" FROM "LedgerLine" WHERE "kind" = 'payerPayment' GROUP BY 1
    ) l ON l."remittanceClaimId" = c."id"
    GROUP BY 1, 2`;
  const adjustments = await db.$queryRaw<{ payerId: string; cents: number }[]>`
    SELECT r."payerId", sum(p."amountCents")::float8 AS "cents" FROM "ProviderAdjustment" p JOIN "Remittance" r ON r."id" = p."remittanceId"
    WHERE r."status" <> 'held' GROUP BY 1`;
  const submissions = await db.submission.groupBy({ by: ['payerId'], _count: true });
  const payerIds = [...new Set([...rows, ...submissions].map(({ payerId }) => payerId))].sort();
  return payerIds.map((payerId) => {
    const of = (outcome: string): Amount => {
      const row = rows.find((r) => r.payerId === payerId && r.outcome === outcome);
      return { count: row?.count ?? 0, cents: cents(row?.paid ?? 0) };
    };
    return {
      payerId,
      posted: of('posted'),
      held: of('held'),
      unmatched: of('unmatched'),
      ledgerCents: cents(-rows.filter((r) => r.payerId === payerId).reduce((total, { ledger }) => total + ledger, 0)),
      providerAdjustmentCents: cents(adjustments.find((a) => a.payerId === payerId)?.cents ?? 0),
      submissions: submissions.find((s) => s.payerId === payerId)?._count ?? 0,
    };
  });
}

interface Named {
  readonly name: string;
}

/** Deadlines that were reached without anyone being told: in their turn no task was opened and nothing was decided. `account: deadline`. */
export async function readSilentDeadlines(db: Database, today: CivilDate): Promise<readonly string[]> {
  const reached = await db.$queryRaw<Named[]>`
    SELECT a."accountNumber" || ': ' || (e."body"->>'deadlineId') AS "name" FROM "AccountEvent" e JOIN "Account" a ON a."id" = e."accountId"
    WHERE e."kind" = 'deadlineReached' AND NOT EXISTS (
      SELECT 1 FROM "AccountEvent" o
      WHERE o."accountId" = e."accountId" AND o."appliedSeq" = e."appliedSeq" AND o."kind" IN ('taskOpened', 'decided'))
    ORDER BY 1`;
  const forgotten = await db.$queryRaw<Named[]>`
    SELECT a."accountNumber" || ': ' || d."deadlineId" AS "name" FROM "Deadline" d JOIN "Account" a ON a."id" = d."accountId"
    WHERE d."status" = 'open' AND d."legalOn" < ${dateOf(today)} AND NOT a."terminal" ORDER BY 1`;
  return [...reached, ...forgotten].map(({ name }) => name);
}

export interface Leftovers {
  readonly unmatchedTasks: Readonly<Record<string, number>>;
  readonly openTasks: number;
  readonly refusedFiles: readonly string[];
}

export async function readLeftovers(db: Database): Promise<Leftovers> {
  const unmatched = await db.task.groupBy({
    by: ['kind'],
    where: { status: 'open', accountId: null },
    _count: true,
    orderBy: { kind: 'asc' },
  });
  const openTasks = await db.task.count({ where: { status: 'open', accountId: { not: null } } });
  const refused = await db.inboundFile.findMany({
    where: { status: 'refused' },
    orderBy: { name: 'asc' },
    select: { name: true, summary: true },
  });
  return {
    unmatchedTasks: Object.fromEntries(unmatched.map(({ kind, _count }) => [kind, _count])),
    openTasks,
    refusedFiles: refused.map(({ name, summary }) => `${name}: ${summary}`),
  };
}

export interface AnsweredClaim {
  readonly payerId: string;
  readonly submissionKey: string;
  readonly count: number;
  readonly paidCents: Cents;
}

/** What each payer answered to each key, whatever became of it here, and however often. */
export async function readAnsweredClaims(db: Database): Promise<readonly AnsweredClaim[]> {
  const rows = await db.$queryRaw<{ payerId: string; submissionKey: string; count: number; paid: number }[]>`
    SELECT r."payerId", c."submissionKey", count(*)::int AS "count", sum(c."paidCents")::float8 AS "paid"
    FROM "RemittanceClaim" c JOIN "Remittance" r ON r."id" = c."remittanceId" GROUP BY 1, 2`;
  return rows.map(({ paid, ...row }) => ({ ...row, paidCents: cents(paid) }));
}
