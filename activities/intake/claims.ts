import { effectOf, type SubmittedClaim } from '../../rules/domain/claim.ts';
import type { Envelope } from '../../rules/domain/x12-file.ts';
import { accountOpened, submissionSent } from '../../rules/lifecycle/arrivals.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import { readPayerClaimNumbers, readSubmissions } from '../../prisma/reads/matching.ts';
import { openAccounts, payerIdOf, type SubmissionToWrite, writeSubmissions } from '../../prisma/writes/accounts.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';

/**
 * Claims of an 837 that the hospital's system sent: each new one opens an account, a replacement or void of a known one joins its account. An interim
 * or late bill (frequency 2 to 5) has charges and an answer of its own, so it opens an account too.
 */
export async function storeClaims(intake: Intake, envelope: Envelope, claims: readonly SubmittedClaim[]): Promise<Counts> {
  const sorted = await sort(intake, claims);
  const { opening, joining } = sorted;
  await openAccounts(intake.tx, opening, intake.receivedAt);
  await writeSubmissions(
    intake.tx,
    [...opening, ...joining].map((found) => toSubmission(intake, envelope, found)),
  );
  const opened = opening.map(({ accountId, claim }) =>
    arrivalFrom(intake, accountId, accountOpened(claim, intake), { offset: claim.place.offset }),
  );
  const sent = [...opening, ...joining].map(({ accountId, claim }) =>
    arrivalFrom(intake, accountId, submissionSent(claim, { fileId: intake.fileId, sentOn: envelope.sentOn }), {
      offset: claim.place.offset,
    }),
  );
  await appendArrivals(intake.tx, [...opened, ...sent]);
  const tasks = sorted.strays.map((claim) =>
    unmatched(intake, {
      kind: 'matchClaim',
      title: `Find the account of a claim with frequency ${claim.frequency}`,
      reason: 'It replaces or voids a claim whose payer claim number (REF*F8) is not known here.',
      payerId: payerIdOf(claim),
      amountCents: claim.chargeCents,
      offset: claim.place.offset,
    }),
  );
  await writeUnmatched(intake.tx, tasks, intake.receivedOn);
  return {
    'new accounts': opening.length,
    'claims of known accounts': joining.length,
    'claims already recorded': sorted.recorded,
    'claims unmatched': tasks.length,
  };
}

interface FoundClaim {
  readonly accountId: string;
  readonly claim: SubmittedClaim;
}

interface SortedClaims {
  readonly opening: FoundClaim[];
  readonly joining: FoundClaim[];
  readonly strays: SubmittedClaim[];
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
    const original = same.find(({ payerId }) => payerId === payerIdOf(claim)) ?? (same.length === 1 ? same[0] : undefined);
    if (original === undefined) sorted.strays.push(claim);
    else sorted.joining.push({ accountId: original.accountId, claim });
  }
  return sorted;
}

function toSubmission({ fileId }: Intake, envelope: Envelope, { accountId, claim }: FoundClaim): SubmissionToWrite {
  const { sentOn, senderId, receiverId, interchangeControlNumber, groupControlNumber, transactionControlNumber } = envelope;
  const numbers = { senderId, receiverId, interchangeControlNumber, groupControlNumber, transactionControlNumber };
  return { accountId, claim, sentOn, fileId, offset: claim.place.offset, ...numbers };
}
