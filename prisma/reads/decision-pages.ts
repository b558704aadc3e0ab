import type { AskedDecision } from '../../rules/administration/compare.ts';
import type { Database } from '../client.ts';
import { askedDecisionsOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** The last decision of a page. */
export interface DecisionCursor {
  readonly decidedAt: string;
  readonly id: string;
}

export interface DecisionPage {
  readonly decisions: () => readonly AskedDecision[];
  readonly last: DecisionCursor;
}

const beforeAll: DecisionCursor = { decidedAt: '-infinity', id: '' };

/**
 * Decisions made by `until` (ISO moment), in the order in which they were made; null when there are no more. Each page is one text, read by
 * `decisions` when it is wanted, so that the next page can be on its way. Facts that are null are left out.
 */
export async function readDecisionPage(
  db: Database,
  after: DecisionCursor | null,
  { until, size }: { readonly until: string; readonly size: number },
): Promise<DecisionPage | null> {
  const { decidedAt, id } = after ?? beforeAll;
  const rows = await db.$queryRaw<{ at: string | null; id: string | null; body: string | null }[]>`
    WITH page AS MATERIALIZED (
      SELECT "id", "decidedAt", "receipt" FROM "Decision"
      WHERE "facilityId" = ${facilityId}::uuid AND "decidedAt" <= ${until}::timestamptz
        AND ("decidedAt", "id") > (${decidedAt}::timestamptz, ${id})
      ORDER BY "decidedAt", "id" LIMIT ${size})
    SELECT l."decidedAt"::text AS at, l."id",
      (SELECT '[' || string_agg(format('["%s","%s",%s]', "id", "receipt" ->> 'asOf', jsonb_strip_nulls("receipt" -> 'facts')), ',' ORDER BY "decidedAt", "id") || ']'
       FROM page) AS body
    FROM (SELECT "id", "decidedAt" FROM page ORDER BY "decidedAt" DESC, "id" DESC LIMIT 1) l`;
  const [row] = rows;
  if (row === undefined || row.at === null || row.id === null || row.body === null) return null;
  const { at, id: lastId, body } = row;
  return { decisions: () => askedDecisionsOf(body), last: { decidedAt: at, id: lastId } };
}

export async function countDecisions(db: Database, until: string): Promise<number> {
  return db.decision.count({ where: { facilityId, decidedAt: { lte: new Date(until) } } });
}

/** The named decisions with all their facts, by id. */
export async function readAskedDecisions(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, AskedDecision>> {
  const rows = await db.$queryRaw<{ body: string | null }[]>`
    SELECT '[' || string_agg(format('["%s","%s",%s]', "id", "receipt" ->> 'asOf', "receipt" -> 'facts'), ',') || ']' AS body
    FROM "Decision" WHERE "id" = ANY(${[...ids]})`;
  return new Map(askedDecisionsOf(rows[0]?.body ?? '[]').map((asked) => [asked.id, asked]));
}
