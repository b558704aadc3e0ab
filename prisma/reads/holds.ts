import { holdComing, holdsInForce } from '../../rules/domain/hold.ts';
import type { Transaction } from '../client.ts';
import { accountOf, toldOf } from '../convert.ts';

export interface HoldsNow {
  readonly openedAt: Date;
  /** By name: those in force, and those that are stored and that the account has not taken yet. */
  readonly holds: readonly string[];
}

/** What holds the account back at this moment, whether it knows it or not. Null when there is no such account. */
export async function readHoldsNow(tx: Transaction, accountId: string): Promise<HoldsNow | null> {
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { openedAt: true, projection: true } });
  if (account === null) return null;
  const inForce = holdsInForce(accountOf(account.projection).holds).map(({ reason }) => reason);
  return { openedAt: account.openedAt, holds: [...inForce, ...(await readComing(tx, [accountId]))] };
}

/** A file stored it, or a person submitted it, and no turn took it yet. */
async function readComing(tx: Transaction, accountIds: readonly string[]): Promise<readonly string[]> {
  const of = { accountId: { in: [...accountIds] } };
  const events = await tx.accountEvent.findMany({ where: { ...of, position: null }, select: { body: true } });
  const forms = await tx.taskForm.findMany({ where: { ...of, status: 'submitted' }, select: { body: true } });
  return [...events, ...forms].flatMap(({ body }) => holdComing(toldOf(body)) ?? []);
}
