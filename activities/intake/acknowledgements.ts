import type {
  BatchAcknowledgement,
  ClaimAcknowledgement,
  FunctionalAcknowledgement,
  InterchangeAcknowledgement,
} from '../../rules/domain/acknowledgement.ts';
import type { Envelope } from '../../rules/domain/x12-file.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import { acknowledgedDescription } from '../../rules/matching/describe.ts';
import { isSomebodyElses } from '../../rules/matching/evidence.ts';
import { rankCandidates } from '../../rules/matching/rank.ts';
import { readClaimsByKey, readSimilarClaims, type StoredClaim } from '../../prisma/reads/known-claims.ts';
import { claimAcknowledged, fileAcknowledged } from '../../rules/lifecycle/arrivals.ts';
import { isSentControlNumber, readPayerClaimNumbers, readSubmissionsInEnvelope, type SubmissionRef } from '../../prisma/reads/matching.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { type Unmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { addCounts, arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { doubtText } from './match-remittance.ts';

/** A TA1 answers a whole interchange of ours: every claim in it hears the same. */
export async function storeInterchangeAcknowledgement(
  intake: Intake,
  envelope: Envelope,
  ta1: InterchangeAcknowledgement,
): Promise<Counts> {
  // 025: it came a second time. What became of it the first time, another TA1 says.
  if (ta1.code === 'R' && ta1.note === '025') return { 'repetitions refused': 1 };
  const { interchangeControlNumber } = ta1;
  const submissions = await readSubmissionsInEnvelope(intake.tx, { interchangeControlNumber }, sentEnvelope(envelope));
  const heard = submissions.map((submission) => ({ submission, code: ta1.code, offset: ta1.place.offset }));
  return storeFileAcknowledgement(intake, envelope, {
    level: 'interchange',
    heard,
    controlNumber: interchangeControlNumber,
    offset: ta1.place.offset,
  });
}

/** A 999 answers one functional group of ours; a transaction set it names hears its own code, the others the group's. */
export async function storeFunctionalAcknowledgement(intake: Intake, envelope: Envelope, ack: FunctionalAcknowledgement): Promise<Counts> {
  const { groupControlNumber, functionalId } = ack;
  const isClaims = functionalId === 'HC';
  const submissions = isClaims ? await readSubmissionsInEnvelope(intake.tx, { groupControlNumber }, sentEnvelope(envelope)) : [];
  const heard = submissions.map((submission) => {
    const own = ack.transactions.find(({ controlNumber }) => controlNumber === submission.transactionControlNumber);
    // P rejects some of the group: what it does not name has passed.
    const others = ack.code === 'P' ? 'A' : ack.code;
    return { submission, code: own?.code ?? others, offset: (own?.place ?? ack.place).offset };
  });
  return storeFileAcknowledgement(intake, envelope, {
    level: 'functional',
    heard,
    controlNumber: groupControlNumber,
    offset: ack.place.offset,
  });
}

/** The other side's receiver is our sender. */
function sentEnvelope({ senderId, receiverId, sentOn }: Envelope) {
  return { senderId: receiverId, receiverId: senderId, on: sentOn };
}

interface FileAcknowledgement {
  readonly level: 'interchange' | 'functional';
  readonly heard: readonly { readonly submission: SubmissionRef; readonly code: string; readonly offset: number }[];
  readonly controlNumber: string;
  readonly offset: number;
}

