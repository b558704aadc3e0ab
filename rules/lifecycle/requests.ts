import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { Subject, Task, TaskForm } from '../domain/task.ts';
import { standingRemittances } from './balances.ts';
import { claimOf } from './facts.ts';
import type { Turn } from './turn.ts';

/** After documents or an overturned dispute the money should come within this many days; then someone calls. */
export const paymentDays = 30;

/** The payer has what it asked for: what it does with the claim is waited for, unless it has said so by now. */
export function waitForClaim(turn: Turn, subject: Subject, on: CivilDate): void {
  const claim = claimOf(turn.account, subject);
  if (subject.kind === 'claim' && (claim === null || standingRemittances(claim).length > 0)) return;
  turn.setTimer('payment', subject, addDays(on, paymentDays));
}

/** The documents a payer asked for leave under its own control number, once for each request. */
export function sendRequested(turn: Turn, task: Task): void {
  const claim = claimOf(turn.account, task.subject);
  if (claim === null) return;
  turn.issueCommand('sendDocuments', task.subject, {
    sequence: claim.sequence,
    level: 1,
    amountCents: task.amountCents,
    formTask: task.id,
    request: task.id,
    attachmentControlNumber: task.attachmentControlNumber ?? null,
  });
}

/** A request is answered by what leaves, here or elsewhere with the payer's receipt; one that asks the patient sends the payer nothing. */
export function refusalOfAnswer(task: Task, form: TaskForm): string | null {
  if (task.kind !== 'answerRequest') return null;
  const asksPatient = task.attachmentControlNumber === undefined;
  if (form.outcome === 'ready' && asksPatient)
    return 'the payer asks the patient here, and there is no packet to send it; choose answered once the patient was asked';
  if (form.outcome === 'answered' && !asksPatient && (form.reference ?? '') === '')
    return 'documents that went to the payer another way need the receipt it gave (reference); choose ready to send them from here';
  return null;
}

/** What became of sending documents is still a person's to settle, whatever the payer says of the claim. */
export function isAboutRequest(turn: Turn, task: Task): boolean {
  const kind = turn.account.tasks.find(({ id }) => id === task.of)?.kind ?? task.kind;
  return (
    kind === 'answerRequest' ||
    turn.account.commands.some(({ command }) => command.key === task.commandKey && command.kind === 'sendDocuments')
  );
}
