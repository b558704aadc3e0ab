import type { Database } from '../client.ts';
import { inputJson } from '../convert.ts';

export interface PlannedRow {
  readonly accountId: string;
  readonly taskId: string;
  readonly fingerprint: string;
  readonly effects: readonly string[];
  readonly refusal: string | null;
}

export interface PlannedBulk {
  readonly id: string;
  readonly hash: string;
  readonly by: string;
  readonly selection: object;
  readonly work: object;
  readonly rows: readonly PlannedRow[];
}

/** Keeps a preview, so that exactly it can be run. */
export async function writeBulk(db: Database, { rows, selection, work, ...bulk }: PlannedBulk): Promise<void> {
  await db.bulk.create({
    data: {
      ...bulk,
      selection: inputJson(selection),
      work: inputJson(work),
      rows: { createMany: { data: rows.map(({ effects, ...row }, i) => ({ ...row, number: i + 1, effects: [...effects] })) } },
    },
  });
}

/** The first result of a row stands. */
export async function writeBulkResult(
  db: Database,
  row: { readonly bulkId: string; readonly number: number },
  { result, reason }: { readonly result: 'done' | 'refused' | 'changed'; readonly reason: string | null },
): Promise<void> {
  const where = { bulkId: row.bulkId, number: row.number, result: null };
  await db.bulkRow.updateMany({ where, data: { result, reason, doneAt: new Date() } });
}

export async function markBulk(db: Database, id: string, what: 'startedAt' | 'finishedAt'): Promise<void> {
  await db.bulk.updateMany({ where: { id, [what]: null }, data: { [what]: new Date() } });
}
