import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';

export interface ShadowDayCount {
  /** UTC, ISO date. */
  readonly on: string;
  readonly workerId: string;
  readonly checked: number;
  readonly differed: number;
  readonly skipped: number;
  readonly failed: number;
}

/** What one run of a worker counted on a day so far; the same or an older count again changes nothing. */
export async function writeShadowDay(db: Database, { on, workerId, checked, differed, skipped, failed }: ShadowDayCount): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ShadowDay" ("facilityId", "on", "workerId", "checked", "differed", "skipped", "failed")
    VALUES (${facilityId}::uuid, ${on}::date, ${workerId}::uuid, ${checked}, ${differed}, ${skipped}, ${failed})
    ON CONFLICT ("facilityId", "on", "workerId") DO UPDATE SET
      "checked" = greatest("ShadowDay"."checked", EXCLUDED."checked"), "differed" = greatest("ShadowDay"."differed", EXCLUDED."differed"),
      "skipped" = greatest("ShadowDay"."skipped", EXCLUDED."skipped"), "failed" = greatest("ShadowDay"."failed", EXCLUDED."failed")`;
}

export interface ShadowDifferenceFound {
  readonly decisionId: string;
  readonly ruleSetHash: string;
  readonly ours: string;
  readonly theirs: string;
  readonly foundAt: Instant;
}

/** One decision is one difference, however often it is found. */
export async function writeShadowDifference(db: Database, { foundAt, ...found }: ShadowDifferenceFound): Promise<void> {
  await db.shadowDifference.createMany({ data: [{ ...found, facilityId, foundAt: new Date(foundAt) }], skipDuplicates: true });
}
