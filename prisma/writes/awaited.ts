import type { AwaitedKey } from '../../rules/domain/unmatched.ts';
import type { Transaction } from '../client.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

const awaitedLock = 72_003;

/**
 * Who is about to say that something waits holds this until the end of the transaction, and looks once more whether it came: what it waits for
 * is either stored by then, or its bringer (`holdArrivals`) finds it waiting.
 */
export async function holdAwaited(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${awaitedLock})`;
}

/** Who stored something for which others may wait holds this before asking who does. */
export async function holdArrivals(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${awaitedLock})`;
}

export async function writeAwaited(
  tx: Transaction,
  waiting: readonly { readonly taskId: string; readonly awaits: readonly AwaitedKey[] }[],
): Promise<void> {
  const rows = waiting.flatMap(({ taskId, awaits }) => awaits.map((awaited) => ({ id: uuidv7(), taskId, ...awaited })));
  await insertAll(tx, 'AwaitedKey', rows);
}

/** Every unmatched claim of a remittance waits under the one task that stands for all of them. */
export async function awaitClaimsOf(tx: Transaction, taskId: string, remittanceId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "AwaitedKey" ("id", "taskId", "kind", "key", "remittanceClaimId")
    SELECT gen_random_uuid(), ${taskId}::uuid, 'submission', c."submissionKey", c."id"
    FROM "RemittanceClaim" c WHERE c."remittanceId" = ${remittanceId}::uuid AND c."outcome" = 'unmatched'`;
}

/** These remittance claims are posted, so they wait no longer. */
export async function endAwaiting(tx: Transaction, taskId: string, remittanceClaimIds: readonly string[]): Promise<void> {
  await tx.awaitedKey.deleteMany({ where: { taskId, remittanceClaimId: { in: [...remittanceClaimIds] } } });
}
