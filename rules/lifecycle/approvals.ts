import { z } from 'zod';
import { type ApprovalLimit, approvedActions, type ApprovedAction } from '../domain/approval.ts';
import { isCivilDate } from '../domain/civil-date.ts';
import { queues } from '../domain/decision.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import { reaches, roles } from '../domain/role.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Task, TaskForm } from '../domain/task.ts';
import { findCase } from './balances.ts';
import type { Knowledge } from './contract.ts';
import { words } from './describe.ts';
import type { Turn } from './turn.ts';

const date = z.string().refine(isCivilDate, 'a date that exists, written YYYY-MM-DD').pipe(z.custom<ApprovalLimit['from']>());
const limit = z.strictObject({
  action: z.enum(approvedActions),
  from: date,
  overCents: z.int().min(0),
  role: z.enum(roles),
  secondPerson: z.boolean(),
  queue: z.enum(queues).nullable(),
});
const limits = z
  .strictObject({
    title: z.string(),
    source: z.string().min(1),
    seenOn: date,
    confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']),
    limits: z.array(limit).refine((all) => new Set(all.map((l) => `${l.action} ${l.from} ${l.overCents}`)).size === all.length, {
      message: 'one action, day and amount has one limit',
    }),
  })
  .transform(({ limits: all }) => all);

/**
 * Reads rules/reference/approval-limits.json.
 * @throws DomainError `reference.approval-limits`, naming every fault by its path
 */
export function readApprovalLimits(file: string): readonly ApprovalLimit[] {
  return readReferenceFile(limits, file, 'reference.approval-limits');
}

/** The bands of an action that begin on one day replace all earlier bands of that action. */
export function approvalBy(all: readonly ApprovalLimit[]): Knowledge['approval'] {
  return (action, amount, on) => {
    const begun = all.filter((l) => l.action === action && l.from <= on);
    const from = begun.reduce((latest, l) => (l.from > latest ? l.from : latest), '');
    return begun.filter((l) => l.from === from && amount > l.overCents).sort((a, b) => b.overCents - a.overCents)[0] ?? null;
  };
}

/** What the yes to this task lets happen; null when nothing is posted and nothing leaves the house by it. */
export function actionOf(turn: Turn, task: Task): ApprovedAction | null {
  switch (task.kind) {
    case 'approveWriteOff':
      return 'writeOff';
    case 'approveRefund':
      return 'refund';
    case 'approveAward':
      return 'assistanceAward';
    case 'prepareAppeal':
      return 'appeal';
    case 'prepareReconsideration':
      return 'reconsideration';
    case 'prepareDocuments':
      return 'documents';
    case 'answerRequest':
      return task.attachmentControlNumber === undefined ? null : 'documents';
    case 'correctClaim':
      return claimAction(turn, task);
    case 'approveSending': {
      const proposed = turn.account.tasks.find(({ id }) => id === task.of);
      return proposed === undefined ? null : actionOf(turn, proposed);
    }
    default:
      return null;
  }
}

function claimAction(turn: Turn, { subject }: Task): ApprovedAction {
  const path = subject.kind === 'case' ? findCase(turn.account, subject.caseId)?.case.paths.at(-1)?.kind : undefined;
  return path === 'void' ? 'voidClaim' : path === 'replacement' ? 'replacementClaim' : 'newClaim';
}

/** Why this person may not say yes to it, in words for that person. */
export function refusalOfApproval(turn: Turn, task: Task, form: TaskForm): string | null {
  const action = form.outcome === 'approved' ? actionOf(turn, task) : null;
  const needed = action === null ? null : turn.knowledge.approval(action, Math.abs(task.amountCents), turn.today);
  if (action === null || needed === null) return null;
  if (needed.secondPerson && form.by === task.proposedBy)
    return `${form.by} asked for this ${words(action).replace(' ', '-')}, so another person must approve it`;
  if (reaches(form.role, needed.role)) return null;
  const over = needed.overCents === 0 ? '' : ` over ${dollars(cents(needed.overCents))}`;
  return `a ${words(action)}${over} needs the yes of a ${needed.role}; stated was ${form.role ?? 'no role'} (role)`;
}

/** Who must look at it before it leaves the house; null when the one who made it ready is enough. */
export function reviewOf(turn: Turn, task: Task): ReturnType<Knowledge['approval']> {
  const action = actionOf(turn, task);
  const needed = action === null ? null : turn.knowledge.approval(action, Math.abs(task.amountCents), turn.today);
  return needed?.secondPerson === true ? needed : null;
}
