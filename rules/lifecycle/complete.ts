import type { Queue, RuleAnswer } from '../domain/decision.ts';
import { assertNever } from '../domain/failures.ts';
import type { Subject, Task, TaskForm } from '../domain/task.ts';
import { addDays } from '../domain/civil-date.ts';
import { bucketBalance, payerBucket } from './balances.ts';
import { carryOut, routeToPerson } from './consequences.ts';
import { investigate, refundableCents } from './credits.ts';
import type { SubmittedForm } from './contract.ts';
import { followAssistance, isAboutAssistance } from './complete-assistance.ts';
import { correctClaim } from './take-path.ts';
import { claimOf } from './facts.ts';
import { coverageAnswered } from './found-coverage.ts';
import { proposedBy, sendOrReview } from './second-person.ts';
import { sendAgain } from './send-again.ts';
import { attemptedOn } from './oral-attempt.ts';
import { sendNow } from './send-now.ts';
import { acceptPlan } from './accept-plan.ts';
import { refusalOf } from './legal.ts';
import { followHoldWork } from './complete-holds.ts';
import { followSent } from './react-command.ts';
import { patientSettled } from './react-patient.ts';
import { paymentDays, waitForClaim } from './requests.ts';
import { refusalOfForm } from './refuse-form.ts';
import { subjectKey, type Turn } from './turn.ts';
import { answerKinds } from './windows.ts';

/** Takes a person's outcome. @returns why it is refused, in words for that person, or null when it was taken. */
export function complete(turn: Turn, { formId, taskId, form, gaps = null }: SubmittedForm): string | null {
  const task = turn.account.tasks.find((t) => t.id === taskId);
  if (task === undefined) return `there is no task ${taskId} on this account`;
  const refusal = refusalOfForm(turn, task, form) ?? gaps;
  if (refusal !== null) return refusal;
  turn.record({
    kind: 'taskCompleted',
    taskId,
    formId,
    outcome: form.outcome,
    by: form.by,
    on: form.on ?? attemptedOn(turn, task, form) ?? turn.today,
    reference: form.reference ?? null,
    hasAuthorization: form.authorizationNumber !== undefined,
    instalmentCents: form.instalmentCents ?? null,
    corrected: correctedFields(form),
    ...(form.evidence === undefined ? {} : { evidence: form.evidence }),
    ...(form.role === undefined ? {} : { role: form.role }),
  });
  follow(turn, task, form);
  return null;
}

function correctedFields(form: TaskForm): readonly string[] {
  const names = ['memberId', 'renderingProviderNpi', 'authorizationNumber'] as const;
  return names.filter((name) => form[name] !== undefined);
}

/** What the outcome sets in motion. */
function follow(turn: Turn, task: Task, form: TaskForm): void {
  if (isAboutAssistance(task)) return followAssistance(turn, task, form);
  switch (task.kind) {
    case 'correctClaim':
    case 'prepareReconsideration':
    case 'prepareAppeal':
    case 'prepareDocuments':
      return form.outcome === 'ready'
        ? sendOrReview(turn, task, { by: form.by, send: sendNow })
        : givenUp(turn, task, task.kind === 'correctClaim' ? 'the claim cannot be corrected' : 'there is nothing to dispute with');
    case 'recordPayerAnswer':
      return payerAnswered(turn, task, form);
    case 'callPayer':
      return payerCalled(turn, task, form);
    case 'answerRequest':
      return form.outcome === 'ready' ? sendOrReview(turn, task, { by: form.by, send: sendNow }) : requestAnswered(turn, task, form);
    case 'chooseNextStep':
      return chosen(turn, task, form);
    case 'approveWriteOff':
      return writeOffAnswered(turn, task, form);
    case 'approveRefund':
      return refundAnswered(turn, task, form);
    case 'approveSending':
      return form.outcome === 'declined' ? givenUp(turn, task, 'it was declined') : sendNow(turn, proposedBy(turn, task));
    case 'billOtherPayer':
      return form.outcome === 'ready' ? otherPayerBilled(turn, task) : givenUp(turn, task, 'no other payer was found');
    case 'reviewPatientBalance':
      return balanceReviewed(turn, task, form);
    case 'recordPatientAnswer':
      return patientAnswered(turn, task, form);
    case 'chaseVendor':
      return vendorChased(turn, task, form);
    case 'resolveDelivery':
    case 'uploadToPortal':
      return deliveryResolved(turn, task, form);
    case 'reviewHold':
    case 'fileEstateClaim':
    case 'reviewPatientShare':
    case 'sendDueDiligenceNotice':
    case 'reportUnclaimed':
      return followHoldWork(turn, task, form);
    case 'heedEarlierDate':
    case 'claimInterest':
    case 'checkPosting':
    case 'attemptOralNotice':
    case 'checkApplication':
    case 'awaitApplicationPapers':
    case 'takeLateApplication':
    case 'decideAssistance':
    case 'approveAward':
    case 'reverseExtraordinaryAction':
    case 'checkVendor':
      return;
    case 'recordCoverage':
      return coverageAnswered(turn, task, form);
    default:
      return assertNever(task.kind);
  }
}

