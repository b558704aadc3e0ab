import type { ClaimTrack } from '../domain/account.ts';
import { DenialCategory } from '../domain/denial.ts';
import type { PostedRemittance } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { agreementOf } from './agreement.ts';
import { claimAt, type Turn } from './turn.ts';
import { varianceOf } from './underpaid.ts';

/**
 * Interest that the payer owes because it paid a clean claim late (DOMAIN §5.6): only of a first payment, never of one that was denied or rejected
 * before, and only where it is known when the payer received the claim.
 */
export function checkLatePayment(turn: Turn, claim: ClaimTrack, remittance: PostedRemittance): void {
  const receivedOn = remittance.claimReceivedOn ?? claim.submissions.find((s) => s.key === remittance.submissionKey)?.acceptedOn ?? null;
  if (receivedOn === null || remittance.paidCents <= 0 || !isFirstAndClean(turn, claim, remittance)) return;
  const expected = varianceOf(turn, claim, remittance)?.expectedCents ?? null;
  const answer = turn.knowledge.latePayment({
    payerClass: claim.payerClass,
    state: turn.opened.state,
    funding: agreementOf(turn, claim).funding,
    receivedOn,
    paidOn: remittance.remittanceOn,
    paidCents: cents(remittance.paidCents),
    chargeCents: cents(remittance.chargeCents),
    contractedCents: expected === null ? null : cents(expected),
    interestPaidCents: cents(interestPaid(claim, remittance)),
  });
  if (answer.kind !== 'late' || answer.owedCents === 0) return;
  const { law, owedCents, confirmed, words } = answer;
  const doubt = confirmed === 'confirmed' ? [] : [`Not confirmed (${confirmed}): read the law and the contract before it is claimed.`];
  turn.openTask({
    kind: 'claimInterest',
    queue: confirmed === 'confirmed' ? 'followUp' : 'supervisor',
    title:
      owedCents === null
        ? `Compute the interest for a late payment (${law.title})`
        : `Claim ${dollars(owedCents)} interest for a late payment`,
    reason: [...words, ...doubt].join(' '),
    ruleId: law.id,
    subject: { kind: 'claim', sequence: claim.sequence },
    amountCents: owedCents ?? 0,
  });
}

function isFirstAndClean(turn: Turn, claim: ClaimTrack, remittance: PostedRemittance): boolean {
  const now = claimAt(turn, claim.sequence) ?? claim;
  const others = now.remittances.filter((r) => r.remittanceClaimId !== remittance.remittanceClaimId);
  const isUnderpaidOnly = now.cases.every((c) => c.category === DenialCategory.underpayment);
  return others.length === 0 && isUnderpaidOnly && now.submissions.length <= 1 && now.submissions.every((s) => s.rejection === null);
}

/** AMT*I of the claim, and what came beside it (PLB L6: negative is given to us). */
function interestPaid({ providerAdjustments = [] }: ClaimTrack, { interestCents = 0 }: PostedRemittance): number {
  return interestCents + providerInterest({ providerAdjustments });
}

export function providerInterest({ providerAdjustments = [] }: Pick<ClaimTrack, 'providerAdjustments'>): number {
  return -providerAdjustments.filter(({ code }) => code === 'L6').reduce((total, one) => total + one.cents, 0);
}

/** Interest that came beside the claim ends the task that asks for it when it is enough. */
export function interestCame(turn: Turn, sequence: ClaimTrack['sequence'], cameCents: number): void {
  const isOurs = (subject: Subject) => subject.kind === 'claim' && subject.sequence === sequence;
  turn.withdrawTasks(
    (t) => t.kind === 'claimInterest' && isOurs(t.subject) && t.amountCents > 0 && cameCents >= t.amountCents,
    'the payer paid the interest',
  );
}
