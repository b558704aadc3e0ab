import type { ClaimTrack, DenialCase } from '../domain/account.ts';
import { addDays } from '../domain/civil-date.ts';
import { DenialCategory } from '../domain/denial.ts';
import type { PostedRemittance } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import { type Subject, worksBeside } from '../domain/task.ts';
import { stepPaths } from '../domain/way-of-appeal.ts';
import { bucketBalance, liveCases, payerBucket, standingRemittances } from './balances.ts';
import { type Categorised, isOtherPart, recoveredCents, type Settling, settlingsOf } from './denials.ts';
import { checkLatePayment } from './late-payment.ts';
import { LineDraft, postingOf } from './postings.ts';
import { seekProof } from './timely-filing.ts';
import { takenBackBefore } from './react-reversal.ts';
import { settleCase } from './settle-case.ts';
import { claimAt, type Turn } from './turn.ts';
import { varianceOf } from './underpaid.ts';
import { waitingReversal } from './undoing.ts';
import { writeOffsAbout, writtenOffBefore } from './write-offs.ts';

/** The other parts of a split claim should come within this many days; then the payer is asked. */
const restOfClaimDays = 30;

/** The payer spoke: earlier questions to it are settled, the money is posted, and what it refused becomes denial cases. */
export function adjudicated(turn: Turn, remittance: PostedRemittance): void {
  const claim = claimAt(turn, remittance.sequence);
  if (claim === null) return;
  if (remittance.status === '25') return;
  const reversal = waitingReversal(turn.account, claim, remittance);
  if (reversal !== null) return takenBackBefore(turn, remittance, reversal);
  const subject: Subject = { kind: 'claim', sequence: remittance.sequence };
  turn.meetDeadlines(['functionalAcknowledgement', 'claimAcknowledgement', 'statusInquiry', 'payerCall'], subject);
  // Unprocessable (MA130) was never filed: its limit goes on (invariant 4).
  if (!remittance.adjustments.some((a) => a.rarcs.includes('MA130'))) turn.meetDeadlines(['filing', 'secondaryFiling'], subject);
  turn.cancelTimers(subject);
  turn.withdrawTasks(
    (t) => t.subject.kind === 'claim' && t.subject.sequence === remittance.sequence && !worksBeside.has(t.kind),
    'the payer’s remittance arrived',
  );
  const variance = varianceOf(turn, claim, remittance);
  const denials = postingOf(turn.account, remittance, turn.knowledge, variance?.records).denials;
  const concerned = casesConcerned(turn, claim, remittance);
  restoreWriteOffs(turn, claim, { remittance, denials, caseIds: concerned.filter((c) => c.status === 'writtenOff').map((c) => c.id) });
  settleBy(turn, claim, remittance, settlingsOf(claim, concerned, remittance, denials));
  const { lines } = postingOf(turn.account, remittance, turn.knowledge, variance?.records);
  if (lines.length > 0) turn.record({ kind: 'ledgerPosted', lines, reason: 'the remittance as adjudicated' });
  openCases(turn, remittance, denials, variance?.words ?? []);
  if (variance !== null && variance.isBeyond && variance.varianceCents < 0) overpaid(turn, subject, variance);
  if (denials.length === 0) unexplained(turn, claim, remittance);
  checkLatePayment(turn, claim, remittance);
}

/** Cases on which this remittance may decide anew: another part of a split claim decides nothing about its sister. */
function casesConcerned({ account, opened }: Turn, claim: ClaimTrack, remittance: PostedRemittance): readonly DenialCase[] {
  const live = new Set(liveCases(claim));
  const standing = standingRemittances(claim).filter((r) => r.remittanceClaimId !== remittance.remittanceClaimId);
  const isFirst = standing.every((r) => isOtherPart(r, remittance, opened.chargeCents));
  return claim.cases.filter((c) => {
    const denying = claim.remittances.find((r) => r.remittanceClaimId === c.remittanceClaimId);
    if (denying !== undefined && !denying.reversed && isOtherPart(denying, remittance, opened.chargeCents)) return false;
    if (live.has(c)) return true;
    if (c.status === 'writtenOff') return writeOffsAbout(account, { kind: 'case', sequence: claim.sequence, caseId: c.id }).length > 0;
    return c.status === 'undone' && isFirst && recoveredCents(c).every((amount) => amount === 0);
  });
}

/** What was undone or written off is not settled by a remittance that pays nothing of it. */
function settleBy(turn: Turn, claim: ClaimTrack, remittance: PostedRemittance, settlings: readonly Settling[]): void {
  const by = remittance.remittanceClaimId;
  for (const { c, status, records } of settlings) {
    const isPaid = records.some((record) => record.cents > 0);
    if (!isPaid && (c.status === 'undone' || c.status === 'writtenOff')) continue;
    if (status === 'recovered' && isDisputed(c))
      turn.record({ kind: 'answerRecorded', caseId: c.id, answer: 'overturned', on: remittance.remittanceOn });
    settleCase(turn, claim, { c, status, by });
    if (isPaid) turn.record({ kind: 'denialsRecovered', caseId: c.id, by, records, on: turn.today });
  }
}

