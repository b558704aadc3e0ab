import { addMilliseconds, civilDateAt, instant } from '../rules/domain/civil-date.ts';
import { isFileAnswer, type Settlement, type UnmatchedItem, unmatchedOutcomes } from '../rules/domain/unmatched.ts';
import { type Database, inTransaction, type Transaction } from '../prisma/client.ts';
import { countUndelivered } from '../prisma/reads/deliveries.ts';
import { readClockShifts, readZone } from '../prisma/reads/shown.ts';
import {
  isCorrectedBy,
  readEnd,
  readSettlement,
  readUnmatchedItem,
  readUnmatchedTask,
  type UnmatchedTask,
} from '../prisma/reads/unmatched.ts';
import { settleRemittanceClaim, supersedeRemittance } from '../prisma/writes/remittances.ts';
import { settleForms } from '../prisma/writes/task-form.ts';
import { closeUnmatched, lockUnmatched } from '../prisma/writes/unmatched.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { refuse } from './failures.ts';
import type { SettleActivities, Settled } from './index.ts';
import { postItem, Unpostable } from './intake/post-item.ts';

type SettleInput = Parameters<SettleActivities['settleUnmatched']>[0];

export function settleActivities({ prisma }: Pick<ActivityDependencies, 'prisma'>): SettleActivities {
  return {
    settleUnmatched: async (input) => {
      try {
        return await inTransaction(prisma, (tx) => settleOnce(tx, input));
      } catch (error) {
        if (!(error instanceof Unpostable)) throw error;
        return refused(prisma, input.formId, error.message);
      }
    },
  };
}

/** The choice, the facts for the account and the end of the task in one transaction: two choices for one task come one after another. */
async function settleOnce(tx: Transaction, { taskId, formId, asOf }: SettleInput): Promise<Settled> {
  const locked = await lockUnmatched(tx, taskId);
  const task = locked === null ? null : await readUnmatchedTask(tx, taskId);
  if (locked === null || task === null) throw refuse('task.unknown', `there is no unmatched task ${taskId}`);
  const settlement = await readSettlement(tx, taskId, formId);
  if (settlement === null) throw refuse('form.unknown', `there is no form ${formId} for task ${taskId}`);
  if (locked.status !== 'open') return settledBefore(tx, task, formId);
  const item = await readUnmatchedItem(tx, taskId);
  const reason = await whyRefused(tx, task, { settlement, item });
  if (reason !== null) return refused(tx, formId, reason);
  const { outcome, accountId, submissionKey, by } = settlement;
  const zone = await readZone(tx);
  const at = addMilliseconds(instant(asOf), await clockShiftOf(tx, accountId ?? null));
  const on = civilDateAt(at, zone);
  if (outcome === 'matched' && accountId !== undefined && item !== null)
    await postItem({ tx, fileId: task.fileId, zone, receivedAt: at, receivedOn: on }, { accountId, submissionKey }, item);
  else if (item?.kind === 'remittanceClaim' && (outcome === 'notOurs' || outcome === 'sentBack'))
    await settleRemittanceClaim(tx, item.remittanceClaimId, { outcome });
  else if (item?.kind === 'remittance' && outcome === 'correctedReceived') await supersedeRemittance(tx, item.remittanceId);
  await closeUnmatched(tx, taskId, { outcome, on: civilDateAt(instant(asOf), zone), by });
  await settleForms(tx, [formId], []);
  return endOf(tx, task);
}

/** Another form, or a corrected file, was first: this one is refused, unless it is the same again. */
async function settledBefore(tx: Transaction, task: UnmatchedTask, formId: string): Promise<Settled> {
  const end = await endOf(tx, task);
  if (end.kind === 'settled' && end.formId !== formId) await settleForms(tx, [formId], [{ formId, reason: 'the task had ended before' }]);
  return end;
}

/** How the task ended, and how much of it the account is still to be told. */
async function endOf(tx: Transaction, { id, fileId }: UnmatchedTask): Promise<Settled> {
  const { formId, outcome, accountId } = await readEnd(tx, id);
  const isForMany = isFileAnswer(await readUnmatchedItem(tx, id));
  const undelivered = accountId === null ? 0 : await countUndelivered(tx, { fileId, ...(isForMany ? {} : { accountId }) });
  return { kind: 'settled', formId, outcome, accountId, fileId, isForMany, undelivered, clockShiftMs: await clockShiftOf(tx, accountId) };
}

async function refused(db: Database, formId: string, reason: string): Promise<Settled> {
  await settleForms(db, [formId], [{ formId, reason }]);
  return { kind: 'refused', reason };
}

async function clockShiftOf(tx: Transaction, accountId: string | null): Promise<number> {
  if (accountId === null) return 0;
  return (await readClockShifts(tx, [accountId])).get(accountId) ?? 0;
}

interface Chosen {
  readonly settlement: Settlement;
  readonly item: UnmatchedItem | null;
}

/** Invariant 7 stands here: an unbalanced remittance and one with a used trace know no outcome that posts. */
async function whyRefused(tx: Transaction, { kind }: UnmatchedTask, { settlement, item }: Chosen): Promise<string | null> {
  const { outcome, accountId, reference = '', note = '' } = settlement;
  const possible: readonly string[] = unmatchedOutcomes[kind];
  if (!possible.includes(outcome)) return `a task of kind ${kind} cannot end as ${outcome}; it can end as: ${possible.join(', ')}`;
  switch (outcome) {
    case 'matched':
      if (item === null)
        return `what came in names no single claim, so nothing of it can be posted to an account; it can end as: notOurs, sentBack`;
      return (await isAccount(tx, accountId)) ? null : 'the outcome matched needs an account of this facility to which it belongs';
    case 'correctedReceived': {
      if (reference === '') return 'the outcome correctedReceived needs the trace (TRN02) of the remittance that corrects it';
      const isCorrected = item?.kind === 'remittance' && (await isCorrectedBy(tx, item.remittanceId, reference));
      return isCorrected ? null : 'no other remittance of this payer is posted under that trace; take the corrected file in first';
    }
    case 'notOurs':
    case 'sentBack':
    case 'handled':
      return note === '' ? `the outcome ${outcome} needs a note that says why` : null;
  }
}

async function isAccount(tx: Transaction, accountId: string | undefined): Promise<boolean> {
  return accountId !== undefined && (await tx.account.count({ where: { id: accountId } })) === 1;
}
