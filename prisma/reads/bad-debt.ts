import type { Account } from '../../rules/domain/account.ts';
import type { Database } from '../client.ts';
import { accountOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import type { Prisma } from '../generated/client.ts';

/** PHI. An account of which something of a Medicare patient's part was written off or forgiven. */
export interface WrittenOffAccount {
  readonly id: string;
  readonly accountNumber: string;
  readonly patient: string;
  readonly memberId: string;
  readonly account: Account;
}

interface Row {
  readonly id: string;
  readonly accountNumber: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly memberId: string;
  readonly projection: Prisma.JsonValue;
}

const atOnce = 500;

/** By account id, some at a time. Traditional Medicare only: SBR09 MA or MB. */
export async function* readWrittenOffAccounts(db: Database): AsyncGenerator<WrittenOffAccount> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await db.$queryRaw<Row[]>`
      SELECT a."id"::text, a."accountNumber", p."lastName", p."firstName", c."memberId", a."projection"
      FROM "Account" a
      JOIN "AccountPatient" p ON p."accountId" = a."id"
      JOIN LATERAL (SELECT "memberId" FROM "AccountCoverage" WHERE "accountId" = a."id" AND "filingIndicator" IN ('MA', 'MB')
        ORDER BY "sequence" LIMIT 1) c ON true
      WHERE a."facilityId" = ${facilityId}::uuid AND a."id" > ${after}::uuid AND EXISTS (
        SELECT 1 FROM "LedgerLine" l WHERE l."accountId" = a."id" AND l."bucket" = 'patient' AND l."kind" IN ('writeOff', 'assistance'))
      ORDER BY a."id" LIMIT ${atOnce}`;
    for (const { id, accountNumber, lastName, firstName, memberId, projection } of rows)
      yield { id, accountNumber, patient: `${lastName}, ${firstName}`, memberId, account: accountOf(projection) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return;
    after = last.id;
  }
}
