import type { Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { gatherFor } from './runs/gather.ts';
import { vendorDestination } from './vendors/writer.ts';

type PlacementActivities = Pick<CommandActivities, 'placeWithVendor' | 'recallFromVendor' | 'updateVendor'>;

/** Balances to vendors and back: one file for each vendor and run. */
export function placementActivities(sending: Pick<Sending, 'prisma'>): PlacementActivities {
  return {
    placeWithVendor: (input) => gatherFor(sending, input, vendorDestination),
    recallFromVendor: (input) => gatherFor(sending, input, vendorDestination),
    updateVendor: (input) => gatherFor(sending, input, vendorDestination),
  };
}
