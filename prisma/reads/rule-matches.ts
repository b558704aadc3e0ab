import { type CivilDate, civilDate } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';

/** The last day on which each of these rules won or matched; one that never did is left out. */
export async function readLastMatched(db: Database, ruleIds: readonly string[]): Promise<ReadonlyMap<string, CivilDate>> {
  const rows = await db.$queryRaw<{ ruleId: string; on: string }[]>`
    SELECT r."ruleId", m."on"::text AS "on" FROM unnest(${[...ruleIds]}::text[]) AS r ("ruleId"), LATERAL (
      SELECT "on" FROM "RuleMatch" WHERE "facilityId" = ${facilityId}::uuid AND "ruleId" = r."ruleId" ORDER BY "on" DESC LIMIT 1) m`;
  return new Map(rows.map(({ ruleId, on }) => [ruleId, civilDate(on)]));
}
