import { type CivilDate, civilDate } from '../domain/civil-date.ts';
import type { Action } from '../domain/decision.ts';
import type { AskedDecision, Difference, Pair } from './compare.ts';
import { amountOf, type Destination, destinations, windowEnd } from './outcome.ts';

/**
 * What a what-if has counted so far. Plain JSON, so that it is stored between pages and a run goes on where another was ended: the same
 * decisions in the same order give the same tally, however often the run was interrupted.
 */
export interface Tally {
  decisions: number;
  /** Decisions that another rule would win or that would be answered otherwise. */
  changed: Sum;
  /** Of these, those that would be answered otherwise. */
  answered: Sum;
  flows: Record<string, Flow>;
  directions: Record<string, Direction>;
  /** The ten largest of all. */
  largest: Example[];
  late: { inTime: Sum; tooLate: Sum; noWindow: Sum; list: LateDecision[] };
  open: OpenTally;
}

/** A decision counts each time it was made: a case decided three times counts three times. */
export interface Sum {
  count: number;
  cents: number;
}

export interface Flow extends Sum {
  readonly fromRule: string;
  readonly fromAction: Action;
  readonly toRule: string;
  readonly toAction: Action;
  largest: Example;
}

export interface Direction extends Sum {
  readonly from: Destination;
  readonly to: Destination;
}

export interface Example {
  readonly decisionId: string;
  readonly amountCents: number;
}

export interface LateDecision {
  readonly decisionId: string;
  readonly decidedOn: string;
  readonly ruleId: string;
  readonly action: Action;
  readonly amountCents: number;
  /** Null when no window is known. */
  readonly windowEndsOn: CivilDate | null;
}

/** Counted on the decisions that stand: each balance once. */
export interface OpenTally {
  accounts: number;
  standing: number;
  moved: { accounts: number; action: number; owner: number; date: number; cents: number };
  directions: Record<string, Direction>;
  queues: Record<string, { before: number; after: number }>;
  atRisk: Sum;
  movedList: MovedAccount[];
  atRiskList: DateAtRisk[];
}

export interface MovedAccount {
  readonly account: string;
  readonly decisionId: string;
  readonly from: Difference['from'];
  readonly to: Difference['to'];
  readonly amountCents: number;
}

export interface DateAtRisk {
  readonly account: string;
  readonly what: string;
  readonly why: 'outwaited' | 'shortened' | 'late';
  readonly liveOn: CivilDate | null;
  readonly draftOn: CivilDate;
  readonly amountCents: number;
}

/** An open account as it stands. */
export interface OpenAccount {
  readonly account: string;
  readonly tasks: readonly { readonly id: string; readonly queue: string }[];
  /** The decisions that brought it here and still hold, with the open task of each if it has one. */
  readonly standing: readonly { readonly asked: AskedDecision; readonly taskId: string | null; readonly difference: Difference | null }[];
  /** Its deadlines that the draft's policies date otherwise. */
  readonly dates: readonly DateAtRisk[];
}

const kept = { examples: 10, late: 100, moved: 100, atRisk: 100 };

export function emptyTally(): Tally {
  const none = (): Sum => ({ count: 0, cents: 0 });
  return {
    decisions: 0,
    changed: none(),
    answered: none(),
    flows: {},
    directions: {},
    largest: [],
    late: { inTime: none(), tooLate: none(), noWindow: none(), list: [] },
    open: {
      accounts: 0,
      standing: 0,
      moved: { accounts: 0, action: 0, owner: 0, date: 0, cents: 0 },
      directions: {},
      queues: {},
      atRisk: none(),
      movedList: [],
      atRiskList: [],
    },
  };
}

/** Counts one decision of the past. `today` is the day on which the draft would be published. */
export function countDecision(tally: Tally, asked: AskedDecision, about: { readonly pair: Pair | null; readonly today: CivilDate }): void {
  const { pair, today } = about;
  tally.decisions += 1;
  if (pair === null) return;
  const amountCents = amountOf(asked.facts);
  add(tally.changed, amountCents);
  const example = { decisionId: asked.id, amountCents };
  countFlow(tally, pair, example);
  keep(tally.largest, example, { size: kept.examples, order: largestFirst });
  if (!pair.isOtherAnswer) return;
  add(tally.answered, amountCents);
  move(tally.directions, pair.from.answer.action, pair.to.answer.action, amountCents);
  if (pair.isLate) countLate(tally, asked, { pair, today, amountCents });
}

