import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Way } from '../../rules/statements/way.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

export interface StatementToWrite {
  readonly number: string;
  readonly guarantorId: string | null;
  readonly parcel: string;
  readonly on: CivilDate;
  readonly payByOn: CivilDate;
  readonly language: string;
  readonly languageWanted: string | null;
  readonly via: Way;
  readonly dueCents: Cents;
  readonly file: string;
  readonly firstPage: number;
  readonly pages: number;
  readonly accounts: readonly { readonly accountId: string; readonly intentId: string; readonly dueCents: Cents }[];
}

/** What an earlier run wrote for the same commands never left (its parcel was refused): this takes its place. */
export async function writeStatements(tx: Transaction, statements: readonly StatementToWrite[]): Promise<void> {
  const intentIds = statements.flatMap(({ accounts }) => accounts.map(({ intentId }) => intentId));
  await tx.statement.deleteMany({ where: { accounts: { some: { intentId: { in: intentIds } } } } });
  const rows = statements.map(({ accounts, ...statement }) => ({ statement: { id: uuidv7(), ...statement }, accounts }));
  await insertAll(
    tx,
    'Statement',
    rows.map(({ statement }) => statement),
  );
  await insertAll(
    tx,
    'StatementAccount',
    rows.flatMap(({ statement, accounts }) => accounts.map((account) => ({ statementId: statement.id, ...account }))),
  );
}

/** The mail house says that it came back. @returns false when it said so before */
export async function markReturned(tx: Transaction, number: string, on: CivilDate): Promise<boolean> {
  const { count } = await tx.statement.updateMany({ where: { facilityId, number, returnedOn: null }, data: { returnedOn: new Date(on) } });
  return count > 0;
}
