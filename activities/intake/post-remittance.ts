import type { RemittanceHeader } from '../../rules/x12/events.ts';
import { remittancePosted } from '../../rules/lifecycle/arrivals.ts';
import {
  readRemittanceClaims,
  readRemittanceTotals,
  type RemittanceTotals,
  type StagedRemittance,
  type StoredRemittanceClaim,
} from '../../prisma/reads/remittances.ts';
import { readKeysThatCame } from '../../prisma/reads/awaited.ts';
import { readRemittancesOfTrace } from '../../prisma/reads/matching.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { awaitClaimsOf, holdAwaited } from '../../prisma/writes/awaited.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { finishRemittance, placeClaims, supersedeRemittance } from '../../prisma/writes/remittances.ts';
import { closeCorrected, type Unmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Intake, unmatched } from './context.ts';
import type { Done, FileReading } from './file-reading.ts';
import { matchAwaited } from './match-awaited.ts';
import { findAccounts, manyStraysTitle, strayTasks } from './match-remittance.ts';

export interface Posting {
  readonly remittance: StagedRemittance;
  readonly header: RemittanceHeader;
  readonly offset: number;
  /** The byte after its last one. */
  readonly end: number;
}

const claimsAtOnce = 1_000;
/** Up to so many unmatched claims of one remittance are a task each; more are one task: nobody works through thousands of rows one by one. */
const strayTasksAtMost = 25;

/** Tells the accounts, batch by batch; goes on where an earlier attempt stopped. */
export async function postRemittance(reading: FileReading, posting: Posting): Promise<void> {
  const { remittance, header, end } = posting;
  let { postedTo } = remittance;
  for (;;) {
    const page = { after: postedTo, limit: claimsAtOnce, outcome: 'staged' } as const;
    const claims = await readRemittanceClaims(reading.prisma, remittance.id, page);
    if (claims.length === 0) break;
    await reading.batch(0, (intake) => post(intake, { ...remittance, postedTo }, { header, claims }));
    postedTo = claims.at(-1)?.claim.place.offset ?? postedTo;
  }
  await reading.step(async (intake): Promise<Done> => {
    await finishRemittance(intake.tx, { ...remittance, postedTo });
    await endCorrected(intake, header);
    await askPeople(intake, posting, await readRemittanceTotals(intake.tx, remittance.id));
    const totals = await readRemittanceTotals(intake.tx, remittance.id);
    return { counts: { 'remittance claims posted': totals.posted, 'remittance claims unmatched': totals.unmatched }, settledTo: end };
  });
}

/** What was held under its trace is corrected by it, and the task that asked for a correction ends. */
async function endCorrected({ tx, receivedOn }: Intake, { payerId, trace }: RemittanceHeader): Promise<void> {
  for (const held of await readRemittancesOfTrace(tx, payerId, trace)) {
    if (held.status !== 'held') continue;
    await supersedeRemittance(tx, held.id);
    await closeCorrected(tx, held, receivedOn);
  }
}

interface Page {
  readonly header: RemittanceHeader;
  readonly claims: readonly StoredRemittanceClaim[];
}

async function post(intake: Intake, remittance: StagedRemittance, { header, claims }: Page): Promise<void> {
  const { tx, fileId, receivedOn } = intake;
  const { payerId, paidOn: remittanceOn } = header;
  const found = await findAccounts(tx, payerId, claims);
  const placed = found.map(({ id, claim, account }) => ({ id, claim, offset: claim.place.offset, account }));
  await placeClaims(tx, remittance, placed);
  const matched = placed.flatMap(({ account, ...one }) => (account === null ? [] : [{ ...one, account }]));
  const arrivals = matched.map(({ id: remittanceClaimId, claim, offset, account: { accountId, sequence, submissionKey } }) => {
    const context = { remittanceClaimId, fileId, sequence, remittanceOn, receivedOn };
    return arrivalFrom(intake, accountId, remittancePosted({ ...claim, submissionKey }, context), { offset });
  });
  await appendArrivals(tx, arrivals);
  await learnPayerClaimNumbers(
    tx,
    matched.map(({ claim, account }) => ({ payerId, number: claim.payerClaimNumber, ...account })),
  );
}

/** A task for what is unmatched. A claim of ours that came while these were being placed is found last of all. */
async function askPeople(intake: Intake, posting: Posting, totals: RemittanceTotals): Promise<void> {
  const { tx, receivedOn } = intake;
  const { id } = posting.remittance;
  if (totals.unmatched === 0) return;
  await holdAwaited(tx);
  const taskIds = await writeUnmatched(tx, await tasksFor(intake, posting, totals), receivedOn);
  const [first] = taskIds;
  if (totals.unmatched > strayTasksAtMost && first !== undefined) await awaitClaimsOf(tx, first, id);
  await matchAwaited(intake, await readKeysThatCame(tx, id));
}

async function tasksFor(intake: Intake, { remittance, header, offset }: Posting, totals: RemittanceTotals): Promise<readonly Unmatched[]> {
  const { payerId } = header;
  const { unmatched: count, unmatchedCents: amountCents } = totals;
  if (count > strayTasksAtMost) {
    const title = manyStraysTitle(count);
    const reason =
      'Neither CLP01 nor CLP07 of them is known here. When so many are unknown, their 837 has usually not come yet, or the remittance belongs to somebody else. The list of the file’s unmatched claims names the candidates of each.';
    const item = { kind: 'remittance', remittanceId: remittance.id } as const;
    return [unmatched(intake, { kind: 'matchRemittances', title, reason, payerId, amountCents, offset, item })];
  }
  const strays = await readRemittanceClaims(intake.tx, remittance.id, { after: -1, limit: strayTasksAtMost, outcome: 'unmatched' });
  // Asked again for why their numbers were not believed.
  return strayTasks(intake, payerId, await findAccounts(intake.tx, payerId, strays));
}
