import type { BatchAcknowledgement } from '../../rules/domain/acknowledgement.ts';
import type { ClaimStatusAnswer, DocumentRequest, StatusIdentifiers } from '../../rules/domain/claim-status.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import { documentsRequested, statusAnswered } from '../../rules/lifecycle/arrivals.ts';
import { readPayerClaimNumbers, readSubmissions } from '../../prisma/reads/matching.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { type Unmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';

type About = { readonly submissionKey: string; readonly fileId: string };

/** Something a payer says of one claim, and what the account hears of it. */
interface Word {
  readonly said: StatusIdentifiers & { readonly payerId: string; readonly place: { readonly offset: number } };
  /** The number we gave or the payer gave, beside those in REF. */
  readonly trace: string;
  readonly body: (about: About) => Arrival;
  readonly stray: string;
}

/** 277 of X212. An answer of a whole inquiry names no claim: heard, and nothing follows. */
export async function storeStatusAnswers(
  intake: Intake,
  { answers, batches }: { readonly answers: readonly ClaimStatusAnswer[]; readonly batches: readonly BatchAcknowledgement[] },
): Promise<Counts> {
  const words = answers.map((answer): Word => {
    const { category, status } = statusAnswered(answer, { submissionKey: '', fileId: '' });
    const stray = `Find the claim whose status a payer answered (${category}:${status})`;
    return { said: answer, trace: answer.trace, body: (about) => statusAnswered(answer, about), stray };
  });
  const { found, strays } = await store(intake, words);
  return { 'statuses of claims': found, 'statuses unmatched': strays, 'answers to whole inquiries': batches.length };
}

/** 277 of X213 and X313. */
export async function storeDocumentRequests(intake: Intake, requests: readonly DocumentRequest[]): Promise<Counts> {
  const words = requests.map((request): Word => {
    const due = request.dueOn === null ? '' : `, due on ${request.dueOn}`;
    const stray = `Find the claim a payer asks documents for${due}`;
    return { said: request, trace: request.attachmentControlNumber, body: (about) => documentsRequested(request, about), stray };
  });
  const { found, strays } = await store(intake, words);
  return { 'requests for documents': found, 'requests unmatched': strays };
}

/** By our key, which is also the trace of our inquiries, else by the payer's number for the claim. */
async function store(intake: Intake, words: readonly Word[]): Promise<{ readonly found: number; readonly strays: number }> {
  const { tx, fileId } = intake;
  const keys = words.flatMap(({ said, trace }) => [trace, ...(said.submissionKey === null ? [] : [said.submissionKey])]);
  const submissions = await readSubmissions(tx, keys);
  const numbers = await readPayerClaimNumbers(
    tx,
    words.flatMap(({ said, trace }) => [trace, said.payerClaimNumber ?? '']),
  );
  const placed = words.map((word) => {
    const { said, trace } = word;
    const byNumber = numbers.filter(({ number }) => number === said.payerClaimNumber || number === trace);
    const byPayer = byNumber.find(({ payerId }) => payerId === said.payerId) ?? (byNumber.length === 1 ? byNumber[0] : undefined);
    return { word, owner: submissions.get(said.submissionKey ?? '') ?? submissions.get(trace) ?? byPayer };
  });
  const owned = placed.flatMap(({ word, owner }) => (owner === undefined ? [] : [{ word, owner }]));
  const arrivals = owned.map(({ word, owner: { accountId, submissionKey } }) =>
    arrivalFrom(intake, accountId, word.body({ submissionKey, fileId }), { offset: word.said.place.offset }),
  );
  await appendArrivals(tx, arrivals);
  await learnPayerClaimNumbers(
    tx,
    owned.flatMap(({ word: { said }, owner: { payerId, accountId, sequence, submissionKey } }) =>
      said.payerClaimNumber === null ? [] : [{ payerId, number: said.payerClaimNumber, accountId, sequence, submissionKey }],
    ),
  );
  const strays = placed.filter(({ owner }) => owner === undefined).map(({ word }) => strayTask(intake, word));
  await writeUnmatched(tx, strays, intake.receivedOn);
  return { found: owned.length, strays: strays.length };
}

function strayTask(intake: Intake, { said, stray }: Word): Unmatched {
  return unmatched(intake, {
    kind: 'matchAcknowledgement',
    title: stray,
    reason: 'Neither the claim’s key, nor the trace, nor its payer claim number is known here.',
    payerId: said.payerId,
    offset: said.place.offset,
  });
}
