import type { Database } from '../client.ts';
import { civilOf } from '../convert.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { facilityId } from '../facility.ts';

/** What json-rules-engine said of the decisions it was asked again, by all workers that ever ran. */
export interface ShadowSummary {
  /** The first day counted, UTC; null before the first. */
  readonly since: CivilDate | null;
  readonly checked: number;
  readonly skipped: number;
  readonly failed: number;
  /** Counted, or stored with their decision: one of which only the count could be stored is one all the same. */
  readonly differences: number;
  /** The latest of them first, at most five. */
  readonly latest: readonly { readonly decisionId: string; readonly ours: string; readonly theirs: string }[];
}

export async function readShadow(db: Database): Promise<ShadowSummary> {
  const { _min, _sum } = await db.shadowDay.aggregate({
    where: { facilityId },
    _min: { on: true },
    _sum: { checked: true, differed: true, skipped: true, failed: true },
  });
  return {
    since: _min.on === null ? null : civilOf(_min.on),
    checked: _sum.checked ?? 0,
    skipped: _sum.skipped ?? 0,
    failed: _sum.failed ?? 0,
    differences: Math.max(_sum.differed ?? 0, await db.shadowDifference.count({ where: { facilityId } })),
    latest: await db.shadowDifference.findMany({
      where: { facilityId },
      orderBy: [{ foundAt: 'desc' }, { decisionId: 'asc' }],
      take: 5,
      select: { decisionId: true, ours: true, theirs: true },
    }),
  };
}
