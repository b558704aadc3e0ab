import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '../prisma/client.ts';
import { type BulkSelection, readBulk, readStandingAccount, readVerdict, selectTasks, type StoredBulk } from '../prisma/reads/bulks.ts';
import { readRuleFiles, readRulesFor } from '../prisma/reads/rule-versions.ts';
import { readClockShifts } from '../prisma/reads/shown.ts';
import { markBulk, type PlannedRow, writeBulk, writeBulkResult } from '../prisma/writes/bulk-plan.ts';
import { bulkTelling, type BulkWork } from '../rules/domain/bulk.ts';
import { instant, type Instant } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { packetPath, packetRefusal } from '../rules/domain/packet.ts';
import type { Task } from '../rules/domain/task.ts';
import { advanceAccount } from '../rules/lifecycle/advance.ts';
import type { Knowledge } from '../rules/lifecycle/contract.ts';
import { describeEvent } from '../rules/lifecycle/describe.ts';
import type { Accounts } from './accounts.ts';
import type { LetterDoor } from './letters.ts';
import { keyed } from './keyed.ts';
import { knowledgeOf } from './knowledge.ts';

export type { BulkSelection, StoredBulk } from '../prisma/reads/bulks.ts';

/** The same done to many tasks: first previewed, then exactly that preview run. */
export interface BulkOffice {
  /** What would happen to each task that is meant, by the rules and facts of now; nothing is changed. */
  preview(selection: BulkSelection, work: BulkWork): Promise<StoredBulk>;
  /** Null when there is none. */
  bulk(id: string): Promise<StoredBulk | null>;
  /**
   * Runs what was not run yet, at most `most` rows, one after another; the same again gives the same results, and after a kill it goes on.
   * @throws DomainError `bulk.unknown`, or `bulk.other-preview` when the hash is not that of the preview
   */
  run(id: string, hash: string, pace?: Pace): Promise<StoredBulk>;
}

export interface Pace {
  readonly most?: number;
  readonly perSecond?: number;
  readonly onRow?: (done: number, of: number) => void;
}

/** A preview of more is neither read nor meant. */
export const mostRows = 2_000;
const usualPerSecond = 20;
const mostEffects = 8;

interface Parts {
  readonly prisma: PrismaClient;
  readonly accounts: Pick<Accounts, 'completeTask' | 'tell'>;
  /** What a packet lacks is then seen in the preview too; when absent, it is refused as the bulk runs. */
  readonly letters?: LetterDoor;
  readonly nowMs?: () => number;
}

export function createBulkOffice({ prisma, accounts, letters, nowMs = Date.now }: Parts): BulkOffice {
  const found = async (id: string): Promise<StoredBulk> => {
    const bulk = await readBulk(prisma, id);
    if (bulk === null) throw new DomainError('bulk.unknown', `there is no bulk ${id}: preview one first`);
    return bulk;
  };
  return {
    bulk: (id) => readBulk(prisma, id),
    preview: async (selection, work) => {
      const rows = await rehearse(prisma, { selection, work, nowMs, letters });
      const id = randomUUID();
      const by = work.do === 'complete' ? work.form.by : work.by;
      await writeBulk(prisma, { id, hash: sha256([work, selection, rows]), by, selection, work, rows });
      return found(id);
    },
    run: async (id, hash, { most = mostRows, perSecond = usualPerSecond, onRow = () => {} } = {}) => {
      const bulk = await found(id);
      if (bulk.hash !== hash) throw new DomainError('bulk.other-preview', `bulk ${id} is the preview ${bulk.hash}, not ${hash}`);
      await markBulk(prisma, id, 'startedAt');
      const ahead = bulk.rows.filter(isAhead).slice(0, most);
      for (const [n, row] of ahead.entries()) {
        const startedMs = nowMs();
        await runRow({ prisma, accounts }, bulk, row);
        onRow(n + 1, ahead.length);
        const restMs = 1_000 / perSecond - (nowMs() - startedMs);
        if (n + 1 < ahead.length && restMs > 0) await sleep(restMs);
      }
      const after = await found(id);
      if (!after.rows.some(isAhead)) await markBulk(prisma, id, 'finishedAt');
      return found(id);
    },
  };
}

/** What was refused in the preview is not tried. */
function isAhead({ refusal, result }: StoredBulk['rows'][number]): boolean {
  return refusal === null && result === null;
}

