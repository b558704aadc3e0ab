import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Transaction } from '../client.ts';
import { insertNew } from './bulk.ts';

/** A balance offered to a vendor; the account's turns keep it up to date from here. */
export async function rememberOffer(
  tx: Transaction,
  offer: {
    readonly accountId: string;
    readonly placementId: string;
    readonly reference: string;
    readonly vendor: string;
    readonly tier: string;
    readonly balanceCents: number;
    readonly offeredOn: CivilDate;
  },
): Promise<void> {
  await insertNew(tx, 'Placement', [{ ...offer, status: 'offered', paidCents: 0 }]);
}
