import type { Account } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';
import type { Instruction } from '../domain/instruction.ts';
import type { PastEvent, SubmittedInstruction } from './contract.ts';
import { describeEvent, words } from './describe.ts';
import { emptyAccount, evolve } from './evolve.ts';
import type { Restored } from './restored.ts';
import type { Turn } from './turn.ts';

type Step = AccountEvent & { readonly formId: string };

/** What people do: each is a step that can be taken back. To take back an undo is to do it again. */
const steps: ReadonlySet<string> = new Set(['taskCompleted', 'decisionOverridden', 'holdPlaced', 'holdReleased', 'promiseMade']);
/** What may come after a step without building on it. */
const harmless: ReadonlySet<string> = new Set(['taskAssigned', 'stepUndone']);
/** What left the house, or moved money: it can be answered, not undone. */
const lasting: ReadonlySet<string> = new Set(['commandIssued', 'ledgerPosted', 'commandCarriedOut']);
/** What a step sets in motion by itself. Anything else in its turn came from elsewhere. */
const foreign: ReadonlySet<string> = new Set([
  'accountOpened',
  'submissionSent',
  'submissionAcknowledged',
  'statusAnswered',
  'documentsRequested',
  'remittancePosted',
  'patientPaid',
  'planOffered',
  'planAgreed',
  'planCancelled',
  'patientPaymentReversed',
  'vendorAcknowledged',
  'vendorReturned',
  'assistanceApplied',
  'assistanceScreened',
  'personAssistanceChanged',
  'holdReported',
  'refundReturned',
  'personHoldChanged',
  'rulesChanged',
  'timerFired',
  'deadlineReached',
]);

/**
 * Takes a person's step back where nothing left the house and nothing builds on it: the account is folded again from its history without that
 * step, and `stepUndone` says which parts of it that changes. Neither the step nor the undo is ever erased.
 */
export function undo(
  turn: Turn,
  { formId, instruction }: SubmittedInstruction & { readonly instruction: Extract<Instruction, { do: 'undo' }> },
  history: readonly PastEvent[],
): string | null {
  const undone = new Set(turn.account.undone?.map((u) => u.formId));
  const found = history.findLast(({ event }) => isMeant(event, instruction) && !undone.has(formOf(event)));
  if (found === undefined) return history.some(({ event }) => isMeant(event, instruction)) ? 'it was undone already' : nothing(instruction);
  const step = found.event;
  const own = history.filter(({ seq }) => seq === found.seq).map(({ event }) => event);
  const undoneTurns = new Set(history.filter(({ event }) => isStep(event) && undone.has(formOf(event))).map(({ seq }) => seq));
  const later = history.filter(({ seq, event }) => seq > found.seq && !(undoneTurns.has(seq) && event.kind !== 'stepUndone'));
  const refusal = refusalOf(step, own, [...later.map(({ event }) => event), ...turn.events]);
  if (refusal !== null) return refusal;
  const before = history.filter(({ seq }) => seq < found.seq).map(({ event }) => event);
  const kept = [...later.map(({ event }) => event), ...turn.events].filter(({ kind }) => kind === 'taskAssigned');
  const restored = kept.reduce(evolve, before.reduce(evolve, emptyAccount(turn.account.id)));
  const tasks = turn.account.tasks.length - restored.tasks.length;
  const decisions = turn.account.decided.length - restored.decided.length;
  const { by, reason } = instruction;
  const what = describeEvent(step);
  const said = { undoes: formOf(step), what, reason, by, on: turn.today, formId };
  turn.record({ kind: 'stepUndone', ...said, tasks, decisions, restores: { ...differing(turn.account, restored) } });
  return null;
}

function isStep(event: AccountEvent): event is Step {
  return steps.has(event.kind) && 'formId' in event;
}

function formOf(event: AccountEvent): string {
  return isStep(event) ? event.formId : '';
}

function isMeant(event: AccountEvent, { taskId, formId }: Extract<Instruction, { do: 'undo' }>): boolean {
  if (!isStep(event)) return false;
  if (formId !== undefined) return event.formId === formId;
  return taskId === undefined || (event.kind === 'taskCompleted' && event.taskId === taskId);
}

function nothing({ taskId, formId }: Extract<Instruction, { do: 'undo' }>): string {
  if (formId !== undefined) return 'no step was taken under that id that could be undone';
  return taskId === undefined ? 'no person did anything yet that could be undone' : `nobody completed task ${taskId}`;
}

function refusalOf(step: AccountEvent, own: readonly AccountEvent[], later: readonly AccountEvent[]): string | null {
  const left = own.find(({ kind }) => lasting.has(kind));
  if (left !== undefined) return `it cannot be undone: ${leftInWords(left)}`;
  const others = own.find((event) => foreign.has(event.kind) || (isStep(event) && event !== step));
  if (others !== undefined) return `it cannot be undone: at the same moment came "${describeEvent(others)}"`;
  const building = later.find(({ kind }) => !harmless.has(kind));
  return building === undefined ? null : `it cannot be undone: later events build on it, first "${describeEvent(building)}"`;
}

function leftInWords(event: AccountEvent): string {
  if (event.kind === 'commandIssued') return `it has left the house or is on its way (${words(event.command.kind)})`;
  return `money was posted (${describeEvent(event)})`;
}

/** The parts of the account that are not the same in both, as the second has them. */
function differing(now: Account, before: Account): Restored {
  const restored: { -readonly [K in keyof Restored]: Restored[K] } = {};
  for (const key of Object.keys({ ...now, ...before })) if (isPart(key, before)) copyIfOther(restored, { now, before }, key);
  return restored;
}

function isPart(key: string, account: Account): key is Exclude<keyof Account, 'id' | 'eventCount' | 'undone'> {
  return key !== 'id' && key !== 'eventCount' && key !== 'undone' && (key in account || key === 'overrides');
}

function copyIfOther<K extends keyof Restored>(
  into: { -readonly [P in keyof Restored]: Restored[P] },
  { now, before }: { readonly now: Account; readonly before: Account },
  key: K,
): void {
  if (JSON.stringify(now[key]) === JSON.stringify(before[key])) return;
  into[key] = before[key];
  // JSON keeps no key without a value: no overrides yet is an empty list.
  if (key === 'overrides') into.overrides = before.overrides ?? [];
}
