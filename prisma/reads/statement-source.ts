import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PersonName, PostalAddress, SubmittedClaim } from '../../rules/domain/claim.ts';
import { type Way, ways } from '../../rules/statements/way.ts';
import type { Database } from '../client.ts';
import { accountOf, civilOrNull, claimOf } from '../convert.ts';
import type { Prisma } from '../generated/client.ts';
import { readAccountHolds } from './account-holds.ts';

/** What a statement says of one account is written from this. PHI. */
export interface StatementSource {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly facilityId: string;
  readonly account: Account;
  /** The claim sent last to the first payer; null when no claim of the account was ever sent. */
  readonly claim: SubmittedClaim | null;
  readonly guarantor: GuarantorContact | null;
}

/** How a person who owes is reached. PHI. */
export interface GuarantorContact {
  readonly id: string;
  readonly name: PersonName;
  readonly address: PostalAddress;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly deliverBy: Way;
  readonly mailReturnedOn: CivilDate | null;
}

export async function readStatementSources(db: Database, accountIds: readonly string[]): Promise<readonly StatementSource[]> {
  const ids = [...accountIds];
  const rows = await db.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, accountNumber: true, facilityId: true, projection: true, guarantor: true },
  });
  const claims = await db.$queryRaw<{ accountId: string; document: Prisma.JsonValue }[]>`
    SELECT DISTINCT ON ("accountId") "accountId", "document" FROM "ClaimDocument"
    WHERE "accountId" = ANY(${ids}::uuid[]) AND "sequence" = 1 ORDER BY "accountId", "id" DESC`;
  const documents = new Map(claims.map(({ accountId, document }) => [accountId, claimOf(document)]));
  return rows.map(({ id, accountNumber, facilityId, projection, guarantor }) => ({
    accountId: id,
    accountNumber,
    facilityId,
    account: accountOf(projection),
    claim: documents.get(id) ?? null,
    guarantor: guarantor === null ? null : contactOf(guarantor),
  }));
}

type GuarantorRow = NonNullable<Awaited<ReturnType<Database['guarantor']['findFirst']>>>;

export function contactOf(row: GuarantorRow): GuarantorContact {
  const { id, lastName, firstName, middleName, line1, line2, city, state, postalCode, phone, email, language } = row;
  return {
    id,
    name: { last: lastName, first: firstName, middle: middleName },
    address: { line1, line2, city, state, postalCode },
    phone,
    email,
    language,
    deliverBy: ways.find((way) => way === row.deliverBy) ?? 'mail',
    mailReturnedOn: civilOrNull(row.mailReturnedOn),
  };
}

/** Accounts of the same guarantor that are not ended, this one counted; this one alone when its guarantor is not kept. */
export async function readAccountsOfGuarantor(db: Database, accountId: string): Promise<readonly string[]> {
  const { guarantorId } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { guarantorId: true } });
  if (guarantorId === null) return [accountId];
  const rows = await db.account.findMany({ where: { guarantorId, terminal: false }, select: { id: true }, orderBy: { id: 'asc' } });
  return rows.map(({ id }) => id);
}

/** Open accounts of the person, with their holds; those of the statement where no guarantor is kept. */
export async function readOpenAccountsOf(
  db: Database,
  { guarantorId, accountIds }: { readonly guarantorId: string | null; readonly accountIds: readonly string[] },
): Promise<readonly { readonly accountId: string; readonly holds: Account['holds'] }[]> {
  const whose = guarantorId === null ? { id: { in: [...accountIds] } } : { guarantorId };
  const rows = await db.account.findMany({ where: { ...whose, terminal: false }, select: { id: true }, orderBy: { id: 'asc' } });
  const holds = await readAccountHolds(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id }) => ({ accountId: id, holds: holds.get(id) ?? [] }));
}
