import type { PayerSequence } from '../../rules/domain/claim.ts';
import type { Transaction } from '../client.ts';

/** These PLB amounts are about that claim. */
export async function assignProviderAdjustments(
  tx: Transaction,
  ids: readonly string[],
  claim: { readonly accountId: string; readonly sequence: PayerSequence },
): Promise<void> {
  await tx.providerAdjustment.updateMany({ where: { id: { in: [...ids] } }, data: claim });
}
