import { civilDateAt } from '../../rules/domain/civil-date.ts';
import { assertNever, invariant } from '../../rules/domain/failures.ts';
import type { FileAnswer, UnmatchedItem } from '../../rules/domain/unmatched.ts';
import { remittancePosted } from '../../rules/lifecycle/arrivals.ts';
import { acknowledgedDescription, remittedDescription, statusDescription, submittedDescription } from '../../rules/matching/describe.ts';
import type { ClaimDescription } from '../../rules/matching/evidence.ts';
import { bestSubmission } from '../../rules/matching/rank.ts';
import { readClaimsOfAccounts, type StoredClaim } from '../../prisma/reads/known-claims.ts';
import {
  readOpenPlacements,
  readPatientPayment,
  readSubmissions,
  readSubmissionSent,
  readSubmissionsSentWith,
} from '../../prisma/reads/matching.ts';
import { readProviderAdjustment } from '../../prisma/reads/provider-adjustments.ts';
import { readRemittanceClaim } from '../../prisma/reads/unmatched.ts';
import { learnPayerClaimNumbers, payerIdOf } from '../../prisma/writes/accounts.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { assignPatientPayment } from '../../prisma/writes/patient-payments.ts';
import { settleRemittanceClaim } from '../../prisma/writes/remittances.ts';
import { learnt } from './acknowledgements.ts';
import { joinAccounts } from './claims.ts';
import { arrivalFrom, type Intake } from './context.ts';
import { claimAnswer, heard } from './file-acknowledgements.ts';
import { storePatientPayments, vendorArrivals } from './feeds.ts';
import { accountSpeaking } from './match-remittance.ts';
import { applyWaitingReversals } from './payment-reversals.ts';
import { postPart } from './payment-parts.ts';
import { sequenceOfPayer, tellAccount } from './provider-adjustments.ts';
import { statusArrival, statusLearnt } from './statuses.ts';

/** Whose it is: an account, and which of its submissions, when that was said. */
export interface Owner {
  readonly accountId: string;
  readonly submissionKey?: string | undefined;
}

/** Nothing was written; the message says why, and what is possible instead. */
export class Unpostable extends Error {
  override readonly name = 'Unpostable';
}

/**
 * Gives what came in to the account that a person named, as the intake would have: the same facts under the same keys, so that nothing is heard
 * twice. What it teaches (the payer's number for the claim) is learnt. @throws Unpostable
 */
export async function postItem(intake: Intake, to: Owner, item: UnmatchedItem): Promise<void> {
  switch (item.kind) {
    case 'remittanceClaim':
      return postRemittanceClaim(intake, to, item.remittanceClaimId);
    case 'acknowledgement': {
      const { acknowledgement } = item;
      const owner = await submissionOf(intake, to, acknowledgedDescription(acknowledgement));
      await appendArrivals(intake.tx, [claimAnswer(intake, acknowledgement, owner)]);
      return learnPayerClaimNumbers(intake.tx, learnt(acknowledgement, owner));
    }
    case 'status':
    case 'documents': {
      const owner = await submissionOf(intake, to, statusDescription(item.kind === 'status' ? item.answer : item.request));
      await appendArrivals(intake.tx, [statusArrival(intake, item, owner)]);
      return learnPayerClaimNumbers(intake.tx, statusLearnt(item, owner));
    }
    case 'functional':
    case 'interchange':
    case 'batch':
      return postFileAnswer(intake, to, item);
    case 'claim':
      return postClaim(intake, to, item);
    case 'payment':
      return postPayment(intake, to.accountId, item.paymentId);
    case 'vendor':
      return postVendorStatement(intake, to.accountId, item.statement);
    case 'providerAdjustment':
      return postProviderAdjustment(intake, to.accountId, item.providerAdjustmentId);
    case 'remittance':
      throw new Unpostable('a whole remittance is never posted by hand');
    default:
      return assertNever(item);
  }
}

