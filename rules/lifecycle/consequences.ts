import type { RuleAnswer } from '../domain/decision.ts';
import { dollars } from '../domain/money.ts';
import type { Subject, TaskKind } from '../domain/task.ts';
import { creditDeadline } from './credits.ts';
import { anchorsOf, claimOf } from './facts.ts';
import { correctClaim, dispute, supply } from './take-path.ts';
import { amountAbout, openTask } from './task-about.ts';
import { askWhoseShare, awaitsShareReview } from './patient-share.ts';
import { timerDate } from './timer-date.ts';
import { wait } from './wait.ts';
import { allowExtraordinaryAction, sendCollectionNotice } from './consequences-assistance.ts';
import { offerPaymentPlan, placeWithVendor, recall, sendStatement } from './consequences-patient.ts';
import { subjectKey, type Turn } from './turn.ts';

type SimpleTask = ReturnType<typeof personTaskAbout> | 'approveWriteOff' | 'callPayer';

/** Carries a legal answer out: paths, tasks, commands and timers. Whatever the answer, something dated follows. */
export function carryOut(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  switch (answer.action) {
    case 'newClaim':
    case 'resendClaim':
      return correctClaim(turn, subject, answer, 'newClaim');
    case 'replacementClaim':
      return correctClaim(turn, subject, answer, 'replacement');
    case 'voidClaim':
      return routeToPerson(turn, subject, answer, 'a void is decided by a person');
    case 'sendDocuments':
    case 'billOtherPayer':
      return supply(turn, subject, answer, answer.action);
    case 'reconsideration':
    case 'appeal':
    case 'reopening':
    case 'openNegotiation':
    case 'disputeResolution':
      return dispute(turn, subject, answer, answer.action);
    case 'billNextPayer':
      return billNextPayer(turn, subject);
    case 'moveToPatient':
      return askWhoseShare(turn, subject, answer);
    case 'writeOff':
      return writeOff(turn, subject, answer);
    case 'sendStatusInquiry':
      return sendStatusInquiry(turn, subject, answer);
    case 'callPayer':
      return callPayer(turn, subject, answer);
    case 'sendStatement':
      return sendStatement(turn, answer);
    case 'offerPaymentPlan':
      return offerPaymentPlan(turn, answer);
    case 'placeWithVendor':
      return placeWithVendor(turn, answer);
    case 'recallFromVendor':
      return recall(turn, subject, String(answer.params.reason ?? 'rule'));
    case 'sendCollectionNotice':
      return sendCollectionNotice(turn, subject, answer);
    case 'allowExtraordinaryAction':
      return allowExtraordinaryAction(turn, subject, answer);
    case 'requestRefund':
      return task(turn, subject, answer, 'approveRefund');
    case 'wait':
      return wait(turn, subject, answer);
    case 'routeToPerson':
      return routeToPerson(turn, subject, answer, null);
  }
}

/** The larger the amount, the higher it goes (rules/reference/approval-limits.json). */
function writeOff(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  const queue = turn.knowledge.approval('writeOff', amountAbout(turn, subject), turn.today)?.queue ?? answer.queue;
  task(turn, subject, { ...answer, queue }, 'approveWriteOff');
}

/** One call is enough, whatever asked for it. It takes the place of further inquiries and sets its own next date. */
function callPayer(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  if (subject.kind === 'claim') turn.cancelTimers(subject);
  task(turn, subject, answer, 'callPayer');
}

export function routeToPerson(turn: Turn, subject: Subject, answer: RuleAnswer, refusal: string | null): void {
  const why = refusal === null ? answer.why : `${answer.why} Not possible: ${refusal}.`;
  if (awaitsShareReview(turn, subject)) return askWhoseShare(turn, subject, { ...answer, why });
  task(turn, subject, { ...answer, why }, personTaskAbout(subject));
}

function personTaskAbout(subject: Subject) {
  switch (subject.kind) {
    case 'claim':
    case 'case':
      return 'chooseNextStep';
    case 'patient':
    case 'assistance':
    case 'hold':
      return 'reviewPatientBalance';
    case 'placement':
      return 'chaseVendor';
    case 'credit':
      return 'approveRefund';
  }
}

function billNextPayer(turn: Turn, subject: Subject): void {
  if (subject.kind !== 'claim') return;
  const claim = claimOf(turn.account, subject);
  if (claim !== null) turn.setDeadline('secondaryFiling', subject, claim, anchorsOf(turn, claim, null));
  const found = claim?.foundIn === undefined ? {} : { formTask: claim.foundIn };
  turn.issueCommand('billNextPayer', subject, { sequence: subject.sequence, frequency: '1', ...found });
}

function sendStatusInquiry(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  const claim = claimOf(turn.account, subject);
  const submissionKey = claim?.submissions.at(-1)?.key ?? null;
  turn.issueCommand('sendStatusInquiry', subject, { sequence: claim?.sequence ?? 1, submissionKey });
  if (answer.timer !== null) turn.setTimer(answer.timer.id, subject, timerDate(answer.timer, turn.today));
}

function task(turn: Turn, subject: Subject, answer: RuleAnswer, kind: SimpleTask): void {
  const amount = dollars(amountAbout(turn, subject));
  const titles: Record<SimpleTask, string> = {
    approveWriteOff: `Approve the write-off of ${amount}`,
    approveRefund: `Approve the refund of ${amount}`,
    callPayer: 'Call the payer and ask for the status',
    chooseNextStep: 'Choose the next step',
    reviewPatientBalance: 'Decide what happens with the patient’s balance',
    chaseVendor: 'Find out from the vendor what happened',
  };
  if (isAskedAlready(turn, subject, answer, kind)) return;
  const deadline = kind === 'approveRefund' ? creditDeadline(turn.account, subject) : null;
  openTask(turn, subject, answer, { kind, title: titles[kind], deadline });
}

/** Somebody is already asked the same thing: the missing 277CA after the missing 999 is no second task, and one call is one call. */
function isAskedAlready({ account }: Turn, subject: Subject, { ruleId }: RuleAnswer, kind: TaskKind): boolean {
  const key = subjectKey(subject);
  return (
    ruleId !== 'lifecycle' &&
    account.tasks.some(
      (t) => t.status === 'open' && t.kind === kind && (t.ruleId === ruleId || kind === 'callPayer') && subjectKey(t.subject) === key,
    )
  );
}
