import { addDays, type CivilDate } from '../../rules/domain/civil-date.ts';
import type { Transaction } from '../client.ts';
import type { Candidate } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

/** What came in and belongs to no account that we know: a task for a person, never lost. */
export interface Unmatched {
  readonly kind:
    | 'matchAcknowledgement'
    | 'matchRemittance'
    | 'matchClaim'
    | 'matchPayment'
    | 'matchVendorEvent'
    | 'resolveImbalance'
    | 'resolveTrace'
    | 'repairFile'
    | 'readUnknown';
  readonly title: string;
  readonly reason: string;
  readonly payerId: string;
  readonly amountCents: number;
  readonly fileId: string;
  readonly offset: number;
  readonly candidates: readonly Candidate[];
}

/** Money and answers without an owner should be placed within this many days. */
const unmatchedDays = 3;

export async function writeUnmatched(tx: Transaction, tasks: readonly Unmatched[], openedOn: CivilDate): Promise<void> {
  const safeByOn = addDays(openedOn, unmatchedDays);
  const rows = tasks.map((task) => ({
    id: uuidv7(),
    localId: `file:${task.fileId}:${task.offset}`,
    ...task,
    queue: 'unmatched',
    ruleId: 'intake',
    openedOn,
    safeByOn,
    sortOn: safeByOn,
    status: 'open',
  }));
  await insertAll(tx, 'Task', rows);
}
