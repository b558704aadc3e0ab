import type { AccountEvent } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { askAgain } from './keep-plan.ts';
import { refusalOf } from './legal.ts';
import { confirmPlan } from './plan-letters.ts';
import { patientSettled } from './react-patient.ts';
import type { Turn } from './turn.ts';

const subject: Subject = { kind: 'patient' };

type Came<Kind extends AccountEvent['kind']> = Extract<AccountEvent, { kind: Kind }>;

/** A plan over several accounts is offered by one letter, and one person takes the answer down. */
export function planOffered(turn: Turn, event: Came<'planOffered'>): void {
  askAgain(turn);
  withdrawAnswers(turn, 'another plan was offered');
  if (!event.leads) return turn.setTimer('planAnswer', subject, event.answerBy);
  const { planId, instalmentCents, totalCents, accounts, instalments, answerBy } = event;
  const about = `${instalments.length} × ${dollars(cents(instalmentCents))}${accounts === 1 ? '' : ` for ${accounts} accounts`}`;
  const refusal = refusalOf(turn, 'patientBalance', subject, 'offerPaymentPlan');
  if (refusal === null)
    turn.issueCommand('offerPaymentPlan', subject, { instalmentCents, months: instalments.length, planId, totalCents, accounts });
  turn.openTask({
    kind: 'recordPatientAnswer',
    queue: 'patientBalances',
    title: `Record the patient’s answer to plan ${planId} (${about})`,
    reason: `${event.by} offered it on ${event.on}${refusal === null ? '' : `; no letter went out: ${refusal}`}. The answer counts for all accounts of the plan: recourse plan accept ${planId}, or decline.`,
    ruleId: 'lifecycle',
    subject,
    safeByOn: answerBy,
    amountCents: totalCents,
  });
}

export function planAgreed(turn: Turn, { planId, instalments, confirms }: Came<'planAgreed'>): void {
  withdrawAnswers(turn, `plan ${planId} was agreed`);
  if (confirms !== undefined) confirmPlan(turn, { instalments, ...confirms });
  askAgain(turn);
  if (bucketBalance(turn.account, 'patient') <= 0) patientSettled(turn);
}

export function planCancelled(turn: Turn, { planId, as }: Came<'planCancelled'>): void {
  if (turn.account.patient.plan.planId !== planId) return;
  withdrawAnswers(turn, `plan ${planId} was ${as}`);
  askAgain(turn);
}

function withdrawAnswers(turn: Turn, reason: string): void {
  turn.withdrawTasks((t) => t.kind === 'recordPatientAnswer' && t.subject.kind === 'patient', reason);
}

/** The money was never there: its line is taken back by one that points to the byte that says so. A plan that it completed runs again in this turn. */
export function paymentReversed(turn: Turn, event: Came<'patientPaymentReversed'>): void {
  const { paymentId, reversalId, cents: amount, fileId, offset, on } = event;
  const undoes = `payment:${paymentId}#1`;
  if (!turn.account.lines.some(({ id }) => id === undoes)) return strayReversal(turn, event);
  const line: LedgerLine = {
    id: `payment:${reversalId}#1`,
    bucket: 'patient',
    kind: 'patientPayment',
    cents: amount,
    on,
    source: { fileId, offset },
    remittanceClaimId: null,
    carc: null,
    undoes,
  };
  const reason = event.as === 'moved' ? 'the payment was moved to another account' : `the payment came back (${event.reason})`;
  turn.record({ kind: 'ledgerPosted', lines: [line], reason });
}

/** The intake gives an account only what it has: something is wrong with the stored payments. */
function strayReversal(turn: Turn, { paymentId, cents: amount }: Came<'patientPaymentReversed'>): void {
  turn.openTask({
    kind: 'checkPosting',
    queue: 'credits',
    title: 'A payment came back that was never posted here',
    reason: `Payment ${paymentId} is to be taken back, and this account has no line of it: find out where it was posted.`,
    ruleId: 'lifecycle',
    subject,
    amountCents: amount,
  });
}
