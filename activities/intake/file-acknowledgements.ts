import type { ClaimAcknowledgement, FunctionalAcknowledgement, InterchangeAcknowledgement } from '../../rules/domain/acknowledgement.ts';
import { assertNever } from '../../rules/domain/failures.ts';
import type { AwaitedKey, FileAnswer } from '../../rules/domain/unmatched.ts';
import type { Envelope } from '../../rules/domain/x12-file.ts';
import { claimAcknowledged, fileAcknowledged } from '../../rules/lifecycle/arrivals.ts';
import { controlNumberOf } from '../../rules/matching/rank-sent.ts';
import { isSentControlNumber, readSubmissionsInEnvelope, type SubmissionRef } from '../../prisma/reads/matching.ts';
import { holdAwaited } from '../../prisma/writes/awaited.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';

/** A TA1 answers a whole interchange of ours: every claim in it hears the same. */
export async function storeInterchangeAcknowledgement(
  intake: Intake,
  envelope: Envelope,
  acknowledgement: InterchangeAcknowledgement,
): Promise<Counts> {
  // 025: it came a second time. What became of it the first time, another TA1 says.
  if (acknowledgement.code === 'R' && acknowledgement.note === '025') return { 'repetitions refused': 1 };
  return storeFileAnswer(intake, { kind: 'interchange', envelope, acknowledgement });
}

/** A 999 answers one functional group of ours; a transaction set it names hears its own code, the others the group's. */
export async function storeFunctionalAcknowledgement(
  intake: Intake,
  envelope: Envelope,
  acknowledgement: FunctionalAcknowledgement,
): Promise<Counts> {
  return storeFileAnswer(intake, { kind: 'functional', envelope, acknowledgement });
}

async function storeFileAnswer(intake: Intake, answer: FileAnswer): Promise<Counts> {
  const submissions = await findAnswered(intake, answer);
  if (submissions.length === 0) {
    if (await isSentControlNumber(intake.tx, awaitedBy(answer).key)) return { 'acknowledgements of inquiries': 1 };
    await leaveUnmatched(intake, answer);
    return { 'acknowledgements unmatched': 1 };
  }
  await appendArrivals(intake.tx, heard(intake, answer, submissions));
  return { 'claims acknowledged': submissions.length };
}

/** What was sent under the control number that it names. Empty when there is none, even for a file that is being stored at this moment. */
export async function findAnswered(intake: Intake, answer: FileAnswer): Promise<readonly SubmissionRef[]> {
  if (!isAboutClaims(answer)) return [];
  const find = () => readSubmissionsInEnvelope(intake.tx, numberOf(answer), sentEnvelope(answer.envelope));
  const found = await find();
  if (found.length > 0) return found;
  await holdAwaited(intake.tx);
  return find();
}

/** Nothing follows from an acknowledgement of an inquiry or of an acknowledgement of ours. */
function isAboutClaims(answer: FileAnswer): boolean {
  return answer.kind !== 'functional' || answer.acknowledgement.functionalId === 'HC';
}

/** The other side's receiver is our sender. */
function sentEnvelope({ senderId, receiverId, sentOn }: Envelope) {
  return { senderId: receiverId, receiverId: senderId, on: sentOn };
}

function numberOf(answer: FileAnswer): { readonly groupControlNumber: string } | { readonly interchangeControlNumber: string } {
  const { kind, key } = awaitedBy(answer);
  return kind === 'group' ? { groupControlNumber: key } : { interchangeControlNumber: key };
}

function awaitedBy(answer: FileAnswer): AwaitedKey {
  return { kind: answer.kind === 'functional' ? 'group' : 'interchange', key: controlNumberOf(answer), remittanceClaimId: null };
}

/** What it says to the account of every claim that was sent in what it answers. */
export function heard(intake: Intake, answer: FileAnswer, submissions: readonly SubmissionRef[]): readonly NewArrival[] {
  if (!isAboutClaims(answer)) return [];
  const { fileId } = intake;
  switch (answer.kind) {
    case 'interchange':
    case 'functional':
      return submissions.map((submission) => {
        const { accountId, submissionKey } = submission;
        const { code, offset } = saidOf(answer, submission);
        const level = answer.kind;
        const body = fileAcknowledged({ submissionKey, level, code, on: answer.envelope.sentOn, fileId, offset });
        return arrivalFrom(intake, accountId, body, { offset, about: submissionKey });
      });
    case 'batch':
      return claimsOfBatch(answer, submissions).flatMap((ack) => {
        const accountId = submissions.find(({ submissionKey }) => submissionKey === ack.submissionKey)?.accountId;
        return accountId === undefined ? [] : [claimAnswer(intake, ack, { accountId, submissionKey: ack.submissionKey })];
      });
    default:
      return assertNever(answer);
  }
}

function saidOf(
  answer: Extract<FileAnswer, { kind: 'interchange' | 'functional' }>,
  { transactionControlNumber }: SubmissionRef,
): { readonly code: string; readonly offset: number } {
  const { code, place } = answer.acknowledgement;
  if (answer.kind === 'interchange') return { code, offset: place.offset };
  const own = answer.acknowledgement.transactions.find(({ controlNumber }) => controlNumber === transactionControlNumber);
  // P rejects some of the group: what it does not name has passed.
  return { code: own?.code ?? (code === 'P' ? 'A' : code), offset: (own?.place ?? place).offset };
}

/** What an acknowledgement of one claim says to the account of that submission. */
export function claimAnswer(
  intake: Intake,
  ack: ClaimAcknowledgement,
  { accountId, submissionKey }: Pick<SubmissionRef, 'accountId' | 'submissionKey'>,
): NewArrival {
  const body = claimAcknowledged({ ...ack, submissionKey }, intake.fileId);
  return arrivalFrom(intake, accountId, body, { offset: ack.place.offset, about: `${submissionKey}:${ack.category}:${ack.status}` });
}

/** A refused batch refuses every claim in it that is not answered by name. */
export function claimsOfBatch(
  { acknowledgement, envelope, named }: Extract<FileAnswer, { kind: 'batch' }>,
  submissions: readonly SubmissionRef[],
): readonly ClaimAcknowledgement[] {
  const { trace: _trace, ...said } = acknowledgement;
  const by = { by: 'clearinghouse', sourceId: envelope.senderId, payerClaimNumber: null, clearinghouseTrace: null } as const;
  const unnamed = submissions.filter(({ submissionKey }) => !named.includes(submissionKey));
  return unnamed.map(({ submissionKey }) => ({ ...said, ...by, submissionKey }));
}

/** A task for what answers nothing that we sent; it waits for what bears its control number. */
export async function leaveUnmatched(intake: Intake, answer: FileAnswer): Promise<void> {
  const { title, reason } = strayText(answer);
  const { offset } = answer.acknowledgement.place;
  const awaits = isAboutClaims(answer) ? [awaitedBy(answer)] : [];
  const task = unmatched(intake, { kind: 'matchAcknowledgement', title, reason, offset, item: answer, awaits });
  await writeUnmatched(intake.tx, [task], intake.receivedOn);
}

function strayText(answer: FileAnswer): { readonly title: string; readonly reason: string } {
  if (answer.kind === 'batch') {
    const { category, status } = answer.acknowledgement;
    const reason = 'A whole batch was refused, and its trace is on nothing that we sent.';
    return { title: `Find the claims of a refused batch (${category}:${status})`, reason };
  }
  const { kind, key } = awaitedBy(answer);
  const reason = `No ${kind} of ours has the control number ${key}, which it names.`;
  return { title: `Find what a ${answer.kind} acknowledgement answers (code ${answer.acknowledgement.code})`, reason };
}
