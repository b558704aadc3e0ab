import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import { type Way, ways } from '../../rules/statements/way.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf, civilOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** A statement that was written; sent when its run was. */
export interface StatementEntry {
  readonly number: string;
  readonly guarantorId: string | null;
  readonly on: CivilDate;
  readonly payByOn: CivilDate;
  readonly language: string;
  readonly languageWanted: string | null;
  readonly via: Way;
  readonly dueCents: Cents;
  readonly pages: number;
  readonly returnedOn: CivilDate | null;
  /** Of its run: prepared | sent | refused | unknown */
  readonly status: string;
  readonly accounts: readonly { readonly accountNumber: string; readonly dueCents: Cents }[];
}

/** The last first. */
export async function listStatements(
  db: Database,
  of: { readonly accountId: string } | { readonly guarantorId: string },
  limit: number,
): Promise<readonly StatementEntry[]> {
  const where = 'accountId' in of ? { accounts: { some: of } } : of;
  return entriesOf(db, where, limit);
}

export async function readStatement(db: Database, number: string): Promise<StatementEntry | null> {
  const [found = null] = await entriesOf(db, { number }, 1);
  return found;
}

type Where = NonNullable<Parameters<Database['statement']['findMany']>[0]>['where'];

async function entriesOf(db: Database, where: Where, take: number): Promise<readonly StatementEntry[]> {
  const rows = await db.statement.findMany({
    where: { facilityId, ...where },
    orderBy: { id: 'desc' },
    take,
    include: { accounts: { include: { account: { select: { accountNumber: true } } } } },
  });
  const parcels = [...new Set(rows.map(({ parcel }) => parcel))];
  const runs = await db.outboundRun.findMany({ where: { facilityId, parcel: { in: parcels } }, select: { parcel: true, status: true } });
  const statuses = new Map(runs.map(({ parcel, status }) => [parcel, status]));
  return rows.map((row) => ({
    number: row.number,
    guarantorId: row.guarantorId,
    on: civilOf(row.on),
    payByOn: civilOf(row.payByOn),
    language: row.language,
    languageWanted: row.languageWanted,
    via: wayNamed(row.via),
    dueCents: centsOf(row.dueCents),
    pages: row.pages,
    returnedOn: civilOrNull(row.returnedOn),
    status: statuses.get(row.parcel) ?? 'prepared',
    accounts: row.accounts.map(({ account, dueCents }) => ({ accountNumber: account.accountNumber, dueCents: centsOf(dueCents) })),
  }));
}

/** A statement that the mail house speaks of. */
export interface SentStatement {
  readonly guarantorId: string | null;
  readonly accountIds: readonly string[];
  /** The person's address was changed since it was written. */
  readonly isOldAddress: boolean;
}

/** Statements by number, of those that were written. */
export async function findStatements(db: Database, numbers: readonly string[]): Promise<ReadonlyMap<string, SentStatement>> {
  const rows = await db.statement.findMany({
    where: { facilityId, number: { in: [...numbers] } },
    include: {
      accounts: { select: { accountId: true } },
      guarantor: { select: { changes: { where: { fields: { has: 'line1' } }, select: { at: true }, orderBy: { at: 'desc' }, take: 1 } } },
    },
  });
  return new Map(
    rows.map(({ number, guarantorId, accounts, guarantor, writtenAt }) => {
      const changedAt = guarantor?.changes[0]?.at;
      const isOldAddress = changedAt !== undefined && changedAt > writtenAt;
      return [number, { guarantorId, accountIds: accounts.map(({ accountId }) => accountId), isOldAddress }];
    }),
  );
}

/** The file in which a statement left, byte for byte, and where in it; null when there is none of that number. PHI. */
export async function readPrintFile(
  db: Database,
  number: string,
): Promise<{ readonly content: Uint8Array; readonly firstPage: number; readonly pages: number } | null> {
  const row = await db.statement.findUnique({ where: { facilityId_number: { facilityId, number } } });
  if (row === null) return null;
  const { file, firstPage, pages } = row;
  const kept = await db.outboundFile.findFirst({ where: { facilityId, folder: 'statements', name: file }, select: { content: true } });
  return kept === null ? null : { content: kept.content, firstPage, pages };
}

/** The statements that carry out these commands. */
export async function readStatementNumbers(db: Database, intentIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db.statement.findMany({
    where: { accounts: { some: { intentId: { in: [...intentIds] } } } },
    select: { number: true },
    orderBy: { number: 'asc' },
  });
  return rows.map(({ number }) => number);
}

function wayNamed(name: string): Way {
  return ways.find((way) => way === name) ?? 'mail';
}