/** It was filed and nobody wrote: the money is the answer. */
function isDisputed({ status, paths }: DenialCase): boolean {
  const path = paths.at(-1)?.kind;
  return status === 'awaitingAnswer' && stepPaths.some((step) => step === path);
}

interface Restoring {
  readonly remittance: PostedRemittance;
  readonly denials: readonly Categorised[];
  readonly caseIds: readonly string[];
}

/** A payer that pays after we gave up owes us no refund: what was written off and is now explained by its remittance stands again. */
function restoreWriteOffs(turn: Turn, claim: ClaimTrack, { remittance, denials, caseIds }: Restoring): void {
  const others = { ...claim, remittances: claim.remittances.filter((r) => r.remittanceClaimId !== remittance.remittanceClaimId) };
  const writtenOff = writtenOffBefore(turn.account, others, caseIds);
  if (writtenOff <= 0) return;
  const bucket = payerBucket(claim.sequence);
  const passed = remittance.adjustments.filter((a) => ['CTR', 'PTR'].includes(turn.knowledge.categorise(a)));
  const explained = [remittance.paidCents, ...passed.map((a) => a.cents), ...denials.map((d) => d.cents)].reduce((a, b) => a + b, 0);
  const draft = new LineDraft(remittance, 0);
  const amount = Math.min(writtenOff, Math.max(0, explained - bucketBalance(turn.account, bucket)));
  draft.add({ bucket, kind: 'writeOff', cents: amount, carc: null }, remittance.offset);
  if (draft.lines.length > 0)
    turn.record({ kind: 'ledgerPosted', lines: draft.lines, reason: 'the payer answered after it was written off' });
}

function openCases(turn: Turn, remittance: PostedRemittance, denials: readonly Categorised[], words: readonly string[]): void {
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
      ...(category === DenialCategory.underpayment && words.length > 0 ? { words } : {}),
    });
    if (category === DenialCategory.timelyFiling) seekProof(turn, remittance.sequence);
    // A duplicate of a claim that is settled withholds no money: there is nothing to pursue.
    if (category === DenialCategory.duplicate && bucketBalance(turn.account, payerBucket(remittance.sequence)) <= 0)
      turn.record({ kind: 'caseClosed', caseId, status: 'superseded', on: turn.today });
  }
}

/** Nothing was refused, yet something is left: the rest of a split claim is waited for, anything else is a person's. */
function unexplained(turn: Turn, claim: ClaimTrack, remittance: PostedRemittance): void {
  const subject: Subject = { kind: 'claim', sequence: remittance.sequence };
  const left = bucketBalance(turn.account, payerBucket(remittance.sequence)) - liveAmount(turn, remittance.sequence);
  if (left <= 0) return;
  const isOriginal = claim.submissions.find((s) => s.key === remittance.submissionKey)?.frequency === '1';
  if (isOriginal && claim.sequence === 1 && remittance.chargeCents > 0 && chargeAnswered(turn, claim) < turn.opened.chargeCents)
    return turn.setTimer('payment', subject, addDays(turn.today, restOfClaimDays));
  turn.openTask({
    kind: 'chooseNextStep',
    queue: 'denials',
    title: `Find out why ${dollars(cents(left))} was left without a reason`,
    reason: 'The payer is done, yet part of the charge is neither paid, adjusted, denied nor passed on.',
    ruleId: 'lifecycle',
    subject,
    amountCents: left,
  });
}

function chargeAnswered(turn: Turn, claim: ClaimTrack): number {
  const track = claimAt(turn, claim.sequence) ?? claim;
  return standingRemittances(track).reduce((total, r) => total + r.chargeCents, 0);
}

/** What the live cases of the claim hold back: it has its reason. */
function liveAmount(turn: Turn, sequence: PostedRemittance['sequence']): number {
  const claim = claimAt(turn, sequence);
  return claim === null
    ? 0
    : liveCases(claim)
        .flatMap((c) => c.denials)
        .reduce((total, d) => total + d.cents, 0);
}

function overpaid(
  turn: Turn,
  subject: Subject,
  { varianceCents, words }: { readonly varianceCents: number; readonly words: readonly string[] },
): void {
  turn.openTask({
    kind: 'checkPosting',
    queue: 'credits',
    title: `The payer allowed ${dollars(cents(-varianceCents))} more than the contract`,
    reason: `${words.join(' ')} Find out whether the contract is stored right; what was paid too much is the payer’s.`,
    ruleId: 'lifecycle',
    subject,
    amountCents: -varianceCents,
  });
}