/** The path ends before anything was sent; a person chooses another. */
function givenUp(turn: Turn, task: Task, reason: string): void {
  if (task.subject.kind === 'case') turn.record({ kind: 'pathEnded', caseId: task.subject.caseId, on: turn.today, reason });
  routeToPerson(turn, task.subject, personAnswer(task, 'routeToPerson', `${task.title}: ${reason}.`), null);
}

function payerAnswered(turn: Turn, task: Task, form: TaskForm): void {
  if (task.subject.kind !== 'case') return;
  const answer = form.outcome === 'overturned' ? 'overturned' : 'upheld';
  turn.meetDeadlines(answerKinds, task.subject);
  turn.cancelTimers(task.subject);
  turn.withdrawTasks((t) => t.kind === 'callPayer' && subjectKey(t.subject) === subjectKey(task.subject), 'the payer answered');
  turn.record({ kind: 'answerRecorded', caseId: task.subject.caseId, answer, on: form.on ?? turn.today });
  if (answer === 'overturned') turn.setTimer('payment', task.subject, addDays(turn.today, paymentDays));
}

/** After a call the account waits again, with a date; a claim the payer does not have goes to a person. */
function payerCalled(turn: Turn, task: Task, form: TaskForm): void {
  if (form.outcome === 'notOnFile' && neverSent(turn, task))
    return carryOut(turn, task.subject, personAnswer(task, 'billNextPayer', 'The crossover never arrived.'));
  if (form.outcome === 'notOnFile')
    return routeToPerson(turn, task.subject, personAnswer(task, 'routeToPerson', 'The payer has no such claim.'), null);
  turn.setTimer('payment', task.subject, addDays(turn.today, 14));
}

/** It went out another way, or the patient was asked: the claim waits for the payer again, with a date. */
function requestAnswered(turn: Turn, task: Task, form: TaskForm): void {
  if (form.outcome === 'cannotAnswer')
    return routeToPerson(turn, task.subject, personAnswer(task, 'routeToPerson', `${task.title}: it cannot be done.`), null);
  waitForClaim(turn, task.subject, turn.today);
}

/** The payer before was to forward it (crossover); nothing was sent by us. */
function neverSent(turn: Turn, task: Task): boolean {
  return task.subject.kind === 'claim' && claimOf(turn.account, task.subject)?.submissions.length === 0;
}

const choices: Readonly<Record<string, RuleAnswer['action']>> = {
  newClaim: 'newClaim',
  replacementClaim: 'replacementClaim',
  voidClaim: 'voidClaim',
  sendDocuments: 'sendDocuments',
  reconsideration: 'reconsideration',
  appeal: 'appeal',
  reopening: 'reopening',
  openNegotiation: 'openNegotiation',
  disputeResolution: 'disputeResolution',
  billOtherPayer: 'billOtherPayer',
  moveToPatient: 'moveToPatient',
  writeOff: 'writeOff',
  wait: 'wait',
};

/** A person's choice is checked against the lifecycle like a rule's; an illegal one comes back with the reason. */
function chosen(turn: Turn, task: Task, form: TaskForm): void {
  const action = choices[form.outcome] ?? 'routeToPerson';
  const answer = { ...personAnswer(task, action, `Chosen by ${form.by}.`), params: { proposedBy: form.by } };
  const point =
    task.subject.kind === 'case'
      ? 'denied'
      : turn.account.claims.some((c) => c.submissions.at(-1)?.status === 'rejected')
        ? 'rejected'
        : 'denied';
  const refusal = refusalOf(turn, point, task.subject, action);
  if (refusal !== null) return routeToPerson(turn, task.subject, { ...answer, why: task.reason }, refusal);
  if (action === 'voidClaim') return correctClaim(turn, task.subject, answer, 'void');
  carryOut(turn, task.subject, answer);
}

