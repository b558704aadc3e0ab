import type { Placement } from '../domain/account.ts';
import type { PayerSequence } from '../domain/claim.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import type { Task, TaskForm } from '../domain/task.ts';
import { payerClassOfIndicator } from './arrivals.ts';
import { bucketBalance, payerBucket } from './balances.ts';
import type { Turn } from './turn.ts';

/** The hold under which an account waits for a payer that was found. */
const insuranceHold = 'insurancePending';

/** A vendor found a payer: who it is, and the member id, a person finds out. */
export function askForCoverage(turn: Turn, { vendor }: Placement): void {
  if (turn.account.tasks.some((t) => t.status === 'open' && t.kind === 'recordCoverage')) return;
  turn.openTask({
    kind: 'recordCoverage',
    queue: 'coordinationOfBenefits',
    title: 'Find out which payer covers it, and record it',
    reason: `${vendor} reports that the patient was insured. The payer is billed for what it may still owe; the filing limit runs.`,
    ruleId: 'lifecycle',
    subject: { kind: 'patient' },
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

/** Why the payer cannot be added, in words for whoever records it; null when it can. */
export function refusalOfCoverage({ account }: Turn, task: Task, form: TaskForm): string | null {
  if (task.kind !== 'recordCoverage' || form.outcome !== 'recorded') return null;
  if ((form.payerId ?? '') === '' || (form.memberId ?? '') === '')
    return 'a payer is recorded with its id (payerId) and the member id (memberId)';
  const known = account.claims.find(({ payerId }) => payerId === form.payerId);
  if (known !== undefined) return `${form.payerId} is on the account already, as payer ${known.sequence}`;
  return account.claims.length >= 3 ? 'the account has three payers already, and a claim names no more' : null;
}

/** The payer joins the account after the others, and what the patient owed is asked of it first. */
export function coverageAnswered(turn: Turn, task: Task, form: TaskForm): void {
  const on = form.on ?? turn.today;
  if (turn.account.holds.some((h) => h.reason === insuranceHold && h.releasedOn === null))
    turn.record({ kind: 'holdReleased', hold: insuranceHold, on });
  if (form.outcome !== 'recorded') return;
  const sequence: PayerSequence = turn.account.claims.length === 1 ? 2 : turn.account.claims.length === 2 ? 3 : 1;
  const filingIndicator = form.filingIndicator ?? 'ZZ';
  const payerClass = payerClassOfIndicator(filingIndicator);
  turn.record({ kind: 'coverageFound', sequence, payerId: form.payerId ?? '', payerClass, filingIndicator, taskId: task.id, on });
  const amount = bucketBalance(turn.account, 'patient');
  if (amount <= 0) return;
  const cause = `coverage:${sequence}`;
  const shared = { kind: 'transfer', on, source: { cause }, remittanceClaimId: null, carc: null, undoes: null } as const;
  const lines: readonly LedgerLine[] = [
    { ...shared, id: `${cause}#1`, bucket: 'patient', cents: -amount },
    { ...shared, id: `${cause}#2`, bucket: payerBucket(sequence), cents: amount },
  ];
  turn.record({ kind: 'ledgerPosted', lines, reason: 'a payer was found that may owe it' });
}