export function countAccount({ open }: Tally, { account, tasks, standing, dates }: OpenAccount): void {
  open.accounts += 1;
  open.standing += standing.length;
  for (const { queue } of tasks) {
    load(open, queue).before += 1;
    load(open, queue).after += 1;
  }
  const queueOf = new Map(tasks.map(({ id, queue }) => [id, queue]));
  const moved = standing.flatMap(({ asked, taskId, difference }) => (difference === null ? [] : [{ asked, taskId, difference }]));
  for (const { taskId, difference } of moved) moveTask(open, queueOf.get(taskId ?? '') ?? null, difference);
  const real = moved.filter(({ difference: { moves } }) => moves.action || moves.owner || moves.date);
  if (real.length > 0) open.moved.accounts += 1;
  for (const { asked, difference } of real) countMove(open, account, asked, difference);
  const outwaits = moved.flatMap(({ difference: { atRisk, amountCents, from } }): DateAtRisk[] =>
    atRisk === null ? [] : [{ account, what: atRisk.window, why: 'outwaited', liveOn: from.dueOn, draftOn: atRisk.on, amountCents }],
  );
  for (const risk of [...outwaits, ...dates]) {
    add(open.atRisk, risk.amountCents);
    keep(open.atRiskList, risk, {
      size: kept.atRisk,
      order: (a, b) => text(a.draftOn, b.draftOn) || text(a.account, b.account) || text(a.what, b.what),
    });
  }
}

function countMove(open: OpenTally, account: string, asked: AskedDecision, { from, to, moves, amountCents }: Difference): void {
  if (moves.action) open.moved.action += 1;
  if (moves.owner) open.moved.owner += 1;
  if (moves.date) open.moved.date += 1;
  open.moved.cents += amountCents;
  move(open.directions, from.action, to.action, amountCents);
  const row = { account, decisionId: asked.id, from, to, amountCents };
  keep(open.movedList, row, { size: kept.moved, order: (a, b) => b.amountCents - a.amountCents || text(a.decisionId, b.decisionId) });
}

/** A task leaves the queue in which it really waits, whatever the live rules would say today. */
function moveTask(open: OpenTally, waitsIn: string | null, { from, to }: Difference): void {
  if (from.taskQueue === to.taskQueue) return;
  if (waitsIn !== null) load(open, waitsIn).after -= 1;
  if (to.taskQueue !== null) load(open, to.taskQueue).after += 1;
}

function countLate(
  { late }: Tally,
  asked: AskedDecision,
  about: { readonly pair: Pair; readonly today: CivilDate; readonly amountCents: number },
): void {
  const { pair, today, amountCents } = about;
  const { id: ruleId, answer } = pair.to;
  const windowEndsOn = windowEnd(answer.action, asked.facts, civilDate(asked.asOf));
  add(windowEndsOn === null ? late.noWindow : windowEndsOn < today ? late.tooLate : late.inTime, amountCents);
  if (windowEndsOn === null || windowEndsOn < today) return;
  const row = { decisionId: asked.id, decidedOn: asked.asOf, ruleId, action: answer.action, amountCents, windowEndsOn };
  keep(late.list, row, {
    size: kept.late,
    order: (a, b) => text(a.windowEndsOn ?? '', b.windowEndsOn ?? '') || text(a.decisionId, b.decisionId),
  });
}

function countFlow({ flows }: Tally, { from, to }: Pair, example: Example): void {
  const [fromAction, toAction] = [from.answer.action, to.answer.action];
  const key = `${from.id} ${fromAction} → ${to.id} ${toAction}`;
  const flow = (flows[key] ??= { fromRule: from.id, fromAction, toRule: to.id, toAction, largest: example, count: 0, cents: 0 });
  add(flow, example.amountCents);
  if (largestFirst(example, flow.largest) < 0) flow.largest = example;
}

/** First the largest of each flow, so that ten examples show ten kinds of change before they show one kind twice; then the largest of all. */
export function chosenExamples({ flows, largest }: Tally): readonly Example[] {
  const firsts = Object.values(flows)
    .map((flow) => flow.largest)
    .sort(largestFirst)
    .slice(0, kept.examples);
  const others = largest.filter(({ decisionId }) => firsts.every((first) => first.decisionId !== decisionId));
  return [...firsts, ...others].slice(0, kept.examples);
}

function largestFirst(a: Example, b: Example): number {
  return b.amountCents - a.amountCents || text(a.decisionId, b.decisionId);
}

function move(directions: Record<string, Direction>, from: Action, to: Action, amountCents: number): void {
  const [source, target] = [destinations[from], destinations[to]];
  if (source === target) return;
  add((directions[`${source} → ${target}`] ??= { from: source, to: target, count: 0, cents: 0 }), amountCents);
}

function load({ queues }: OpenTally, queue: string): { before: number; after: number } {
  return (queues[queue] ??= { before: 0, after: 0 });
}

function add(sum: Sum, amountCents: number): void {
  sum.count += 1;
  sum.cents += amountCents;
}

/** Keeps a list in order and short. */
function keep<T>(list: T[], row: T, { size, order }: { readonly size: number; readonly order: (a: T, b: T) => number }): void {
  const last = list.at(-1);
  if (list.length >= size && last !== undefined && order(last, row) <= 0) return;
  const at = list.findIndex((other) => order(row, other) < 0);
  list.splice(at === -1 ? list.length : at, 0, row);
  if (list.length > size) list.pop();
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
