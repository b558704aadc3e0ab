import type { Queue, RuleAnswer } from '../domain/decision.ts';
import type { Subject, Task, TaskForm } from '../domain/task.ts';
import { bucketBalance, findCase } from './balances.ts';
import { routeToPerson } from './consequences.ts';
import { words } from './describe.ts';
import { accountProtection, askWhoseShare, caseProtection, mayBecomePatients } from './patient-share.ts';
import { placeHold, proposeWriteOff, releaseHold } from './react-holds.ts';
import { transferToPatient } from './transfer.ts';
import type { Turn } from './turn.ts';

const patient: Subject = { kind: 'patient' };

/** Why the patient cannot owe it, whatever the reviewer says; null when the patient may. */
export function refusalOfShare(turn: Turn, task: Task, form: TaskForm): string | null {
  if (task.kind !== 'reviewPatientShare' || form.outcome !== 'patientOwes' || task.subject.kind !== 'case') return null;
  const c = findCase(turn.account, task.subject.caseId)?.case;
  if (c === undefined) return 'the case is not there any more';
  if (!mayBecomePatients(c)) return 'only an amount under group PR or PI may become the patient’s (CO never)';
  const found = caseProtection(turn.account, c);
  return found === null ? null : `${found.because}; choose ${found.kind}`;
}

/** Whose it is: the patient's, and it is billed; or not, and why. */
export function shareReviewed(turn: Turn, task: Task, form: TaskForm): void {
  const { subject } = task;
  const why = `${form.by} looked whether the patient owes it: ${words(form.outcome)}.`;
  if (subject.kind === 'patient') return form.outcome === 'patientOwes' ? freed(turn) : proposeWriteOff(turn, why);
  if (form.outcome === 'patientOwes') return transferToPatient(turn, subject, why);
  if (form.outcome === 'qmbMedicaid' || form.outcome === 'veteran')
    placeHold(turn, { hold: form.outcome, on: turn.today, source: 'lifecycle' });
  routeToPerson(turn, subject, answerOf(task.queue, `${why} ${task.reason}`), null);
}

function freed(turn: Turn): void {
  releaseHold(turn, 'qmbMedicaid');
  releaseHold(turn, 'veteran');
}

function answerOf(queue: Queue, why: string): RuleAnswer {
  return { ruleId: 'lifecycle', action: 'routeToPerson', queue, timer: null, why, citation: '', params: {} };
}

/** A balance that may not be the patient's at all is held from the turn in which it arises, and somebody is asked. */
export function keepShareReviewed(turn: Turn): void {
  if (bucketBalance(turn.account, 'patient') <= 0) return;
  const found = accountProtection(turn.account);
  if (found === null || turn.account.holds.some(({ reason }) => reason === found.kind)) return;
  placeHold(turn, { hold: found.kind, on: turn.today, source: 'lifecycle' });
  turn.cancelTimers(patient);
  askWhoseShare(turn, patient, answerOf('coordinationOfBenefits', 'A payer left an amount to the patient.'));
}
