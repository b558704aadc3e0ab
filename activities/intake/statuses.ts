import type { BatchAcknowledgement } from '../../rules/domain/acknowledgement.ts';
import type { ClaimStatusAnswer, DocumentRequest, StatusIdentifiers } from '../../rules/domain/claim-status.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import type { UnmatchedItem } from '../../rules/domain/unmatched.ts';
import { documentsRequested, statusAnswered } from '../../rules/lifecycle/arrivals.ts';
import { statusDescription } from '../../rules/matching/describe.ts';
import { rankCandidates } from '../../rules/matching/rank.ts';
import type { Transaction } from '../../prisma/client.ts';
import { readSimilarClaims } from '../../prisma/reads/known-claims.ts';
import { readPayerClaimNumbers, readSubmissions, type SubmissionRef } from '../../prisma/reads/matching.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { holdAwaited } from '../../prisma/writes/awaited.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
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
  readonly item: StatusItem;
}

type StatusItem = Extract<UnmatchedItem, { kind: 'status' | 'documents' }>;
type Owner = Pick<SubmissionRef, 'accountId' | 'submissionKey' | 'sequence' | 'payerId'>;

function wordOf(item: StatusItem): Word {
  if (item.kind === 'status') {
    const { answer } = item;
    const { category, status } = statusAnswered(answer, { submissionKey: '', fileId: '' });
    const stray = `Find the claim whose status a payer answered (${category}:${status})`;
    return { said: answer, trace: answer.trace, body: (about) => statusAnswered(answer, about), stray, item };
  }
  const { request } = item;
  const due = request.dueOn === null ? '' : `, due on ${request.dueOn}`;
  const stray = `Find the claim a payer asks documents for${due}`;
  return { said: request, trace: request.attachmentControlNumber, body: (about) => documentsRequested(request, about), stray, item };
}

/** What it tells the account of that submission. */
export function statusArrival(intake: Intake, item: StatusItem, { accountId, submissionKey }: Owner): NewArrival {
  const { body, said } = wordOf(item);
  return arrivalFrom(intake, accountId, body({ submissionKey, fileId: intake.fileId }), { offset: said.place.offset });
}

/** The payer's number that it tells, if it tells one. */
export function statusLearnt(item: StatusItem, { payerId, accountId, sequence, submissionKey }: Owner) {
  const { payerClaimNumber: number } = wordOf(item).said;
  return number === null ? [] : [{ payerId, number, accountId, sequence, submissionKey }];
}

/** 277 of X212. An answer of a whole inquiry names no claim: heard, and nothing follows. */
export async function storeStatusAnswers(
  intake: Intake,
  { answers, batches }: { readonly answers: readonly ClaimStatusAnswer[]; readonly batches: readonly BatchAcknowledgement[] },
): Promise<Counts> {
  const words = answers.map((answer) => wordOf({ kind: 'status', answer }));
  const { found, strays } = await store(intake, words);
  return { 'statuses of claims': found, 'statuses unmatched': strays, 'answers to whole inquiries': batches.length };
}

/** 277 of X213 and X313. */
export async function storeDocumentRequests(intake: Intake, requests: readonly DocumentRequest[]): Promise<Counts> {
  const words = requests.map((request) => wordOf({ kind: 'documents', request }));
  const { found, strays } = await store(intake, words);
  return { 'requests for documents': found, 'requests unmatched': strays };
}

async function store(intake: Intake, words: readonly Word[]): Promise<{ readonly found: number; readonly strays: number }> {
  const { tx } = intake;
  let placed = await place(tx, words);
  if (placed.some(({ owner }) => owner === undefined)) {
    await holdAwaited(tx);
    placed = await place(tx, words);
  }
  const owned = placed.flatMap(({ word, owner }) => (owner === undefined ? [] : [{ word, owner }]));
  await appendArrivals(
    tx,
    owned.map(({ word: { item }, owner }) => statusArrival(intake, item, owner)),
  );
  await learnPayerClaimNumbers(
    tx,
    owned.flatMap(({ word: { item }, owner }) => statusLearnt(item, owner)),
  );
  const strays = placed.flatMap(({ word, owner }) => (owner === undefined ? [word] : []));
  await writeUnmatched(tx, await strayTasks(intake, strays), intake.receivedOn);
  return { found: owned.length, strays: strays.length };
}

/** By our key, which is also the trace of our inquiries, else by the payer's number for the claim. */
async function place(
  tx: Transaction,
  words: readonly Word[],
): Promise<readonly { readonly word: Word; readonly owner: Owner | undefined }[]> {
  const keys = words.flatMap(({ said, trace }) => [trace, ...(said.submissionKey === null ? [] : [said.submissionKey])]);
  const submissions = await readSubmissions(tx, keys);
  const numbers = await readPayerClaimNumbers(
    tx,
    words.flatMap(({ said, trace }) => [trace, said.payerClaimNumber ?? '']),
  );
  return words.map((word) => {
    const { said, trace } = word;
    const byNumber = numbers.filter(({ number }) => number === said.payerClaimNumber || number === trace);
    const byPayer = byNumber.find(({ payerId }) => payerId === said.payerId) ?? (byNumber.length === 1 ? byNumber[0] : undefined);
    return { word, owner: submissions.get(said.submissionKey ?? '') ?? submissions.get(trace) ?? byPayer };
  });
}

async function strayTasks(intake: Intake, strays: readonly Word[]): Promise<readonly Unmatched[]> {
  const described = strays.map(({ item }) => statusDescription(item.kind === 'status' ? item.answer : item.request));
  const similar = await readSimilarClaims(intake.tx, described);
  return strays.map(({ said, stray, item }, n) => {
    const description = described[n];
    return unmatched(intake, {
      kind: 'matchAcknowledgement',
      title: stray,
      reason: 'Neither the claim’s key, nor the trace, nor its payer claim number is known here.',
      payerId: said.payerId,
      offset: said.place.offset,
      candidates: description === undefined ? [] : rankCandidates(description, similar[n] ?? []),
      item,
      awaits: keysOf(item).map((key) => ({ kind: 'submission', key, remittanceClaimId: null })),
    });
  });
}

/** A payer's own number for documents is no key of ours. */
function keysOf(item: StatusItem): readonly string[] {
  const said = item.kind === 'status' ? [item.answer.submissionKey, item.answer.trace] : [item.request.submissionKey];
  return [...new Set(said.flatMap((key) => (key === null || key === '' ? [] : [key])))];
}
