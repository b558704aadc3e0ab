import { createHash } from 'node:crypto';
import { dollars } from '../../rules/domain/money.ts';
import type { Remittance } from '../../rules/domain/remittance.ts';
import { remittancePosted } from '../../rules/lifecycle/arrivals.ts';
import { type KnownRemittance, readRemittancesOfTrace } from '../../prisma/reads/matching.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { supersedeRemittance, writeRemittance } from '../../prisma/writes/remittances.ts';
import { closeCorrected, type Unmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { findAccounts, type FoundRemittanceClaim, strayTasks } from './match-remittance.ts';

/**
 * Invariant 7: nothing is posted from an unbalanced remittance, and nothing twice from the same one. Of one trace, one content is posted: the
 * same again changes nothing, another is refused by name, kept as it came, and the rest of its file goes on.
 */
export async function storeRemittance(intake: Intake, remittance: Remittance): Promise<Counts> {
  const { tx, fileId, receivedOn } = intake;
  const { payerId } = remittance;
  const contentSha256 = contentHash(remittance);
  const known = await readRemittancesOfTrace(tx, payerId, remittance.trace);
  if (known.some((one) => one.contentSha256 === contentSha256)) return { 'remittances already recorded': 1 };
  const posted = known.find(({ status }) => status === 'posted');
  const status = posted !== undefined ? 'refused' : remittance.imbalances.length > 0 ? 'held' : 'posted';
  const claims = await findAccounts(tx, payerId, remittance.claims);
  const remittanceId = await writeRemittance(tx, { remittance, fileId, contentSha256, status, claims });
  if (posted !== undefined) {
    await writeUnmatched(tx, [reusedTraceTask(intake, remittance, { posted, remittanceId })], receivedOn);
    return { 'remittances refused (remittance.trace-reused)': 1 };
  }
  if (status === 'held') {
    await writeUnmatched(tx, [imbalanceTask(intake, remittance, remittanceId)], receivedOn);
    return { 'remittances held': 1 };
  }
  await post(intake, remittance, claims);
  for (const held of known.filter((one) => one.status === 'held')) {
    await supersedeRemittance(tx, held.id);
    await closeCorrected(tx, held, receivedOn);
  }
  const strays = claims.filter(({ account }) => account === null);
  await writeUnmatched(tx, await strayTasks(intake, payerId, strays), receivedOn);
  return { 'remittance claims posted': claims.length - strays.length, 'remittance claims unmatched': strays.length };
}

async function post(intake: Intake, { payerId, paidOn }: Remittance, claims: readonly FoundRemittanceClaim[]): Promise<void> {
  const { fileId, tx } = intake;
  const matched = claims.flatMap(({ id, claim, account }) => (account === null ? [] : [{ id, claim, account }]));
  const arrivals = matched.map(({ id: remittanceClaimId, claim, account }) => {
    const { sequence, submissionKey } = account;
    const context = { remittanceClaimId, fileId, sequence, remittanceOn: paidOn };
    return arrivalFrom(intake, account.accountId, remittancePosted({ ...claim, submissionKey }, context), { offset: claim.place.offset });
  });
  await appendArrivals(tx, arrivals);
  const learnt = matched.map(({ claim, account }) => ({ payerId, number: claim.payerClaimNumber, ...account }));
  await learnPayerClaimNumbers(tx, learnt);
}

function imbalanceTask(intake: Intake, remittance: Remittance, remittanceId: string): Unmatched {
  const [first] = remittance.imbalances;
  const levels = [...new Set(remittance.imbalances.map(({ level }) => level))].join(', ');
  return unmatched(intake, {
    kind: 'resolveImbalance',
    title: 'Ask the payer for a remittance that balances',
    reason: `It does not balance at: ${levels}. Nothing of it was posted.`,
    payerId: remittance.payerId,
    amountCents: remittance.paidCents,
    offset: first?.offset ?? remittance.place.offset,
    item: { kind: 'remittance', remittanceId },
  });
}

/** Traces, dates and totals name no patient. */
function reusedTraceTask(
  intake: Intake,
  { payerId, trace, paidOn, paidCents, place }: Remittance,
  { posted, remittanceId }: { readonly posted: KnownRemittance; readonly remittanceId: string },
): Unmatched {
  const first = `a remittance of ${posted.paidOn} for ${dollars(posted.paidCents)} is posted under it`;
  return unmatched(intake, {
    kind: 'resolveReusedTrace',
    title: 'Ask the payer why a trace number came twice with different content',
    reason: `remittance.trace-reused: TRN02 ${trace} of payer ${payerId}: ${first}; this one is of ${paidOn} for ${dollars(paidCents)} and says something else. Nothing of it was posted.`,
    payerId,
    amountCents: paidCents,
    offset: place.offset,
    item: { kind: 'remittance', remittanceId },
  });
}

/** Of what it says: the same remittance in another file lies elsewhere. */
function contentHash(remittance: Remittance): string {
  const text = JSON.stringify(remittance, (key, value: unknown) => (key === 'place' || key === 'offset' ? undefined : value));
  return createHash('sha256').update(text).digest('hex');
}
