import type { FacilityStanding } from '../../rules/domain/facility.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';

/** Counts for every account from its next turn on. @returns what was said before */
export async function describeFacility(db: Database, { taxExempt }: FacilityStanding): Promise<FacilityStanding> {
  const before = await db.facility.findUniqueOrThrow({ where: { id: facilityId }, select: { taxExempt: true } });
  await db.facility.update({ where: { id: facilityId }, data: { taxExempt } });
  return before;
}
