import { civilDateAt } from '../../rules/domain/civil-date.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import { isFileAnswer } from '../../rules/domain/unmatched.ts';
import { acknowledgedDescription } from '../../rules/matching/describe.ts';
import { isSomebodyElses } from '../../rules/matching/evidence.ts';
import { remittancePosted } from '../../rules/lifecycle/arrivals.ts';
import { type HeldClaim, readEnvelopesOf, readHeldClaims, takeWaiting, type Waiting } from '../../prisma/reads/awaited.ts';
import { readClaimsByKey } from '../../prisma/reads/known-claims.ts';
import { readRemittanceTotals } from '../../prisma/reads/remittances.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { endAwaiting, holdArrivals } from '../../prisma/writes/awaited.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { postUnmatchedClaims } from '../../prisma/writes/remittances.ts';
import { closeMatched, shrinkUnmatched } from '../../prisma/writes/unmatched.ts';
import { learnt } from './acknowledgements.ts';
import { arrivalFrom, type Intake } from './context.ts';
import { claimAnswer, findAnswered, heard } from './file-acknowledgements.ts';
import { statusArrival, statusLearnt } from './statuses.ts';
import { findAccounts, type FoundRemittanceClaim, manyStraysTitle } from './match-remittance.ts';

type PostableClaim = HeldClaim & { readonly account: NonNullable<FoundRemittanceClaim['account']> };

/** The facts that waited are delivered with this file, and keep the key of the file that said them. */
function broughtBy(
  intake: Intake,
  waited: { readonly fileId: string },
  say: (said: Intake) => readonly NewArrival[],
): readonly NewArrival[] {
  return say({ ...intake, fileId: waited.fileId }).map((arrival) => ({ ...arrival, fileId: intake.fileId }));
}

/**
 * Claims of ours with these keys are stored now, in the caller's transaction: a remittance claim that was unmatched and bears exactly one of them
 * is posted as if it had come after, an acknowledgement or answer that names one is heard, and their tasks end. Whatever rests on less (the
 * payer's number, likeness) stays for a person.
 * @returns how many remittance claims were posted
 */
export async function matchAwaited(intake: Intake, keys: readonly string[]): Promise<number> {
  await holdArrivals(intake.tx);
  const waiting = await takeWaiting(intake.tx, 'submission', keys);
  await hearAnswers(intake, waiting);
  const ids = waiting.flatMap(({ remittanceClaimId: id }) => (id === null ? [] : [id]));
  if (ids.length === 0) return 0;
  const postable = await findOwners(intake, await readHeldClaims(intake.tx, ids));
  await post(intake, postable);
  await endTasks(intake, waiting, new Set(postable.map(({ id }) => id)));
  return postable.length;
}

/** By the rule of every remittance claim, of which only our own key counts here. */
async function findOwners({ tx }: Intake, held: readonly HeldClaim[]): Promise<readonly PostableClaim[]> {
  const accounts = new Map<string, PostableClaim['account']>();
  for (const [payerId, claims] of grouped(held, (claim) => claim.payerId))
    for (const { id, claim, account } of await findAccounts(tx, payerId, claims))
      if (account !== null && account.submissionKey === claim.submissionKey) accounts.set(id, account);
  return held.flatMap((one) => {
    const account = accounts.get(one.id);
    return account === undefined ? [] : [{ ...one, account }];
  });
}

/** The file that brought our claim delivers what the payer said of it: after the claim, to the same account. */
async function post(intake: Intake, postable: readonly PostableClaim[]): Promise<void> {
  await postUnmatchedClaims(intake.tx, postable);
  const arrivals = postable.flatMap(({ id: remittanceClaimId, claim, paidOn: remittanceOn, receivedAt, fileId, account }) => {
    const { accountId, sequence } = account;
    const receivedOn = civilDateAt(receivedAt, intake.zone);
    const body = remittancePosted(claim, { remittanceClaimId, fileId, sequence, remittanceOn, receivedOn });
    return broughtBy(intake, { fileId }, (said) => [arrivalFrom(said, accountId, body, { offset: claim.place.offset })]);
  });
  await appendArrivals(intake.tx, arrivals);
  const numbers = postable.map(({ payerId, claim, account }) => ({ payerId, number: claim.payerClaimNumber, ...account }));
  await learnPayerClaimNumbers(intake.tx, numbers);
}

