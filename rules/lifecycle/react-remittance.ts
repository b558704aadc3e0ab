import type { ClaimTrack, DenialCase } from '../domain/account.ts';
import { DenialCategory } from '../domain/denial.ts';
import type { PostedRemittance } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { stepPaths } from '../domain/way-of-appeal.ts';
import { bucketBalance, liveCases, payerBucket } from './balances.ts';
import { isVoided } from './open-paths.ts';
import { postingOf, undoingOf } from './postings.ts';
import { seekProof } from './timely-filing.ts';
import { claimAt, subjectKey, type Turn } from './turn.ts';

/** The payer spoke: earlier questions to it are settled, the money is posted, and what it refused becomes denial cases. */
export function adjudicated(turn: Turn, remittance: PostedRemittance): void {
  const claim = claimAt(turn, remittance.sequence);
  if (claim === null) return;
  const subject: Subject = { kind: 'claim', sequence: remittance.sequence };
  turn.meetDeadlines(['functionalAcknowledgement', 'claimAcknowledgement', 'statusInquiry', 'payerCall'], subject);
  // Unprocessable (MA130) was never filed: its limit goes on (invariant 4).
  if (!remittance.adjustments.some((a) => a.rarcs.includes('MA130'))) turn.meetDeadlines(['filing', 'secondaryFiling'], subject);
  turn.cancelTimers(subject);
  turn.withdrawTasks((t) => t.subject.kind === 'claim' && t.subject.sequence === remittance.sequence, 'the payer’s remittance arrived');
  const posting = postingOf(turn.account, remittance, turn.knowledge);
  for (const c of liveCases(claim)) {
    const deniedAgain = posting.denials.some((d) => d.category === c.category);
    if (!deniedAgain && isDisputed(c))
      turn.record({ kind: 'answerRecorded', caseId: c.id, answer: 'overturned', on: remittance.remittanceOn });
    settleCase(turn, claim, c, deniedAgain ? 'superseded' : 'recovered');
  }
  if (posting.lines.length > 0) turn.record({ kind: 'ledgerPosted', lines: posting.lines, reason: 'the remittance as adjudicated' });
  openCases(turn, remittance, posting.denials);
}

/** It was filed and nobody wrote: the money is the answer. */
function isDisputed({ status, paths }: DenialCase): boolean {
  const path = paths.at(-1)?.kind;
  return status === 'awaitingAnswer' && stepPaths.some((step) => step === path);
}

function openCases(turn: Turn, remittance: PostedRemittance, denials: ReturnType<typeof postingOf>['denials']): void {
  for (const category of new Set(denials.map((d) => d.category))) {
    const caseId = `c${turn.account.claims.reduce((n, c) => n + c.cases.length, 0) + 1}`;
    turn.record({
      kind: 'denialFound',
      sequence: remittance.sequence,
      caseId,
      category,
      remittanceClaimId: remittance.remittanceClaimId,
      on: remittance.remittanceOn,
      denials: denials.filter((d) => d.category === category).map(({ category: _category, ...denial }) => denial),
    });
    if (category === DenialCategory.timelyFiling) seekProof(turn, remittance.sequence);
    // A duplicate of a claim that is settled withholds no money: there is nothing to pursue.
    if (category === 'DUP' && bucketBalance(turn.account, payerBucket(remittance.sequence)) <= 0)
      turn.record({ kind: 'caseClosed', caseId, status: 'superseded', on: turn.today });
  }
  if (denials.length > 0) return;
  const left = bucketBalance(turn.account, payerBucket(remittance.sequence));
  if (left <= 0) return;
  turn.openTask({
    kind: 'chooseNextStep',
    queue: 'denials',
    title: `Find out why ${dollars(left)} was left without a reason`,
    reason: 'The payer is done, yet part of the charge is neither paid, adjusted, denied nor passed on.',
    ruleId: 'lifecycle',
    subject: { kind: 'claim', sequence: remittance.sequence },
    amountCents: left,
  });
}

function settleCase(turn: Turn, claim: ClaimTrack, c: DenialCase, status: 'recovered' | 'superseded' | 'undone'): void {
  const subject: Subject = { kind: 'case', sequence: claim.sequence, caseId: c.id };
  endWork(turn, subject);
  turn.record({ kind: 'caseClosed', caseId: c.id, status, on: turn.today });
}

/** Nothing more is to be done about this subject: its deadlines, timers and tasks end. */
export function endWork(turn: Turn, subject: Subject): void {
  const about = subjectKey(subject);
  for (const d of turn.account.deadlines)
    if (d.status === 'open' && subjectKey(d.subject) === about) turn.record({ kind: 'deadlineMet', deadlineId: d.id, on: turn.today });
  turn.cancelTimers(subject);
  turn.withdrawTasks((t) => subjectKey(t.subject) === about, 'it was settled by what arrived');
}

export function reversed(turn: Turn, reversal: PostedRemittance): void {
  const claim = claimAt(turn, reversal.sequence);
  if (claim === null) return;
  const undoing = undoingOf(turn.account, claim, reversal);
  if (undoing.kind === 'refused') {
    return turn.openTask({
      kind: 'chooseNextStep',
      queue: 'supervisor',
      title: 'Check a reversal that does not match',
      reason: `Nothing was posted from it: ${undoing.reason}.`,
      ruleId: 'lifecycle',
      subject: { kind: 'claim', sequence: reversal.sequence },
      amountCents: Math.abs(reversal.paidCents),
    });
  }
  for (const c of claim.cases.filter((other) => other.remittanceClaimId === undoing.remittanceClaimId && other.status !== 'undone'))
    settleCase(turn, claim, c, 'undone');
  turn.record({ kind: 'remittanceUndone', sequence: reversal.sequence, remittanceClaimId: undoing.remittanceClaimId, on: turn.today });
  if (undoing.lines.length > 0) turn.record({ kind: 'ledgerPosted', lines: undoing.lines, reason: 'the payer took its decision back' });
  if (isVoided(claim)) voidAnswered(turn, { kind: 'claim', sequence: reversal.sequence }, -reversal.paidCents);
}

/** The payer has let the voided claim go; what it was asked for is still open, and someone else may owe it. */
function voidAnswered(turn: Turn, subject: Extract<Subject, { kind: 'claim' }>, paidCents: number): void {
  turn.cancelTimers(subject);
  turn.meetDeadlines(['functionalAcknowledgement', 'claimAcknowledgement', 'statusInquiry', 'payerCall'], subject);
  turn.withdrawTasks(
    (t) => t.kind === 'callPayer' && subjectKey(t.subject) === subjectKey(subject),
    'the payer took the voided claim back',
  );
  const left = bucketBalance(turn.account, payerBucket(subject.sequence));
  if (left <= 0) return;
  turn.openTask({
    kind: 'chooseNextStep',
    queue: 'followUp',
    title: `Decide who owes ${dollars(left)} of the voided claim`,
    reason: `The payer took back ${dollars(cents(paidCents))}. Bill the right payer or patient from the account that is right, or write the charge off here.`,
    ruleId: 'lifecycle',
    subject,
    amountCents: left,
  });
}
