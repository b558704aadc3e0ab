import { addDays, type CivilDate } from '../../rules/domain/civil-date.ts';
import { dollars, sum } from '../../rules/domain/money.ts';
import { type DifferenceKind, differingCents, nextStep } from '../../rules/vendors/difference.ts';
import { askedAbout } from '../../rules/vendors/take-in.ts';
import type { Transaction } from '../client.ts';
import { dateOf } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import {
  differenceTaskKey,
  differenceTaskKind,
  type FiledDifference,
  readDifferences,
  readDifferenceTasks,
} from '../reads/vendor-ledger.ts';
import { insertAll } from './bulk.ts';

/** A difference is asked about within so many days (practice). */
const askWithinDays = 3;

/**
 * One open task per vendor and kind of difference, however many stand: it says how many and how much, and ends by itself with the last of them. What a
 * person accepted is not asked about. A task that a person ended although something stands comes again with the next file, or the next look by the
 * clock. `opens`: whether new ones may be opened.
 */
export async function keepDifferenceTasks(
  tx: Transaction,
  { vendor, opens, on, by }: { readonly vendor: string; readonly opens: boolean; readonly on: CivilDate; readonly by: string },
): Promise<void> {
  const byKind = askedAbout(await readDifferences(tx, { vendor }));
  const openBy = new Map((await readDifferenceTasks(tx, vendor)).map(({ of, id }) => [of, id]));
  for (const [of, among] of byKind) {
    const said = saidOf(vendor, of, among);
    const id = openBy.get(of);
    if (id !== undefined) await tx.task.update({ where: { id }, data: said, select: { id: true } });
    else if (opens) {
      const fileId = among.at(-1)?.fileId ?? null;
      const safeByOn = addDays(on, askWithinDays);
      const row = { ...taskColumns, id: uuidv7(), localId: `${differenceTaskKey(vendor)}${of}:${fileId}`, ...said };
      await insertAll(tx, 'Task', [{ ...row, fileId, openedOn: on, safeByOn, sortOn: safeByOn }]);
    }
  }
  const ended = [...openBy].filter(([of]) => !byKind.has(of)).map(([, id]) => id);
  const done = { status: 'done', outcome: 'handled', closedOn: dateOf(on), closedBy: by };
  await tx.task.updateMany({ where: { id: { in: ended } }, data: done });
}

const taskColumns = {
  kind: differenceTaskKind,
  queue: 'unmatched',
  ruleId: 'intake',
  status: 'open',
  payerId: '',
  offset: 0,
  candidates: [],
} as const;

function saidOf(vendor: string, of: DifferenceKind, among: readonly FiledDifference[]) {
  const amountCents = sum(among.map(differingCents));
  const oldest = among.reduce((first, { firstFoundOn }) => (firstFoundOn < first ? firstFoundOn : first), among[0]?.firstFoundOn ?? '');
  return {
    title: `Settle ${among.length} ${among.length === 1 ? 'difference' : 'differences'} with vendor ${vendor} (${of})`,
    reason: `${dollars(amountCents)} differ, the oldest since ${oldest}: ${nextStep(of)}. recourse vendor differences ${vendor} --kind ${of} lists them.`,
    amountCents: Number(amountCents),
  };
}
