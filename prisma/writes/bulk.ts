import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { invariant } from '../../rules/domain/failures.ts';

export type TableName = Prisma.ModelName;

/** Plain JSON values by column; dates and moments as ISO text, cents as numbers. All rows of one call have the same columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows of one statement: a whole file of 100,000 claims never stands in one text. */
const rowsAtOnce = 2_000;

/** Rows that meet a unique key are an error, and the whole transaction goes back. */
export async function insertAll(tx: Transaction, table: TableName, rows: readonly Row[]): Promise<void> {
  await write(tx, table, rows, Prisma.empty);
}

/** Rows that meet a unique key are left as they are. */
export async function insertNew(tx: Transaction, table: TableName, rows: readonly Row[]): Promise<void> {
  await write(tx, table, rows, Prisma.sql`ON CONFLICT DO NOTHING`);
}

/** Rows that meet the key take the new values. */
export async function upsertAll(tx: Transaction, table: TableName, key: readonly string[], rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const changed = Object.keys(first).filter((column) => column !== 'id' && !key.includes(column));
  const sets = Prisma.join(changed.map((column) => Prisma.raw(`${quoted(column)} = EXCLUDED.${quoted(column)}`)));
  await write(tx, table, rows, Prisma.sql`ON CONFLICT (${columnList(key)}) DO UPDATE SET ${sets}`);
}

/** The table's own column types read the JSON. Columns left out take their defaults. */
async function write(tx: Transaction, table: TableName, rows: readonly Row[], conflict: Prisma.Sql): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = columnList(Object.keys(first));
  const target = Prisma.raw(quoted(table));
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const json = JSON.stringify(rows.slice(at, at + rowsAtOnce));
    await tx.$executeRaw`
      INSERT INTO ${target} (${columns})
      SELECT ${columns} FROM jsonb_populate_recordset(NULL::${target}, ${json}::jsonb) ${conflict}`;
  }
}

function columnList(columns: readonly string[]): Prisma.Sql {
  return Prisma.join(columns.map((column) => Prisma.raw(quoted(column))));
}

/** Names come from our own code; this only makes sure of it. */
function quoted(name: string): string {
  invariant(/^[A-Za-z0-9]+$/.test(name), 'a table or column is named by letters and digits');
  return `"${name}"`;
}
