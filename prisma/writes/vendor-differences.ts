import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { inTransaction, type PrismaClient } from '../client.ts';
import { dateOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { keepDifferenceTasks } from './vendor-difference-tasks.ts';
import { lockVendor } from './vendor-ledger.ts';

/** Leaves a difference as it is, until an amount of it changes; its task speaks of it no longer. @returns false when no such difference stands */
export function acceptDifference(
  prisma: PrismaClient,
  id: string,
  accepted: { readonly by: string; readonly on: CivilDate; readonly note: string },
): Promise<boolean> {
  const { by, on, note } = accepted;
  return inTransaction(prisma, async (tx) => {
    const where = { id, facilityId, settledOn: null };
    const found = await tx.vendorDifference.findFirst({ where, select: { vendor: true } });
    if (found === null) return false;
    await lockVendor(tx, found.vendor);
    const data = { acceptedBy: by, acceptedOn: dateOf(on), note };
    const { count } = await tx.vendorDifference.updateMany({ where, data });
    await keepDifferenceTasks(tx, { vendor: found.vendor, opens: false, on, by });
    return count === 1;
  });
}
