import type { AskedDecision } from '../../rules/administration/compare.ts';
import type { Database } from '../client.ts';
import { askedDecisionOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** The last decision of a page. */
export interface DecisionCursor {
  readonly decidedAt: string;
  readonly id: string;
}

export interface DecisionPage {
  /** Their facts are read when they are wanted, so that the next page can be on its way meanwhile. */
  readonly decisions: () => readonly AskedDecision[];
  readonly last: DecisionCursor;
}

const beforeAll: DecisionCursor = { decidedAt: '-infinity', id: '' };

/** Decisions made by `until` (ISO moment), in the order in which they were made; null when there are no more. Facts that are null are left out. */
export async function readDecisionPage(
  db: Database,
  after: DecisionCursor | null,
  { until, size }: { readonly until: string; readonly size: number },
): Promise<DecisionPage | null> {
  const { decidedAt, id } = after ?? beforeAll;
  const rows = await db.$queryRaw<StoredFacts[]>`
    SELECT "id", "asOf"::text AS "asOf", "facts", "decidedAt"::text AS at FROM "Decision"
    WHERE "facilityId" = ${facilityId}::uuid AND "decidedAt" <= ${until}::timestamptz
      AND ("decidedAt", "id") > (${decidedAt}::timestamptz, ${id})
    ORDER BY "decidedAt", "id" LIMIT ${size}`;
  const last = rows.at(-1);
  if (last === undefined) return null;
  return { decisions: () => rows.map(askedDecisionOf), last: { decidedAt: last.at, id: last.id } };
}

interface StoredFacts {
  readonly id: string;
  readonly asOf: string;
  readonly facts: string;
  readonly at: string;
}

export async function countDecisions(db: Database, until: string): Promise<number> {
  return db.decision.count({ where: { facilityId, decidedAt: { lte: new Date(until) } } });
}

/** The named decisions, by id. */
export async function readAskedDecisions(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, AskedDecision>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<Omit<StoredFacts, 'at'>[]>`
    SELECT "id", "asOf"::text AS "asOf", "facts" FROM "Decision" WHERE "id" = ANY(${[...ids]})`;
  return new Map(rows.map((row) => [row.id, askedDecisionOf(row)]));
}
