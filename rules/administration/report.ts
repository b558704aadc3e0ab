import { type CivilDate, daysBetween } from '../domain/civil-date.ts';
import type { Decision, DecisionPoint, ReceiptLeaf, RuleAnswer } from '../domain/decision.ts';
import { inForceBy, inForceWords, isInForce } from '../engine/effective.ts';
import { evaluator } from '../engine/evaluate.ts';
import { leafWords } from '../engine/explain.ts';
import { obstacleTo } from '../engine/obstacle.ts';
import type { RuleSet } from '../engine/rule.ts';
import { type AskedDecision, changedRules, type CompareOptions, removedRules } from './compare.ts';
import { amountOf } from './outcome.ts';
import type { Direction, Flow, LateDecision, OpenTally, Sum, Tally } from './tally.ts';

/** What an approver reads: the same tally and rules give the same report. */
export interface WhatIfReport {
  readonly contentHash: string;
  /** Number of the live publication it was compared with. */
  readonly baseNumber: number;
  readonly liveHash: string;
  readonly draftHash: string;
  readonly publishedOn: CivilDate;
  readonly askedOn: CivilDate | null;
  readonly rules: { readonly changed: readonly string[]; readonly removed: readonly string[]; readonly notYetInForce: readonly string[] };
  readonly decisions: number;
  readonly changed: Sum;
  readonly answered: Sum;
  /** By dollars. */
  readonly flows: readonly Flow[];
  readonly directions: readonly Direction[];
  readonly late: Omit<Tally['late'], 'list'> & { readonly list: readonly (LateDecision & { readonly daysLeft: number | null })[] };
  readonly open: Omit<OpenTally, 'directions' | 'queues'> & {
    readonly directions: readonly Direction[];
    readonly queues: readonly { readonly queue: string; readonly before: number; readonly after: number }[];
  };
  readonly examples: readonly WhatIfExample[];
}

export interface WhatIfExample {
  readonly decisionId: string;
  readonly account: string;
  readonly point: DecisionPoint;
  readonly asOf: string;
  readonly amountCents: number;
  readonly live: Trace;
  readonly draft: Trace;
}

/** One side of an example, leaf by leaf. */
export interface Trace {
  readonly answer: RuleAnswer;
  readonly leaves: readonly ReceiptLeaf[];
  /** Why the winner of the other side does not win here. */
  readonly other: string;
}

export interface ReportContext extends CompareOptions {
  readonly contentHash: string;
  readonly baseNumber: number;
  readonly live: RuleSet;
  readonly draft: RuleSet;
}

export function reportOf(tally: Tally, context: ReportContext, examples: readonly WhatIfExample[]): WhatIfReport {
  const { contentHash, baseNumber, publishedOn, askedOn, live, draft } = context;
  const { decisions, changed, answered, flows, directions, late, open } = tally;
  const changedOnes = [...changedRules(live, draft)];
  const last = askedOn ?? publishedOn;
  return {
    contentHash,
    baseNumber,
    liveHash: live.hash,
    draftHash: draft.hash,
    publishedOn,
    askedOn,
    rules: {
      changed: changedOnes.map(({ id }) => id),
      removed: removedRules(live, draft).map(({ id }) => id),
      notYetInForce: changedOnes.filter(({ meta }) => meta.effective.from > last).map(({ id }) => id),
    },
    decisions,
    changed,
    answered,
    flows: byDollars(flows),
    directions: byDollars(directions),
    late: {
      ...late,
      list: late.list.map((row) => ({ ...row, daysLeft: row.windowEndsOn === null ? null : daysBetween(publishedOn, row.windowEndsOn) })),
    },
    open: { ...open, directions: byDollars(open.directions), queues: queuesOf(open) },
    examples,
  };
}

/** The same decision by both sets with everything that was compared. `account` is its number. */
export function exampleOf(asked: AskedDecision, account: string, context: ReportContext): WhatIfExample {
  const on = context.askedOn ?? asked.asOf;
  const [live, draft] = [evaluator(context.live)(asked.facts, on), evaluator(context.draft)(asked.facts, on)];
  return {
    decisionId: asked.id,
    account,
    point: live.receipt.point,
    asOf: on,
    amountCents: amountOf(asked.facts),
    live: traceOf(live, context.live, draft.answer.ruleId),
    draft: traceOf(draft, context.draft, live.answer.ruleId),
  };
}

function traceOf({ answer, receipt }: Decision, ruleSet: RuleSet, otherId: string): Trace {
  return { answer, leaves: receipt.winner.leaves, other: whyNot(otherId, ruleSet, { answer, receipt }) };
}

function whyNot(otherId: string, { rules }: RuleSet, { answer, receipt: { facts, asOf } }: Decision): string {
  if (otherId === answer.ruleId) return 'the same rule, with another answer';
  const other = rules.find(({ id }) => id === otherId);
  if (other === undefined) return `${otherId} is not in this set`;
  if (other.meta.status !== 'active') return `${otherId} is paused`;
  if (!isInForce(other, facts, asOf)) return `${otherId} is not in force ${inForceWords(inForceBy(other, facts, asOf))}`;
  const obstacle = obstacleTo(other.condition, facts);
  if (obstacle === null) return `${otherId} matches too and has the lower priority ${other.priority}`;
  return `${otherId} fails at ${obstacle.first.pointer}: ${leafWords(obstacle.first)}`;
}

function byDollars<T extends Sum>(sums: Readonly<Record<string, T>>): readonly T[] {
  return Object.entries(sums)
    .sort(([a, x], [b, y]) => y.cents - x.cents || y.count - x.count || (a < b ? -1 : 1))
    .map(([, sum]) => sum);
}

function queuesOf({ queues }: OpenTally) {
  return Object.entries(queues)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([queue, { before, after }]) => ({ queue, before, after }));
}