async function endTasks(intake: Intake, waiting: readonly Waiting[], posted: ReadonlySet<string>): Promise<void> {
  const { tx, fileId, receivedOn: on } = intake;
  const ended = waiting.filter(({ remittanceClaimId: id }) => id !== null && posted.has(id));
  for (const [taskId, claims] of grouped(ended, (one) => one.taskId)) {
    const item = claims[0]?.item;
    if (item?.kind !== 'remittance') {
      await closeMatched(tx, taskId, { fileId, on });
      continue;
    }
    await endAwaiting(
      tx,
      taskId,
      claims.flatMap(({ remittanceClaimId: id }) => id ?? []),
    );
    const { unmatched, unmatchedCents: amountCents } = await readRemittanceTotals(tx, item.remittanceId);
    const title = manyStraysTitle(unmatched);
    await shrinkUnmatched(tx, taskId, { title, amountCents, isEnded: unmatched === 0, fileId, on });
  }
}

/** 277CA and 277 that named these keys before they were known. */
async function hearAnswers(intake: Intake, waiting: readonly Waiting[]): Promise<void> {
  const { tx, fileId, receivedOn: on } = intake;
  const answers = new Map(waiting.flatMap((one) => (one.remittanceClaimId === null ? [[one.taskId, one] as const] : [])));
  if (answers.size === 0) return;
  const known = await readClaimsByKey(
    tx,
    [...answers.values()].map(({ key }) => key),
  );
  for (const { taskId, key, item, ...waited } of answers.values()) {
    const owner = known.get(key);
    if (owner === undefined) continue;
    if (item.kind === 'acknowledgement') {
      if (isSomebodyElses(acknowledgedDescription(item.acknowledgement), owner)) continue;
      await appendArrivals(
        tx,
        broughtBy(intake, waited, (said) => [claimAnswer(said, item.acknowledgement, owner)]),
      );
      await learnPayerClaimNumbers(tx, learnt(item.acknowledgement, owner));
    } else if (item.kind === 'status' || item.kind === 'documents') {
      await appendArrivals(
        tx,
        broughtBy(intake, waited, (said) => [statusArrival(said, item, owner)]),
      );
      await learnPayerClaimNumbers(tx, statusLearnt(item, owner));
    } else continue;
    await closeMatched(tx, taskId, { fileId, on });
  }
}

/**
 * A file of claims is stored to its end: a TA1, 999 or refused batch that waited for exactly its control number, between the same two partners and
 * not dated before it, is heard by every claim in it.
 */
export async function matchAwaitedFile(intake: Intake): Promise<void> {
  const { tx, fileId, receivedOn: on } = intake;
  const sent = await readEnvelopesOf(tx, fileId);
  if (sent.length === 0) return;
  await holdArrivals(tx);
  const groups = sent.map(({ groupControlNumber }) => groupControlNumber);
  const interchanges = sent.map(({ interchangeControlNumber }) => interchangeControlNumber);
  const waiting = [...(await takeWaiting(tx, 'group', groups)), ...(await takeWaiting(tx, 'interchange', interchanges))];
  for (const { taskId, item, ...waited } of waiting) {
    if (!isFileAnswer(item)) continue;
    const { senderId, receiverId } = item.envelope;
    if (!sent.some((envelope) => envelope.senderId === receiverId && envelope.receiverId === senderId)) continue;
    const submissions = (await findAnswered(intake, item)).filter((submission) => submission.fileId === fileId);
    if (submissions.length === 0) continue;
    await appendArrivals(
      tx,
      broughtBy(intake, waited, (said) => heard(said, item, submissions)),
    );
    await closeMatched(tx, taskId, { fileId, on });
  }
}
