import type { Account } from '../../rules/domain/account.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import type { LedgerLine } from '../../rules/domain/ledger.ts';
import type { Cents } from '../../rules/domain/money.ts';
import { describeEvent } from '../../rules/lifecycle/describe.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { accountOf, centsOf, eventOf, instantOf, instantOrNull } from '../convert.ts';

/** Where an account stands, in columns. */
export interface AccountSummary {
  readonly id: string;
  readonly accountNumber: string;
  readonly seq: number;
  readonly phase: string;
  readonly payerId: string;
  readonly owner: { readonly kind: string; readonly name: string };
  readonly queue: string;
  readonly balanceCents: Cents;
  readonly nextActionAt: Instant | null;
  readonly wakeReason: string;
  readonly terminal: boolean;
  readonly openedAt: Instant;
}

export interface TimelineEntry {
  readonly eventId: string;
  /** Place in the account's life; null for what was not applied yet. */
  readonly position: number | null;
  readonly at: Instant;
  readonly kind: string;
  readonly text: string;
  readonly fileId: string | null;
}

export interface OutboundEntry {
  readonly key: string;
  readonly kind: string;
  readonly status: string;
  readonly receipt: string | null;
  readonly reason: string | null;
  readonly at: Instant;
  readonly files: readonly { readonly id: string; readonly folder: string; readonly name: string }[];
}

/** Everything `show` prints. Without names, member ids or addresses. */
export interface AccountFile {
  readonly summary: AccountSummary;
  /** The folded account: claims, cases, tasks, deadlines with their derivation, timers, placements. */
  readonly account: Account;
  readonly timeline: readonly TimelineEntry[];
  readonly lines: readonly LedgerLine[];
  readonly outbound: readonly OutboundEntry[];
}

/** By account number, submission key, or account id. Null when there is none. */
export async function findAccountId(db: Database, name: string): Promise<string | null> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)) {
    const byId = await db.account.findUnique({ where: { id: name }, select: { id: true } });
    if (byId !== null) return byId.id;
  }
  const account = await db.account.findFirst({ where: { facilityId, accountNumber: name }, select: { id: true } });
  if (account !== null) return account.id;
  const submission = await db.submission.findFirst({ where: { facilityId, submissionKey: name }, select: { accountId: true } });
  return submission?.accountId ?? null;
}

export async function readAccountFile(db: Database, accountId: string): Promise<AccountFile | null> {
  const row = await db.account.findUnique({ where: { id: accountId } });
  if (row === null) return null;
  const account = accountOf(row.projection);
  const timeline = await readTimeline(db, accountId);
  return { summary: toSummary(row), account, timeline, lines: account.lines, outbound: await readOutbound(db, accountId) };
}

export interface AccountsQuestion {
  readonly phase?: string;
  readonly payerId?: string;
  /** The id of the last account of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** In the order in which they were opened. */
export async function listAccounts(db: Database, { phase, payerId, after, limit }: AccountsQuestion): Promise<readonly AccountSummary[]> {
  const asked = { ...(phase === undefined ? {} : { phase }), ...(payerId === undefined ? {} : { payerId }) };
  const where = { facilityId, ...asked, ...(after === undefined ? {} : { id: { gt: after } }) };
  const rows = await db.account.findMany({ where, orderBy: { id: 'asc' }, take: limit, omit: { projection: true } });
  return rows.map(toSummary);
}

async function readTimeline(db: Database, accountId: string): Promise<readonly TimelineEntry[]> {
  const rows = await db.accountEvent.findMany({
    where: { accountId },
    orderBy: [{ position: { sort: 'asc', nulls: 'last' } }, { ordinal: 'asc' }],
  });
  return rows.map((row) => {
    const { id: eventId, position, kind, fileId } = row;
    return { eventId, position, at: instantOf(row.occurredAt), kind, text: describeEvent(eventOf(row)), fileId };
  });
}

async function readOutbound(db: Database, accountId: string): Promise<readonly OutboundEntry[]> {
  const files = { select: { id: true, folder: true, name: true } };
  const rows = await db.intent.findMany({ where: { accountId }, orderBy: { controlNumber: 'asc' }, include: { files } });
  return rows.map(({ key, kind, status, receipt, reason, issuedAt, files: sent }) => {
    return { key, kind, status, receipt, reason, at: instantOf(issuedAt), files: sent };
  });
}

type AccountRow = Omit<NonNullable<Awaited<ReturnType<Database['account']['findUnique']>>>, 'projection'>;

function toSummary(row: AccountRow): AccountSummary {
  const { id, accountNumber, seq, phase, payerId, queue, wakeReason, terminal } = row;
  const owner = { kind: row.ownerKind, name: row.ownerName };
  const dates = { nextActionAt: instantOrNull(row.nextActionAt), openedAt: instantOf(row.openedAt) };
  return { id, accountNumber, seq, phase, payerId, owner, queue, balanceCents: centsOf(row.balanceCents), wakeReason, terminal, ...dates };
}

/** Where these accounts stand, by number; those that do not exist are left out. */
export async function readStandingAccounts(
  db: Database,
  accountNumbers: readonly string[],
): Promise<readonly { readonly id: string; readonly account: Account }[]> {
  const where = { facilityId, accountNumber: { in: [...accountNumbers] } };
  const rows = await db.account.findMany({ where, select: { id: true, projection: true } });
  return rows.map(({ id, projection }) => ({ id, account: accountOf(projection) }));
}
