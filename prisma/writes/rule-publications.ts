import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import { inTransaction, type PrismaClient, type Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { appendArrivals } from './events.ts';

/** How far the telling of a publication came. */
export interface Sweep {
  readonly sweep: number;
  readonly cursor: string | null;
}

export interface Page {
  readonly from: Sweep;
  /** The last account that was looked at; null at the end of the sweep. */
  readonly upTo: string | null;
  readonly concerned: readonly string[];
  readonly body: Arrival;
  readonly at: Instant;
}

/**
 * Keeps the news for one page of accounts and how far that is, in one transaction: a page is told once, whoever looks at it. Null when another
 * worker was faster. @returns how many accounts had not been told before
 */
export function keepPage(prisma: PrismaClient, publicationId: string, page: Page): Promise<number | null> {
  return inTransaction(prisma, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "RulePublication" WHERE "id" = ${publicationId}::uuid FOR UPDATE`;
    const at = await tx.rulePublication.findUniqueOrThrow({ where: { id: publicationId } });
    if (at.settledAt !== null || at.sweep !== page.from.sweep || at.cursor !== page.from.cursor) return null;
    const fresh = await keepNews(tx, { stem: publicationKey(publicationId), ...page });
    const found = at.found + fresh;
    const end = found > 0 ? { sweep: at.sweep + 1, cursor: null, found: 0 } : { settledAt: new Date() };
    const data = { told: at.told + fresh, ...(page.upTo === null ? end : { cursor: page.upTo, found }) };
    await tx.rulePublication.update({ where: { id: publicationId }, data, select: { id: true } });
    return fresh;
  });
}

export function publicationKey(publicationId: string): string {
  return `rules:${publicationId}:`;
}

export interface News {
  /** With the account's id, the business key of its event. */
  readonly stem: string;
  readonly concerned: readonly string[];
  readonly body: Arrival;
  readonly at: Instant;
}

/** One event for each account that has none of that key yet. @returns how many */
export async function keepNews(tx: Transaction, { stem, concerned, body, at }: News): Promise<number> {
  const keys = concerned.map((accountId) => `${stem}${accountId}`);
  const known = await tx.accountEvent.findMany({ where: { facilityId, dedupeKey: { in: keys } }, select: { accountId: true } });
  const told = new Set(known.map(({ accountId }) => accountId));
  const fresh = concerned.filter((accountId) => !told.has(accountId));
  const shared = { body, occurredAt: at, fileId: null, isUndelivered: true } as const;
  await appendArrivals(
    tx,
    fresh.map((accountId) => ({ accountId, dedupeKey: `${stem}${accountId}`, ...shared })),
  );
  return fresh.length;
}
