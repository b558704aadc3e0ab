import type { ClaimTrack, DenialCase, RemittanceOnClaim } from '../domain/account.ts';
import { addDays, daysBetween } from '../domain/civil-date.ts';
import type { PostedRemittance } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance, payerBucket } from './balances.ts';
import { isVoided } from './open-paths.ts';
import { completingOf, LineDraft, postingOf } from './postings.ts';
import { settleCase } from './settle-case.ts';
import { claimAt, subjectKey, type Turn } from './turn.ts';
import { type Undoing, undoingLines, undoingOf } from './undoing.ts';
import { writeOffsAbout } from './write-offs.ts';

/** Contracts and state laws set how far back a payer may reach; from here on a person looks whether this one still could (DOMAIN §6.4). */
const longAfterDays = 365;

/** A correction should follow its reversal within this many days. */
const correctionDays = 14;

export function reversed(turn: Turn, reversal: PostedRemittance): void {
  const claim = claimAt(turn, reversal.sequence);
  if (claim === null) return;
  const undoing = undoingOf(turn.account, claim, reversal);
  if (undoing.kind === 'refused') {
    return turn.openTask({
      kind: 'checkPosting',
      queue: 'supervisor',
      title: reversalTitle(reversal),
      reason: `Nothing was posted from it: ${undoing.reason}.`,
      ruleId: 'lifecycle',
      subject: { kind: 'claim', sequence: reversal.sequence },
      amountCents: Math.abs(reversal.paidCents),
    });
  }
  undo(turn, claim, reversal, undoing);
  complete(turn, claim);
  lookBack(turn, reversal, undoing);
  if (isVoided(claim)) voidAnswered(turn, { kind: 'claim', sequence: reversal.sequence }, -reversal.paidCents);
}

function reversalTitle({ payerClaimNumber }: PostedRemittance): string {
  return `Check a reversal that does not match (${payerClaimNumber})`;
}

/** The posting goes, and with it everything it had settled: cases are as they were, what was written off of its denials stands again. */
function undo(turn: Turn, claim: ClaimTrack, reversal: PostedRemittance, { taken, lines }: Extract<Undoing, { kind: 'undone' }>): void {
  const ids = new Set(taken.map((r) => r.remittanceClaimId));
  const { sequence } = reversal;
  const own = claim.cases.filter((c) => ids.has(c.remittanceClaimId) && c.status !== 'undone');
  for (const c of claim.cases) if (c.closedBy !== undefined && ids.has(c.closedBy.by) && !own.includes(c)) restore(turn, claim, c);
  const draft = new LineDraft(reversal, lines.length);
  for (const c of own) {
    for (const line of writeOffsAbout(turn.account, { kind: 'case', sequence, caseId: c.id }))
      draft.add({ bucket: line.bucket, kind: line.kind, cents: -line.cents, carc: line.carc }, reversal.offset, line.id);
    settleCase(turn, claim, { c, status: 'undone' });
  }
  for (const remittanceClaimId of ids)
    turn.record({ kind: 'remittanceUndone', sequence, remittanceClaimId, on: turn.today, by: reversal.remittanceClaimId });
  const all = [...lines, ...draft.lines];
  if (all.length > 0) turn.record({ kind: 'ledgerPosted', lines: all, reason: 'the payer took its decision back' });
}

/** Its own work ended when it was settled: what was under way goes to a person, what was not is asked again unless the correction comes. */
function restore(turn: Turn, claim: ClaimTrack, c: DenialCase): void {
  const subject: Subject = { kind: 'case', sequence: claim.sequence, caseId: c.id };
  turn.record({ kind: 'caseRestored', caseId: c.id, on: turn.today });
  const was = c.closedBy?.was;
  if (was === 'open' || was === 'upheld') return turn.setTimer('correction', subject, addDays(turn.today, correctionDays));
  if (was !== 'working' && was !== 'awaitingAnswer' && was !== 'overturned') return;
  turn.openTask({
    kind: 'chooseNextStep',
    queue: 'denials',
    title: 'The payer took back what had settled this denial',
    reason: 'A path was under way when the payer settled it. The denial stands again: take the path up where it was, or choose another.',
    ruleId: 'lifecycle',
    subject,
    amountCents: c.denials.reduce((total, d) => total + d.cents, 0),
  });
}

function complete(turn: Turn, { sequence }: ClaimTrack): void {
  const claim = claimAt(turn, sequence);
  const lines = claim === null ? [] : completingOf(turn.account, claim, turn.knowledge);
  if (lines.length > 0)
    turn.record({ kind: 'ledgerPosted', lines, reason: 'what the corrected remittance could not post before the reversal' });
}

function lookBack(turn: Turn, reversal: PostedRemittance, { taken }: Extract<Undoing, { kind: 'undone' }>): void {
  const first = taken.map((r) => r.remittanceOn).sort()[0] ?? reversal.remittanceOn;
  const days = daysBetween(first, reversal.remittanceOn);
  if (days <= longAfterDays || reversal.paidCents === 0) return;
  turn.openTask({
    kind: 'checkPosting',
    queue: 'supervisor',
    title: `Check whether the payer may still take ${dollars(cents(-reversal.paidCents))} back`,
    reason: `It was paid on ${first} and is taken back ${days} days later. The contract or state law may forbid it; then dispute it in time.`,
    ruleId: 'lifecycle',
    subject: { kind: 'claim', sequence: reversal.sequence },
    amountCents: -reversal.paidCents,
  });
}

/** The second 835 came before the first: what it takes back is posted and taken back at once, and no denial comes of it. */
export function takenBackBefore(turn: Turn, original: PostedRemittance, reversal: RemittanceOnClaim): void {
  const { sequence, remittanceClaimId } = original;
  const { lines } = postingOf(turn.account, original, turn.knowledge);
  if (lines.length > 0) turn.record({ kind: 'ledgerPosted', lines, reason: 'the remittance as adjudicated' });
  const on = turn.today;
  turn.record({ kind: 'remittanceUndone', sequence, remittanceClaimId, on, by: reversal.remittanceClaimId });
  const back = undoingLines(turn.account, [{ ...original, reversed: true }], reversal);
  if (back.length > 0) turn.record({ kind: 'ledgerPosted', lines: back, reason: 'the payer had taken this decision back already' });
  const title = reversalTitle(reversal);
  turn.withdrawTasks((t) => t.title === title, 'the remittance that it takes back arrived');
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
