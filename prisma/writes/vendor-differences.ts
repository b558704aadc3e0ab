import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { dateOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** Leaves a difference as it is, until an amount of it changes. @returns false when no such difference stands */
export async function acceptDifference(
  db: Database,
  id: string,
  accepted: { readonly by: string; readonly on: CivilDate; readonly note: string },
): Promise<boolean> {
  const { by: acceptedBy, on, note } = accepted;
  const { count } = await db.vendorDifference.updateMany({
    where: { id, facilityId, settledOn: null },
    data: { acceptedBy, acceptedOn: dateOf(on), note },
  });
  return count === 1;
}
