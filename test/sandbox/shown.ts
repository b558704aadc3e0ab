import type { Account, DenialCase } from '../../rules/domain/account.ts';
import type { CommandKind } from '../../rules/domain/event.ts';
import type { TaskKind } from '../../rules/domain/task.ts';
import { isSettled, phaseOf } from '../../rules/lifecycle/phase.ts';

/** What the sandbox hospital must show, and how an account of it is recognised at the end of its story. */
export const shown: readonly (readonly [string, (account: Account) => boolean])[] = [
  ['paid as expected', (a) => isSettled(a) && cases(a).length === 0 && a.tasks.length === 0 && a.lines.every((l) => l.bucket === 'payer1')],
  ['professional', (a) => a.opened?.claimType === 'professional'],
  ['institutional', (a) => a.opened?.claimType === 'institutional'],
  ['rejected by a 277CA, still open', (a) => phaseOf(a) === 'rejected' && rejectedAs(a, 'claim')],
  ['rejected by a 277CA, sent as new and paid', (a) => isSettled(a) && rejectedAs(a, 'claim') && frequencies(a) === '1 1'],
  ['rejected by a 999', (a) => rejectedAs(a, 'functional')],
  ['not found (A4)', (a) => a.claims.some((c) => c.submissions.some((s) => s.rejection?.category === 'A4'))],
  ['CO-197 reconsidered, upheld, appealed, overturned, paid', (a) => ways(a) === 'reconsideration:upheld appeal:overturned' && paid(a)],
  ['CO-197 appealed in vain and written off', (a) => ways(a) === 'reconsideration:upheld appeal:upheld' && done(a, 'postWriteOff')],
  ['CO-197 reconsideration due soon', (a) => denied(a, '197') && open(a, 'prepareReconsideration')],
  ['CO-16 with MA130, a new claim', (a) => denied(a, '16') && ways(a).startsWith('newClaim') && paid(a)],
  ['CO-16 without MA130, a replacement', (a) => denied(a, '16') && ways(a).startsWith('replacement') && frequencies(a) === '1 7'],
  ['CO-29 with proof', (a) => denied(a, '29') && ways(a).startsWith('reconsideration')],
  ['CO-29 without proof', (a) => denied(a, '29') && done(a, 'postWriteOff')],
  ['CO-50 Medicare, the appeal prepared', (a) => denied(a, '50') && open(a, 'prepareAppeal')],
  ['CO-50 Medicare, the appeal filed', (a) => denied(a, '50') && done(a, 'fileAppeal')],
  ['PR-1 to the patient', (a) => toPatient(a, '1')],
  ['PR-2 to the patient', (a) => toPatient(a, '2')],
  ['PR-3 to the patient', (a) => toPatient(a, '3')],
  ['statements running', (a) => phaseOf(a) === 'patient' && a.patient.statements.length >= 2],
  ['paid by the patient', (a) => isSettled(a) && a.patient.paidCents > 0],
  ['billed to the second payer, the rest to the patient', (a) => done(a, 'billNextPayer') && toPatient(a, '2')],
  ['crossover, waiting', (a) => phaseOf(a) === 'nextPayer' && !done(a, 'billNextPayer')],
  ['crossover that never arrived, billed', (a) => a.claims[0]?.remittances[0]?.crossover === true && done(a, 'billNextPayer')],
  ['crossover, paid', (a) => a.claims[0]?.remittances[0]?.crossover === true && isSettled(a)],
  ['partial denial on a line', (a) => cases(a).some((c) => c.denials.some((d) => d.lineNumber !== null)) && paid(a)],
  ['CO-97', (a) => denied(a, '97')],
  ['CO-11', (a) => denied(a, '11')],
  ['reversal, the patient refunded', (a) => reversed(a) && done(a, 'requestRefund')],
  ['reversal, the refund to be approved', (a) => reversed(a) && open(a, 'approveRefund')],
  ['no 277CA', (a) => phaseOf(a) === 'submitted' && open(a, 'chooseNextStep')],
  ['accepted, then silence: inquiry, call', (a) => done(a, 'sendStatusInquiry') && open(a, 'callPayer')],
  ['a plan offered', (a) => a.patient.plan.status === 'offered'],
  ['a plan declined', (a) => a.patient.plan.status === 'declined'],
  ['a plan being kept', (a) => phaseOf(a) === 'plan'],
  ['a plan kept to the end', (a) => a.patient.plan.status === 'kept'],
  ['a plan broken', (a) => a.patient.plan.status === 'defaulted'],
  ['placed with a vendor', (a) => phaseOf(a) === 'placed'],
  ['recalled and returned', (a) => a.patient.placements.some((p) => p.recallSentOn !== null && p.status === 'returned')],
  ['paid to the vendor in full', (a) => isSettled(a) && a.patient.placements.some((p) => p.paidCents === p.balanceCents)],
  ['returned unpaid, the write-off to be approved', (a) => a.patient.placements.length > 0 && open(a, 'approveWriteOff')],
  ['refused by the vendor', (a) => a.patient.placements.some((p) => p.status === 'refused')],
  ['credit of a payer, refunded', (a) => a.lines.some((l) => l.kind === 'refund' && l.bucket === 'payer1')],
  [
    'credit of a payer, open',
    (a) => a.tasks.some((t) => t.status === 'open' && t.subject.kind === 'credit' && t.subject.bucket === 'payer1'),
  ],
  ['PI adjustment', (a) => cases(a).some((c) => c.denials.some((d) => d.group === 'PI'))],
  ['CO-18', (a) => deniedUnder(a, 'CO', '18')],
  ['OA-18', (a) => deniedUnder(a, 'OA', '18')],
  ['CO-252, documents to be sent', (a) => denied(a, '252') && open(a, 'prepareDocuments')],
  ['CO-252, documents sent and paid', (a) => denied(a, '252') && done(a, 'sendDocuments') && paid(a)],
];

function cases(account: Account): readonly DenialCase[] {
  return account.claims.flatMap((c) => c.cases);
}

function denied(account: Account, carc: string): boolean {
  return cases(account).some((c) => c.denials.some((d) => d.carc === carc));
}

function deniedUnder(account: Account, group: string, carc: string): boolean {
  return cases(account).some((c) => c.denials.some((d) => d.carc === carc && d.group === group));
}

/** `reconsideration:upheld appeal:overturned` */
function ways(account: Account): string {
  return cases(account)
    .flatMap((c) => c.paths)
    .map((p) => (p.answer === null ? p.kind : `${p.kind}:${p.answer}`))
    .join(' ');
}

function frequencies(account: Account): string {
  return account.claims
    .flatMap((c) => c.submissions)
    .map((s) => s.frequency)
    .join(' ');
}

function rejectedAs(account: Account, level: string): boolean {
  return account.claims.some((c) => c.submissions.some((s) => s.rejection?.level === level));
}

function reversed(account: Account): boolean {
  return account.claims.some((c) => c.remittances.some((r) => r.reversed));
}

function toPatient(account: Account, carc: string): boolean {
  return account.lines.some((l) => l.bucket === 'patient' && l.kind === 'transfer' && l.carc === carc);
}

function paid(account: Account): boolean {
  return account.lines.some((l) => l.kind === 'payerPayment' && l.cents < 0);
}

function open(account: Account, kind: TaskKind): boolean {
  return account.tasks.some((t) => t.status === 'open' && t.kind === kind);
}

function done(account: Account, kind: CommandKind): boolean {
  return account.commands.some((c) => c.command.kind === kind && c.status === 'sent');
}