async function storeFileAcknowledgement(intake: Intake, envelope: Envelope, ack: FileAcknowledgement): Promise<Counts> {
  const { level, heard, controlNumber, offset } = ack;
  if (heard.length === 0 && (await isSentControlNumber(intake.tx, controlNumber))) return { 'acknowledgements of inquiries': 1 };
  if (heard.length === 0) {
    const reason = `No ${level === 'functional' ? 'group' : 'interchange'} of ours has the control number that it names.`;
    const task = unmatched(intake, { kind: 'matchAcknowledgement', title: `Find what a ${level} acknowledgement answers`, reason, offset });
    await writeUnmatched(intake.tx, [task], intake.receivedOn);
    return { 'acknowledgements unmatched': 1 };
  }
  const arrivals = heard.map(({ submission: { accountId, submissionKey }, code, offset: at }) => {
    const body = fileAcknowledged({ submissionKey, level, code, on: envelope.sentOn, fileId: intake.fileId, offset: at });
    return arrivalFrom(intake, accountId, body, { offset: at, about: submissionKey });
  });
  await appendArrivals(intake.tx, arrivals);
  return { 'claims acknowledged': arrivals.length };
}

/** A 277CA answers claim by claim, and may refuse a whole batch without naming its claims. */
export async function storeClaimAcknowledgements(
  intake: Intake,
  envelope: Envelope,
  answers: { readonly acknowledgements: readonly ClaimAcknowledgement[]; readonly batches: readonly BatchAcknowledgement[] },
): Promise<Counts> {
  const named = new Set(answers.acknowledgements.map(({ submissionKey }) => submissionKey));
  const refused = answers.batches.filter(({ category }) => refusals.has(category));
  const inBatches: ClaimAcknowledgement[] = [];
  const strays: Unmatched[] = [];
  for (const batch of refused) {
    const interchangeControlNumber = batch.trace.padStart(9, '0');
    const submissions = await readSubmissionsInEnvelope(intake.tx, { interchangeControlNumber }, sentEnvelope(envelope));
    if (submissions.length === 0) strays.push(strayBatch(intake, batch));
    for (const { submissionKey } of submissions.filter((s) => !named.has(s.submissionKey)))
      inBatches.push(claimOfBatch(batch, submissionKey, envelope));
  }
  await writeUnmatched(intake.tx, strays, intake.receivedOn);
  const counts = await storeClaims(intake, [...answers.acknowledgements, ...inBatches]);
  return addCounts([counts, { 'batches unmatched': strays.length }]);
}

/** STC01-1 of what was never accepted (DOMAIN §2). */
const refusals: ReadonlySet<string> = new Set(['A3', 'A4', 'A6', 'A7', 'A8']);

function claimOfBatch(
  { trace: _trace, ...said }: BatchAcknowledgement,
  submissionKey: string,
  { senderId: sourceId }: Envelope,
): ClaimAcknowledgement {
  return { ...said, submissionKey, by: 'clearinghouse', sourceId, payerClaimNumber: null, clearinghouseTrace: null };
}

function strayBatch(intake: Intake, { category, status, place }: BatchAcknowledgement): Unmatched {
  const reason = 'A whole batch was refused, and its trace is on nothing that we sent.';
  return unmatched(intake, {
    kind: 'matchAcknowledgement',
    title: `Find the claims of a refused batch (${category}:${status})`,
    reason,
    offset: place.offset,
  });
}

/** By our key, else by the payer's number for the claim, this payer's first. A number that clearly stands on somebody else's claim names nobody. */
async function storeClaims(intake: Intake, acks: readonly ClaimAcknowledgement[]): Promise<Counts> {
  const found = await findClaims(intake, acks);
  await appendArrivals(
    intake.tx,
    found.flatMap(({ ack, owner }) => (owner === null ? [] : [answerTo(intake, ack, owner)])),
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

/** What an acknowledgement says to the account of that submission. */
export function answerTo(intake: Intake, ack: ClaimAcknowledgement, { accountId, submissionKey }: StoredClaim): NewArrival {
  const body = claimAcknowledged({ ...ack, submissionKey }, intake.fileId);
  return arrivalFrom(intake, accountId, body, { offset: ack.place.offset, about: `${submissionKey}:${ack.category}:${ack.status}` });
}

/** The payer's number that it tells, if it tells one. */
export function learnt({ payerClaimNumber: number }: ClaimAcknowledgement, { payerId, accountId, sequence, submissionKey }: StoredClaim) {
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
    });
  });
}
