import type { Instant } from '../../rules/domain/civil-date.ts';
import type { BreakerLimit } from '../../rules/lifecycle/contract.ts';
import { inTransaction, type PrismaClient, type Transaction } from '../client.ts';
import { inputJson } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { appendAudit } from './rule-audit.ts';

export interface Tripped {
  readonly ruleId: string;
  readonly accounts: number;
  readonly amountCents: number;
  readonly limit: BreakerLimit;
}

/** The rule stops, in the transaction of the decision that went too far; two at once are one pause. */
export async function pauseRule(
  tx: Transaction,
  { ruleId, accounts, amountCents, limit, at }: Tripped & { readonly at: Instant },
): Promise<void> {
  const where = { facilityId_ruleId: { facilityId, ruleId } };
  const pausedAt = new Date(at);
  const paused = { pausedAt, accounts, amountCents: BigInt(amountCents), limit: inputJson(limit), resumedAt: null, resumedBy: null };
  const standing = await tx.rulePause.findUnique({ where });
  if (standing !== null && standing.resumedAt === null) return;
  await tx.rulePause.upsert({ where, create: { facilityId, ruleId, ...paused }, update: paused });
  const details = { ruleId, accounts, amountCents, mostAccounts: limit.accounts, mostCents: limit.cents, windowDays: limit.windowDays };
  await appendAudit(tx, { at, by: 'recourse', deed: 'paused', draftId: null, details });
}

/** @returns when it was resumed, also when that was before; null when its circuit breaker never stopped it. */
export function resumeRule(
  prisma: PrismaClient,
  ruleId: string,
  { by, at }: { readonly by: string; readonly at: Instant },
): Promise<Date | null> {
  return inTransaction(prisma, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "RulePause" WHERE "facilityId" = ${facilityId}::uuid AND "ruleId" = ${ruleId} FOR UPDATE`;
    const where = { facilityId_ruleId: { facilityId, ruleId } };
    const standing = await tx.rulePause.findUnique({ where });
    if (standing === null) return null;
    if (standing.resumedAt !== null) return standing.resumedAt;
    const resumedAt = new Date(at);
    await tx.rulePause.update({ where, data: { resumedAt, resumedBy: by } });
    await appendAudit(tx, { at, by, deed: 'resumed', draftId: null, details: { ruleId } });
    return resumedAt;
  });
}