async function runRow(
  { prisma, accounts }: Pick<Parts, 'prisma' | 'accounts'>,
  bulk: StoredBulk,
  row: StoredBulk['rows'][number],
): Promise<void> {
  const { accountId, taskId, number } = row;
  const at = { bulkId: bulk.id, number };
  const formId = keyed('bulk', bulk.id, accountId, taskId);
  const known = await readVerdict(prisma, formId);
  if (known !== null) return writeBulkResult(prisma, at, known);
  const task = (await readStandingAccount(prisma, accountId))?.account.tasks.find(({ id }) => id === taskId);
  if (task === undefined || fingerprintOf(task) !== row.fingerprint)
    return writeBulkResult(prisma, at, { result: 'changed', reason: 'the task is not as it was previewed: preview it again' });
  const telling = bulkTelling(bulk.work, taskId);
  const answer =
    'form' in telling
      ? await accounts.completeTask(accountId, { taskId, form: telling.form, formId })
      : await accounts.tell(accountId, { instruction: telling.instruction, formId });
  if (answer.kind === 'done') return writeBulkResult(prisma, at, { result: 'done', reason: null });
  if (answer.kind === 'refused') return writeBulkResult(prisma, at, { result: 'refused', reason: answer.reason });
  if (answer.kind === 'notRunning') return writeBulkResult(prisma, at, { result: 'refused', reason: 'the account is closed' });
  // Under way: it has no result yet, and the next run asks for it.
}

interface Rehearsal {
  readonly selection: BulkSelection;
  readonly work: BulkWork;
  readonly nowMs: () => number;
  readonly letters: LetterDoor | undefined;
}

/** Each task's turn is taken in memory, alone, and forgotten. */
async function rehearse(prisma: PrismaClient, { selection, work, nowMs, letters }: Rehearsal): Promise<readonly PlannedRow[]> {
  const selected = await selectTasks(prisma, { ...selection, limit: Math.min(selection.limit, mostRows) });
  const shifts = await readClockShifts(prisma, [...new Set(selected.map(({ accountId }) => accountId))]);
  const versions = new Map<string, Knowledge>();
  const rows: PlannedRow[] = [];
  for (const { accountId, taskId } of selected) {
    const standing = await readStandingAccount(prisma, accountId);
    const task = standing?.account.tasks.find(({ id }) => id === taskId);
    if (standing === null || task === undefined) continue;
    const hash = await readRulesFor(prisma, standing.openedAt);
    if (hash === null) throw new DomainError('rules.none', 'no payer rules were ever published: start the engine once, then try again');
    const knowledge = versions.get(hash) ?? knowledgeOf(await readRuleFiles(prisma, hash));
    versions.set(hash, knowledge);
    const asOf = instant(new Date(nowMs() + (shifts.get(accountId) ?? 0)).toISOString());
    const gaps = letters === undefined ? null : await gapsOf(letters, { accountId, task, work });
    rows.push({ accountId, taskId, fingerprint: fingerprintOf(task), ...played({ standing, taskId, work, asOf, gaps }, knowledge) });
  }
  return rows;
}

/** As `advance` will find them; null when nobody can be asked, and then the account refuses. */
async function gapsOf(
  letters: LetterDoor,
  { accountId, task, work }: { readonly accountId: string; readonly task: Task; readonly work: BulkWork },
): Promise<string | null> {
  if (work.do !== 'complete' || work.form.outcome !== 'ready' || packetPath(task) === null) return null;
  const { note, reference, authorizationNumber } = work.form;
  try {
    const { obstacles } = await letters.preview({ accountId, taskId: task.id, note, reference, authorizationNumber });
    return obstacles.length === 0 ? null : packetRefusal(obstacles, task.id);
  } catch (error) {
    if (error instanceof DomainError) return error.code === 'letter.no-api' ? null : packetRefusal([error.message], task.id);
    throw error;
  }
}

function played(
  about: {
    readonly standing: NonNullable<Awaited<ReturnType<typeof readStandingAccount>>>;
    readonly taskId: string;
    readonly work: BulkWork;
    readonly asOf: Instant;
    readonly gaps: string | null;
  },
  knowledge: Knowledge,
): Pick<PlannedRow, 'effects' | 'refusal'> {
  const { standing, taskId, work, asOf, gaps } = about;
  const forms = [{ formId: 'preview', taskId, gaps, ...bulkTelling(work, taskId) }];
  const { events, refusals } = advanceAccount({ account: standing.account, arrivals: [], forms, asOf }, knowledge);
  const refusal = refusals[0]?.reason ?? null;
  return { refusal, effects: refusal === null ? events.map(describeEvent).slice(0, mostEffects) : [] };
}

/** Of all that a person would look at before saying the same of it. */
function fingerprintOf({
  kind,
  queue,
  title,
  reason,
  ruleId,
  subject,
  safeByOn,
  legalOn,
  amountCents,
  status,
  assignee = null,
}: Task): string {
  return sha256([kind, queue, title, reason, ruleId, subject, safeByOn, legalOn, amountCents, status, assignee]);
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
