import { effectOf, type SubmittedClaim } from '../../rules/domain/claim.ts';
import type { Envelope } from '../../rules/domain/x12-file.ts';
import { submittedDescription } from '../../rules/matching/describe.ts';
import { isSomebodyElses } from '../../rules/matching/evidence.ts';
import { rankCandidates } from '../../rules/matching/rank.ts';
import { accountOpened, submissionSent } from '../../rules/lifecycle/arrivals.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import { readClaimsByKey, readSimilarClaims, type StoredClaim } from '../../prisma/reads/known-claims.ts';
import { readPayerClaimNumbers, readSubmissions } from '../../prisma/reads/matching.ts';
import { openAccounts, payerIdOf, type SubmissionToWrite, writeSubmissions } from '../../prisma/writes/accounts.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { type Unmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { matchAwaited } from './match-awaited.ts';
import { doubtText } from './match-remittance.ts';

/**
 * Claims of an 837 that the hospital's system sent: each new one opens an account, a replacement or void of a known one joins its account. An interim
 * or late bill (frequency 2 to 5) has charges and an answer of its own, so it opens an account too.
 */
export async function storeClaims(intake: Intake, envelope: Envelope, claims: readonly SubmittedClaim[]): Promise<Counts> {
  const sorted = await sort(intake, claims);
  const { opening, joining } = sorted;
  await openAccounts(intake.tx, opening, intake.receivedAt);
  const opened = opening.map(({ accountId, claim }) =>
    arrivalFrom(intake, accountId, accountOpened(claim, intake), { offset: claim.place.offset }),
  );
  await appendArrivals(intake.tx, opened);
  const matched = await joinAccounts(intake, envelope, [...opening, ...joining]);
  const tasks = await strayClaims(intake, envelope, sorted.strays);
  await writeUnmatched(intake.tx, tasks, intake.receivedOn);
  return {
    'new accounts': opening.length,
    'claims of known accounts': joining.length,
    'claims already recorded': sorted.recorded,
    'claims unmatched': tasks.length,
    'remittance claims that waited for them': matched,
  };
}

async function strayClaims(intake: Intake, envelope: Envelope, strays: readonly StrayClaim[]): Promise<readonly Unmatched[]> {
  const similar = await readSimilarClaims(
    intake.tx,
    strays.map(({ claim }) => submittedDescription(claim)),
  );
  return strays.map(({ claim, doubtful }, n) => {
    const unknown = 'It replaces or voids a claim whose payer claim number (REF*F8) is not known here.';
    return unmatched(intake, {
      kind: 'matchClaim',
      title: `Find the account of a claim with frequency ${claim.frequency}`,
      reason: doubtful === null ? unknown : doubtText(submittedDescription(claim), doubtful),
      payerId: payerIdOf(claim),
      amountCents: claim.chargeCents,
      offset: claim.place.offset,
      candidates: rankCandidates(submittedDescription(claim), [...(similar[n] ?? []), ...(doubtful === null ? [] : [doubtful])]),
      item: { kind: 'claim', claim, envelope },
    });
  });
}

/** What a claim that joins a known account tells it, and what payers said of it before. @returns how much of that there was */
export async function joinAccounts(intake: Intake, envelope: Envelope, found: readonly FoundClaim[]): Promise<number> {
  await writeSubmissions(
    intake.tx,
    found.map((one) => toSubmission(intake, envelope, one)),
  );
  await appendArrivals(
    intake.tx,
    found.map((one) => sent(intake, envelope, one)),
  );
  return matchAwaited(
    intake,
    found.map(({ claim }) => claim.submissionKey),
  );
}

function sent(intake: Intake, envelope: Envelope, { accountId, claim }: FoundClaim): NewArrival {
  const body = submissionSent(claim, { fileId: intake.fileId, sentOn: envelope.sentOn });
  return arrivalFrom(intake, accountId, body, { offset: claim.place.offset });
}

interface StrayClaim {
  readonly claim: SubmittedClaim;
  readonly doubtful: StoredClaim | null;
}

interface FoundClaim {
  readonly accountId: string;
  readonly claim: SubmittedClaim;
}

interface SortedClaims {
  readonly opening: FoundClaim[];
  readonly joining: FoundClaim[];
  readonly strays: StrayClaim[];
  recorded: number;
}

async function sort({ tx }: Intake, claims: readonly SubmittedClaim[]): Promise<SortedClaims> {
  const known = await readSubmissions(
    tx,
    claims.map(({ submissionKey }) => submissionKey),
  );
  const numbers = await readPayerClaimNumbers(
    tx,
    claims.flatMap(({ originalPayerClaimNumber: number }) => (number === null ? [] : [number])),
  );
  const originals = await readClaimsByKey(
    tx,
    numbers.map(({ submissionKey }) => submissionKey),
  );
  const sorted: SortedClaims = { opening: [], joining: [], strays: [], recorded: 0 };
  const seen = new Set(known.keys());
  for (const claim of claims) {
    if (seen.has(claim.submissionKey)) {
      sorted.recorded += 1;
      continue;
    }
    seen.add(claim.submissionKey);
    if (effectOf(claim.frequency) === '1') {
      sorted.opening.push({ accountId: uuidv7(), claim });
      continue;
    }
    const same = numbers.filter(({ number }) => number === claim.originalPayerClaimNumber);
    const number = same.find(({ payerId }) => payerId === payerIdOf(claim)) ?? (same.length === 1 ? same[0] : undefined);
    const original = originals.get(number?.submissionKey ?? '') ?? null;
    if (original !== null && !isSomebodyElses(submittedDescription(claim), original))
      sorted.joining.push({ accountId: original.accountId, claim });
    else sorted.strays.push({ claim, doubtful: original });
  }
  return sorted;
}

function toSubmission({ fileId }: Intake, envelope: Envelope, { accountId, claim }: FoundClaim): SubmissionToWrite {
  const { sentOn, senderId, receiverId, interchangeControlNumber, groupControlNumber, transactionControlNumber } = envelope;
  const numbers = { senderId, receiverId, interchangeControlNumber, groupControlNumber, transactionControlNumber };
  return { accountId, claim, sentOn, fileId, offset: claim.place.offset, ...numbers };
}