async function postRemittanceClaim(intake: Intake, to: Owner, remittanceClaimId: string): Promise<void> {
  const { accountId } = to;
  const { tx, fileId, zone } = intake;
  const stored = await readRemittanceClaim(tx, remittanceClaimId);
  invariant(stored !== null && stored.outcome === 'unmatched', 'an open task stands for a remittance claim that is not posted');
  const { claim, payerId, paidOn: remittanceOn } = stored;
  const receivedOn = civilDateAt(stored.receivedAt, zone);
  const owner = await submissionOf(intake, to, remittedDescription(payerId, claim));
  const { sequence, submissionKey } = accountSpeaking(owner, payerId, claim);
  await settleRemittanceClaim(tx, remittanceClaimId, { outcome: 'posted', accountId, sequence });
  const body = remittancePosted({ ...claim, submissionKey }, { remittanceClaimId, fileId, sequence, remittanceOn, receivedOn });
  await appendArrivals(tx, [arrivalFrom(intake, accountId, body, { offset: claim.place.offset })]);
  await learnPayerClaimNumbers(tx, [{ payerId, number: claim.payerClaimNumber, accountId, sequence, submissionKey }]);
}

/** What it says of a file, group or batch of ours is heard by everything that was sent in it together with that submission. */
async function postFileAnswer(intake: Intake, { accountId, submissionKey }: Owner, answer: FileAnswer): Promise<void> {
  const by = answer.envelope.sentOn;
  const one = await readSubmissionSent(intake.tx, { accountId, submissionKey, by });
  if (one === null)
    throw new Unpostable(
      submissionKey === undefined ? `nothing was sent for that account by ${by}, the date of the acknowledgement` : noSuchSubmission,
    );
  const together = await readSubmissionsSentWith(intake.tx, one, answer.kind === 'functional' ? 'group' : 'interchange');
  await appendArrivals(intake.tx, heard(intake, answer, together));
}

const noSuchSubmission = 'that account never sent a claim with that key (CLM01)';

/** The submission that was named, else the one of the account that fits best, is the one that was answered. */
async function submissionOf({ tx }: Intake, { accountId, submissionKey }: Owner, said: ClaimDescription): Promise<StoredClaim> {
  const sent = await readClaimsOfAccounts(tx, [accountId]);
  const named = sent.filter((claim) => submissionKey === undefined || claim.submissionKey === submissionKey);
  if (sent.length > 0 && named.length === 0) throw new Unpostable(noSuchSubmission);
  const owner = bestSubmission(said, named);
  if (owner === null) throw new Unpostable('nothing was ever sent for that account, so nothing of it can be answered');
  return owner;
}

async function postClaim(intake: Intake, to: Owner, { claim, envelope }: Extract<UnmatchedItem, { kind: 'claim' }>): Promise<void> {
  const { accountId } = to;
  if ((await readSubmissions(intake.tx, [claim.submissionKey])).size > 0)
    throw new Unpostable('a claim with that key (CLM01) is recorded by now; the task can end as: notOurs, with a note');
  const original = await submissionOf(intake, to, submittedDescription(claim));
  await joinAccounts(intake, envelope, [{ accountId, claim }]);
  const { sequence, submissionKey } = original;
  const learning = { payerId: payerIdOf(claim), number: claim.originalPayerClaimNumber ?? '', accountId, sequence, submissionKey };
  await learnPayerClaimNumbers(intake.tx, [learning]);
}

async function postPayment(intake: Intake, accountId: string, paymentId: string): Promise<void> {
  const payment = await readPatientPayment(intake.tx, paymentId);
  invariant(payment !== null && payment.accountId === null, 'an open task stands for a payment that is not posted');
  await assignPatientPayment(intake.tx, paymentId, accountId);
  await postPart(intake, { ...payment, fileId: intake.fileId }, { accountId, cents: payment.cents });
  await applyWaitingReversals(intake, [paymentId]);
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
    await appendArrivals(intake.tx, vendorArrivals(intake, statement, placement));
    return;
  }
  const { paymentId, cents, on: paidOn, offset } = statement;
  await storePatientPayments(intake, [
    { paymentId, accountNumber: placement.accountNumber, cents, paidOn, via: 'vendor', offset, placementId: placement.placementId },
  ]);
}
