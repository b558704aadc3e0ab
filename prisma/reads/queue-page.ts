import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import { type TaskKind, taskOutcomes } from '../../rules/domain/task.ts';
import { isUnmatchedKind, unmatchedOutcomes } from '../../rules/domain/unmatched.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import type { Candidate } from '../../rules/matching/rank.ts';
import { candidatesOf, centsOf, civilOf, civilOrNull } from '../convert.ts';

/** One work item as a queue shows it; nothing that names a patient. */
export interface QueueTask {
  readonly id: string;
  /** Null for what no account was found for. */
  readonly accountId: string | null;
  readonly accountNumber: string | null;
  /** `t3`: with the account, how the task is named when it is completed; the task's own id when there is no account. */
  readonly taskId: string;
  readonly kind: string;
  readonly queue: string;
  readonly title: string;
  readonly reason: string;
  readonly ruleId: string;
  readonly payerId: string;
  readonly openedOn: CivilDate;
  readonly safeByOn: CivilDate | null;
  readonly legalOn: CivilDate | null;
  readonly amountCents: Cents;
  readonly outcomes: readonly string[];
  /** Who works it. */
  readonly assignee: string | null;
  readonly candidates: readonly Candidate[];
}

export interface QueuePage {
  readonly tasks: readonly QueueTask[];
  /** Give it back to get what follows; null at the end. */
  readonly next: string | null;
}

export interface QueueQuestion {
  /** All queues when absent. */
  readonly queue?: string;
  /** Only what this person works. */
  readonly assignee?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Open tasks, the most urgent first: by safeBy, then in the order in which they were opened. */
export async function readQueuePage(db: Database, { queue, assignee, after, limit }: QueueQuestion): Promise<QueuePage> {
  const rows = await db.task.findMany({
    where: {
      facilityId,
      status: 'open',
      ...(queue === undefined ? {} : { queue }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(after === undefined ? {} : followingOn(after)),
    },
    orderBy: [{ sortOn: 'asc' }, { id: 'asc' }],
    take: limit + 1,
    include: { account: { select: { accountNumber: true } } },
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? `${civilOf(last.sortOn)}_${last.id}` : null;
  return { tasks: page.map(toQueueTask), next };
}

export async function countByQueue(db: Database): Promise<Readonly<Record<string, number>>> {
  const rows = await db.task.groupBy({ by: ['queue'], where: { facilityId, status: 'open' }, _count: true });
  return Object.fromEntries(rows.map(({ queue, _count }) => [queue, _count]));
}

function followingOn(after: string) {
  const [day = '', id = ''] = after.split('_');
  const sortOn = new Date(`${day}T00:00:00.000Z`);
  // The first condition says again what the second does, in words an index understands.
  return { sortOn: { gte: sortOn }, OR: [{ sortOn: { gt: sortOn } }, { sortOn, id: { gt: id } }] };
}

type TaskRow = Awaited<ReturnType<Database['task']['findMany']>>[number] & { readonly account: { readonly accountNumber: string } | null };

function toQueueTask(row: TaskRow): QueueTask {
  const { id, accountId, localId, kind, queue, title, reason, ruleId, payerId, assignee } = row;
  const dates = { openedOn: civilOf(row.openedOn), safeByOn: civilOrNull(row.safeByOn), legalOn: civilOrNull(row.legalOn) };
  const outcomes = isTaskKind(kind) ? taskOutcomes[kind] : isUnmatchedKind(kind) ? unmatchedOutcomes[kind] : [];
  const candidates = candidatesOf(row.candidates);
  const accountNumber = row.account?.accountNumber ?? null;
  const said = { kind, queue, title, reason, ruleId, payerId, assignee, amountCents: centsOf(row.amountCents) };
  const taskId = accountId === null ? id : localId;
  return { id, accountId, accountNumber, taskId, ...said, ...dates, outcomes, candidates };
}

function isTaskKind(kind: string): kind is TaskKind {
  return kind in taskOutcomes;
}
