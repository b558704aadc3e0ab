import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import { cents } from '../../rules/domain/money.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import type { Way } from '../../rules/statements/way.ts';
import type { Database } from '../client.ts';
import { accountOf, instantOf } from '../convert.ts';
import { contactOf } from './statement-source.ts';
import { listStatements, type StatementEntry } from './statements.ts';

/** A person who owes, with all that they owe and were sent. PHI. */
export interface ShownGuarantor {
  readonly id: string;
  readonly name: string;
  readonly address: {
    readonly line1: string;
    readonly line2: string;
    readonly city: string;
    readonly state: string;
    readonly postalCode: string;
  };
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly deliverBy: Way;
  readonly mailReturnedOn: CivilDate | null;
  readonly accounts: readonly { readonly accountNumber: string; readonly phase: string; readonly dueCents: Cents }[];
  /** The last first. */
  readonly statements: readonly StatementEntry[];
  /** Who changed how they are reached, and which fields; the last first. */
  readonly changes: readonly { readonly at: Instant; readonly by: string; readonly fields: readonly string[] }[];
}

const mostShown = 50;

/** Of an account; null when none is kept for it. */
export async function readGuarantor(db: Database, accountId: string): Promise<ShownGuarantor | null> {
  const found = await db.account.findUnique({
    where: { id: accountId },
    select: { guarantor: { include: { changes: { orderBy: { at: 'desc' }, take: mostShown }, accounts: { take: mostShown } } } },
  });
  const row = found?.guarantor ?? null;
  if (row === null) return null;
  const { name, ...contact } = contactOf(row);
  return {
    ...contact,
    name: [name.first, name.middle, name.last].filter((part) => part !== '').join(' '),
    accounts: row.accounts.map(({ accountNumber, phase, projection }) => {
      return { accountNumber, phase, dueCents: cents(bucketBalance(accountOf(projection), 'patient')) };
    }),
    statements: await listStatements(db, { guarantorId: row.id }, mostShown),
    changes: row.changes.map(({ at, by, fields }) => ({ at: instantOf(at), by, fields })),
  };
}
