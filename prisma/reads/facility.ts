import type { FacilityStanding } from '../../rules/domain/facility.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';

export async function readFacility(db: Database): Promise<FacilityStanding> {
  return db.facility.findUniqueOrThrow({ where: { id: facilityId }, select: { taxExempt: true } });
}
