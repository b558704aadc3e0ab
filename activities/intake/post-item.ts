import { assertNever, invariant } from '../../rules/domain/failures.ts';
import type { UnmatchedItem } from '../../rules/domain/unmatched.ts';
import { remittancePosted } from '../../rules/lifecycle/arrivals.ts';
import type { ClaimDescription } from '../../rules/matching/evidence.ts';
import { bestSubmission } from '../../rules/matching/rank.ts';
import { readClaimsOfAccounts, type StoredClaim } from '../../prisma/reads/known-claims.ts';
import { readOpenPlacements, readPatientPayment, readSubmissions } from '../../prisma/reads/matching.ts';
import { readProviderAdjustment } from '../../prisma/reads/provider-adjustments.ts';
import { readRemittanceClaim } from '../../prisma/reads/unmatched.ts';
import { learnPayerClaimNumbers, payerIdOf } from '../../prisma/writes/accounts.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { assignPatientPayment } from '../../prisma/writes/patient-payments.ts';
import { settleRemittanceClaim } from '../../prisma/writes/remittances.ts';
import { acknowledgedDescription, answerTo, learnt } from './acknowledgements.ts';
import { joinAccounts, submittedDescription } from './claims.ts';
import { arrivalFrom, type Intake } from './context.ts';
import { paid, storePatientPayments, vendorArrival } from './feeds.ts';
import { accountSpeaking, descriptionOf } from './match-remittance.ts';
import { sequenceOfPayer, tellAccount } from './provider-adjustments.ts';

/** Nothing was written; the message says why, and what is possible instead. */
export class Unpostable extends Error {
  override readonly name = 'Unpostable';
}

/**
 * Gives what came in to the account that a person named, as the intake would have: the same facts under the same keys, so that nothing is heard
 * twice. What it teaches (the payer's number for the claim) is learnt. @throws Unpostable
 */
export async function postItem(intake: Intake, accountId: string, item: UnmatchedItem): Promise<void> {
  switch (item.kind) {
    case 'remittanceClaim':
      return postRemittanceClaim(intake, accountId, item.remittanceClaimId);
    case 'acknowledgement': {
      const { acknowledgement } = item;
      const owner = await submissionOf(intake, accountId, acknowledgedDescription(acknowledgement));
      await appendArrivals(intake.tx, [answerTo(intake, acknowledgement, owner)]);
      return learnPayerClaimNumbers(intake.tx, learnt(acknowledgement, owner));
    }
    case 'claim':
      return postClaim(intake, accountId, item);
    case 'payment':
      return postPayment(intake, accountId, item.paymentId);
    case 'vendor':
      return postVendorStatement(intake, accountId, item.statement);
    case 'providerAdjustment':
      return postProviderAdjustment(intake, accountId, item.providerAdjustmentId);
    case 'remittance':
      throw new Unpostable('a whole remittance is never posted by hand');
    default:
      return assertNever(item);
  }
}

async function postRemittanceClaim(intake: Intake, accountId: string, remittanceClaimId: string): Promise<void> {
  const { tx, fileId } = intake;
  const stored = await readRemittanceClaim(tx, remittanceClaimId);
  invariant(stored !== null && stored.outcome === 'unmatched', 'an open task stands for a remittance claim that is not posted');
  const { claim, payerId, paidOn } = stored;
  const owner = await submissionOf(intake, accountId, descriptionOf(payerId, claim));
  const { sequence, submissionKey } = accountSpeaking(owner, payerId, claim);
  await settleRemittanceClaim(tx, remittanceClaimId, { outcome: 'posted', accountId, sequence });
  const body = remittancePosted({ ...claim, submissionKey }, { remittanceClaimId, fileId, sequence, remittanceOn: paidOn });
  await appendArrivals(tx, [arrivalFrom(intake, accountId, body, { offset: claim.place.offset })]);
  await learnPayerClaimNumbers(tx, [{ payerId, number: claim.payerClaimNumber, accountId, sequence, submissionKey }]);
}

/** The submission of the account that fits best is the one that was answered. */
async function submissionOf({ tx }: Intake, accountId: string, said: ClaimDescription): Promise<StoredClaim> {
  const owner = bestSubmission(said, await readClaimsOfAccounts(tx, [accountId]));
  if (owner === null) throw new Unpostable('nothing was ever sent for that account, so nothing of it can be answered');
  return owner;
}

async function postClaim(intake: Intake, accountId: string, { claim, envelope }: Extract<UnmatchedItem, { kind: 'claim' }>): Promise<void> {
  if ((await readSubmissions(intake.tx, [claim.submissionKey])).size > 0)
    throw new Unpostable('a claim with that key (CLM01) is recorded by now; the task can end as: notOurs, with a note');
  const original = await submissionOf(intake, accountId, submittedDescription(claim));
  await joinAccounts(intake, envelope, [{ accountId, claim }]);
  const { sequence, submissionKey } = original;
  const learning = { payerId: payerIdOf(claim), number: claim.originalPayerClaimNumber ?? '', accountId, sequence, submissionKey };
  await learnPayerClaimNumbers(intake.tx, [learning]);
}

async function postPayment(intake: Intake, accountId: string, paymentId: string): Promise<void> {
  const payment = await readPatientPayment(intake.tx, paymentId);
  invariant(payment !== null && payment.accountId === null, 'an open task stands for a payment that is not posted');
  await assignPatientPayment(intake.tx, paymentId, accountId);
  await appendArrivals(intake.tx, [paid(intake, accountId, payment)]);
}

async function postProviderAdjustment(intake: Intake, accountId: string, providerAdjustmentId: string): Promise<void> {
  const stored = await readProviderAdjustment(intake.tx, providerAdjustmentId);
  invariant(stored !== null && stored.accountId === null, 'an open task stands for a PLB amount that has no account');
  const { payerId, paidOn, ...adjustment } = stored;
  const sequence = sequenceOfPayer(await readClaimsOfAccounts(intake.tx, [accountId]), payerId);
  if (sequence === null)
    throw new Unpostable('that account has no coverage with the payer that settled this, so it cannot be about its claim');
  await tellAccount(intake, { accountId, sequence, adjustments: [adjustment], remittanceOn: paidOn });
}

async function postVendorStatement(
  intake: Intake,
  accountId: string,
  statement: Extract<UnmatchedItem, { kind: 'vendor' }>['statement'],
): Promise<void> {
  const placements = await readOpenPlacements(intake.tx, accountId);
  const [placement] = placements;
  if (placement === undefined || placements.length > 1)
    throw new Unpostable(`the account has ${placements.length} open placements, so it is not certain which one the vendor means`);
  if (statement.event !== 'payment') {
    await appendArrivals(intake.tx, [vendorArrival(intake, statement, placement)]);
    return;
  }
  const { paymentId, cents, on: paidOn, offset } = statement;
  await storePatientPayments(intake, [{ paymentId, accountNumber: placement.accountNumber, cents, paidOn, via: 'vendor', offset }]);
}
