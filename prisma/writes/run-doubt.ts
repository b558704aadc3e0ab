import type { Database } from '../client.ts';

/** A person's word about a run in doubt: it counts as sent, or leaves again, byte for byte, with the next run. @returns false when it is not in doubt */
export async function resolveRun(
  db: Database,
  { runId, arrived, receipt }: { readonly runId: string; readonly arrived: boolean; readonly receipt: string | null },
): Promise<boolean> {
  const data = arrived ? { status: 'sent', receipt } : { status: 'prepared', handingOverAt: null };
  const { count } = await db.outboundRun.updateMany({ where: { id: runId, status: 'unknown' }, data });
  return count === 1;
}
