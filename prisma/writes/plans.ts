import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PromiseToPay } from '../../rules/domain/plan.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { changed, gone } from './account-rows.ts';
import { insertAll, upsertAll } from './bulk.ts';

export interface PlanToWrite {
  readonly planId: string;
  readonly status: string;
  readonly totalCents: number;
  readonly instalmentCents: number;
  readonly firstDueOn: CivilDate;
  readonly lastDueOn: CivilDate;
  readonly by: string;
  readonly statusOn: CivilDate;
  readonly policyId: string;
  readonly fileId: string;
  readonly offset: number;
}

/** A plan that is new, or its terms as they were agreed on a later day. Its accounts keep their order. */
export async function writePlan(
  tx: Transaction,
  plan: PlanToWrite,
  shares: readonly { readonly accountId: string; readonly shareCents: number }[],
): Promise<void> {
  await upsertAll(tx, 'PaymentPlan', ['facilityId', 'planId'], [{ id: uuidv7(), facilityId, ...plan }]);
  const { id: planId } = await tx.paymentPlan.findUniqueOrThrow({
    where: { facilityId_planId: { facilityId, planId: plan.planId } },
    select: { id: true },
  });
  await tx.paymentPlanAccount.deleteMany({ where: { planId } });
  await insertAll(
    tx,
    'PaymentPlanAccount',
    shares.map((share, position) => ({ planId, position, ...share })),
  );
}

export async function markPlan(
  tx: Transaction,
  planId: string,
  status: { readonly status: string; readonly by: string; readonly on: CivilDate },
): Promise<void> {
  const { on, ...said } = status;
  await tx.paymentPlan.updateMany({ where: { facilityId, planId }, data: { ...said, statusOn: new Date(`${on}T00:00:00Z`) } });
}

/** What an account's turn changed of its promises; one that was taken back with its step is undone. */
export async function writePromises(tx: Transaction, before: Account, account: Account): Promise<void> {
  const [was, is] = [before.patient.promises ?? [], account.patient.promises ?? []];
  const rows = [...changed(was, is), ...gone(was, is).map((one) => ({ ...one, status: 'undone' }))].map(
    ({ id: promiseId, cents: amountCents, ...rest }: Omit<PromiseToPay, 'status'> & { readonly status: string }) => {
      return { accountId: account.id, promiseId, amountCents, ...rest };
    },
  );
  await upsertAll(tx, 'PromiseToPay', ['accountId', 'promiseId'], rows);
}
