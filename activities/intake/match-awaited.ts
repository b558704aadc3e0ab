import { grouped } from '../../rules/domain/grouped.ts';
import { remittancePosted } from '../../rules/lifecycle/arrivals.ts';
import { type HeldClaim, readHeldClaims, takeWaiting, type Waiting } from '../../prisma/reads/awaited.ts';
import { readRemittanceTotals } from '../../prisma/reads/remittances.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { endAwaiting, holdArrivals } from '../../prisma/writes/awaited.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { postUnmatchedClaims } from '../../prisma/writes/remittances.ts';
import { closeMatched, shrinkUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Intake } from './context.ts';
import { findAccounts, type FoundRemittanceClaim, manyStraysTitle } from './match-remittance.ts';

type PostableClaim = HeldClaim & { readonly account: NonNullable<FoundRemittanceClaim['account']> };

/**
 * Claims of ours with these keys are stored now, in the caller's transaction: a remittance claim that was unmatched and bears exactly one of them
 * is posted as if it had come after, and its task ends. Whatever rests on less (the payer's number, likeness) stays for a person.
 * @returns how many were posted
 */
export async function matchAwaited(intake: Intake, keys: readonly string[]): Promise<number> {
  await holdArrivals(intake.tx);
  const waiting = await takeWaiting(intake.tx, 'submission', keys);
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
  const arrivals = postable.map(({ id: remittanceClaimId, claim, paidOn: remittanceOn, fileId, account }) => {
    const { accountId, sequence } = account;
    const body = remittancePosted(claim, { remittanceClaimId, fileId, sequence, remittanceOn });
    const said = arrivalFrom({ ...intake, fileId }, accountId, body, { offset: claim.place.offset });
    return { ...said, fileId: intake.fileId };
  });
  await appendArrivals(intake.tx, arrivals);
  const learnt = postable.map(({ payerId, claim, account }) => ({ payerId, number: claim.payerClaimNumber, ...account }));
  await learnPayerClaimNumbers(intake.tx, learnt);
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
