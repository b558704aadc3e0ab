import type { BatchAcknowledgement, ClaimAcknowledgement } from '../../rules/domain/acknowledgement.ts';
import type { Envelope } from '../../rules/domain/x12-file.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import { acknowledgedDescription } from '../../rules/matching/describe.ts';
import { isSomebodyElses } from '../../rules/matching/evidence.ts';
import { rankCandidates } from '../../rules/matching/rank.ts';
import { readClaimsByKey, readSimilarClaims, type StoredClaim } from '../../prisma/reads/known-claims.ts';
import { readPayerClaimNumbers } from '../../prisma/reads/matching.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { holdAwaited } from '../../prisma/writes/awaited.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { type Unmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { addCounts, type Counts, type Intake, unmatched } from './context.ts';
import { claimAnswer, claimsOfBatch, findAnswered, leaveUnmatched } from './file-acknowledgements.ts';
import { doubtText } from './match-remittance.ts';

/** A 277CA answers claim by claim, and may refuse a whole batch without naming its claims. */
export async function storeClaimAcknowledgements(
  intake: Intake,
  envelope: Envelope,
  answers: { readonly acknowledgements: readonly ClaimAcknowledgement[]; readonly batches: readonly BatchAcknowledgement[] },
): Promise<Counts> {
  const named = new Set(answers.acknowledgements.map(({ submissionKey }) => submissionKey));
  const refused = answers.batches.filter(({ category }) => refusals.has(category));
  const inBatches: ClaimAcknowledgement[] = [];
  let strays = 0;
  for (const acknowledgement of refused) {
    const answer = { kind: 'batch', envelope, acknowledgement, named: [...named] } as const;
    const submissions = await findAnswered(intake, answer);
    inBatches.push(...claimsOfBatch(answer, submissions));
    if (submissions.length > 0) continue;
    await leaveUnmatched(intake, answer);
    strays += 1;
  }
  const counts = await storeClaims(intake, [...answers.acknowledgements, ...inBatches]);
  return addCounts([counts, { 'batches unmatched': strays }]);
}

/** STC01-1 of what was never accepted (DOMAIN §2). */
const refusals: ReadonlySet<string> = new Set(['A3', 'A4', 'A6', 'A7', 'A8']);

/** By our key, else by the payer's number for the claim, this payer's first. A number that clearly stands on somebody else's claim names nobody. */
async function storeClaims(intake: Intake, acks: readonly ClaimAcknowledgement[]): Promise<Counts> {
  let found = await findClaims(intake, acks);
  if (found.some(({ owner }) => owner === null)) {
    await holdAwaited(intake.tx);
    found = await findClaims(intake, acks);
  }
  await appendArrivals(
    intake.tx,
    found.flatMap(({ ack, owner }) => (owner === null ? [] : [claimAnswer(intake, ack, owner)])),
  );
  await learnPayerClaimNumbers(
    intake.tx,
    found.flatMap(({ ack, owner }) => (owner === null ? [] : learnt(ack, owner))),
  );
  const strays = found.filter(({ owner }) => owner === null);
  await writeUnmatched(intake.tx, await strayAcknowledgements(intake, strays), intake.receivedOn);
  return { 'claims acknowledged': found.length - strays.length, 'acknowledgements unmatched': strays.length };
}

interface FoundAcknowledgement {
  readonly ack: ClaimAcknowledgement;
  readonly owner: StoredClaim | null;
  readonly doubtful: StoredClaim | null;
}

async function findClaims({ tx }: Intake, acks: readonly ClaimAcknowledgement[]): Promise<readonly FoundAcknowledgement[]> {
  const numbers = await readPayerClaimNumbers(
    tx,
    acks.flatMap(({ payerClaimNumber: number }) => (number === null ? [] : [number])),
  );
  const byNumber = grouped(numbers, ({ number }) => number);
  const named = acks.map((ack) => {
    const same = byNumber.get(ack.payerClaimNumber ?? '') ?? [];
    const number = same.find(({ payerId }) => payerId === ack.sourceId) ?? (same.length === 1 ? same[0] : undefined);
    return { ack, keys: [ack.submissionKey, ...(number === undefined ? [] : [number.submissionKey])] };
  });
  const known = await readClaimsByKey(
    tx,
    named.flatMap(({ keys }) => keys),
  );
  return named.map(({ ack, keys }) => {
    const owners = keys.flatMap((key) => known.get(key) ?? []);
    const owner = owners.find((one) => !isSomebodyElses(acknowledgedDescription(ack), one)) ?? null;
    return { ack, owner, doubtful: owner === null ? (owners[0] ?? null) : null };
  });
}

type Owner = Pick<StoredClaim, 'payerId' | 'accountId' | 'sequence' | 'submissionKey'>;

/** The payer's number that it tells, if it tells one. */
export function learnt({ payerClaimNumber: number }: ClaimAcknowledgement, { payerId, accountId, sequence, submissionKey }: Owner) {
  return number === null ? [] : [{ payerId, number, accountId, sequence, submissionKey }];
}

async function strayAcknowledgements(intake: Intake, strays: readonly FoundAcknowledgement[]): Promise<readonly Unmatched[]> {
  const similar = await readSimilarClaims(
    intake.tx,
    strays.map(({ ack }) => acknowledgedDescription(ack)),
  );
  return strays.map(({ ack, doubtful }, n) => {
    const unknown = 'Neither the claim’s key nor its payer claim number is known here.';
    return unmatched(intake, {
      kind: 'matchAcknowledgement',
      title: `Find the claim that a ${ack.by} answered (${ack.category}:${ack.status})`,
      reason: doubtful === null ? unknown : doubtText(acknowledgedDescription(ack), doubtful),
      payerId: ack.by === 'payer' ? ack.sourceId : '',
      offset: ack.place.offset,
      candidates: rankCandidates(acknowledgedDescription(ack), [...(similar[n] ?? []), ...(doubtful === null ? [] : [doubtful])]),
      item: { kind: 'acknowledgement', acknowledgement: ack },
      awaits: [{ kind: 'submission', key: ack.submissionKey, remittanceClaimId: null }],
    });
  });
}