function personAnswer(task: Task, action: RuleAnswer['action'], why: string): RuleAnswer {
  const queue: Queue = task.queue;
  return { ruleId: task.ruleId, action, queue, timer: null, why, citation: 'a person’s decision', params: {} };
}

function writeOffAnswered(turn: Turn, task: Task, form: TaskForm): void {
  if (form.outcome === 'declined') return givenUp(turn, task, 'the write-off was declined');
  const bucket = bucketAbout(turn, task.subject);
  const amountCents = Math.min(task.amountCents, Math.max(0, bucketBalance(turn.account, bucket)));
  turn.issueCommand('postWriteOff', task.subject, { bucket, amountCents, reason: task.reason, approvedBy: form.by, proposal: task.id });
}

function bucketAbout(turn: Turn, subject: Subject) {
  if (subject.kind === 'credit') return subject.bucket;
  const claim = claimOf(turn.account, subject);
  return claim === null ? 'patient' : payerBucket(claim.sequence);
}

function refundAnswered(turn: Turn, task: Task, form: TaskForm): void {
  if (task.subject.kind !== 'credit') return;
  if (form.outcome === 'investigating') investigate(turn, task.subject);
  if (form.outcome !== 'approved') return turn.setTimer('review', task.subject, addDays(turn.today, 30));
  const amountCents = refundableCents(turn.account, task.subject.bucket);
  turn.issueCommand('requestRefund', task.subject, { bucket: task.subject.bucket, amountCents, approvedBy: form.by, proposal: task.id });
}

/** Billed outside: the account waits for what the other payer does, and looks again. */
function otherPayerBilled(turn: Turn, task: Task): void {
  if (task.subject.kind === 'case') turn.setTimer('otherPayer', task.subject, addDays(turn.today, 30));
}

function balanceReviewed(turn: Turn, task: Task, form: TaskForm): void {
  const subject: Subject = { kind: 'patient' };
  const answer = { ...personAnswer(task, 'writeOff', `Chosen by ${form.by}.`), params: { proposedBy: form.by } };
  if (form.outcome === 'writeOff') return carryOut(turn, subject, answer);
  if (form.outcome === 'hold') return turn.setTimer('review', subject, addDays(turn.today, 30));
  const bill = personAnswer(task, 'sendStatement', `Chosen by ${form.by}.`);
  const refusal = refusalOf(turn, 'patientBalance', subject, 'sendStatement');
  if (refusal !== null) return routeToPerson(turn, subject, { ...bill, why: task.reason }, refusal);
  carryOut(turn, subject, bill);
}

/** Declined, the statements go on at once: the next question is asked in this turn. */
function patientAnswered(turn: Turn, task: Task, form: TaskForm): void {
  const on = form.on ?? turn.today;
  if (form.outcome === 'planDeclined') return turn.record({ kind: 'planEnded', status: 'declined', on });
  acceptPlan(turn, Number(form.instalmentCents), on);
  turn.setTimer('planReview', task.subject, addDays(turn.today, 30));
  if (bucketBalance(turn.account, 'patient') <= 0) patientSettled(turn);
}

function vendorChased(turn: Turn, task: Task, form: TaskForm): void {
  if (task.subject.kind !== 'placement') return;
  const { placementId } = task.subject;
  turn.cancelTimers(task.subject);
  if (form.outcome === 'acknowledged') turn.record({ kind: 'vendorConfirmed', placementId, status: 'placed', on: form.on ?? turn.today });
  else turn.record({ kind: 'vendorConfirmed', placementId, status: 'returned', on: form.on ?? turn.today });
}

/**
 * The person found out whether it arrived, or uploaded it: then it counts as sent. What did not arrive is sent again under a new key; what cannot be
 * sent at all ends its path.
 */
function deliveryResolved(turn: Turn, task: Task, form: TaskForm): void {
  const unresolved = turn.account.commands.filter((c) => c.status === 'unknown' || c.status === 'refused');
  const command = unresolved.findLast((c) => task.commandKey === undefined || c.command.key === task.commandKey)?.command;
  if (command === undefined) return;
  const on = form.on ?? turn.today;
  const arrived = form.outcome === 'arrived' || form.outcome === 'uploaded';
  turn.record({ kind: 'deliveryResolved', key: command.key, arrived, on, receipt: form.reference ?? null });
  if (arrived) followSent(turn, command, on);
  else if (form.outcome === 'didNotArrive') sendAgain(turn, command);
  else if (command.kind === 'updateVendor') return;
  else givenUp(turn, task, 'it cannot be sent');
}
