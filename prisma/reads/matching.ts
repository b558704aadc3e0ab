import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PayerSequence } from '../../rules/domain/claim.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { centsOf, civilOf, dateOf, sequenceOf } from '../convert.ts';

/** Whose claim something is about. */
export interface SubmissionRef {
  readonly accountId: string;
  readonly submissionKey: string;
  readonly sequence: PayerSequence;
  readonly payerId: string;
  readonly fileId: string;
  readonly transactionControlNumber: string;
}

const reference = {
  accountId: true,
  submissionKey: true,
  sequence: true,
  payerId: true,
  fileId: true,
  transactionControlNumber: true,
} as const;

type ReferenceRow = Omit<SubmissionRef, 'sequence'> & { readonly sequence: number };

function toReference(row: ReferenceRow): SubmissionRef {
  return { ...row, sequence: sequenceOf(row.sequence) };
}

export async function readSubmissions(db: Database, keys: readonly string[]): Promise<ReadonlyMap<string, SubmissionRef>> {
  const rows = await db.submission.findMany({ where: { facilityId, submissionKey: { in: [...keys] } }, select: reference });
  return new Map(rows.map((row) => [row.submissionKey, toReference(row)]));
}

/** An envelope of ours as the other side names it back: they are its receiver, we its sender. */
export interface SentEnvelope {
  readonly senderId: string;
  readonly receiverId: string;
  readonly on: CivilDate;
}

/** The submissions of the group or interchange with that control number. Numbers come round again: of several files the last one sent by then counts. */
export async function readSubmissionsInEnvelope(
  db: Database,
  number: { readonly groupControlNumber: string } | { readonly interchangeControlNumber: string },
  sent: SentEnvelope,
): Promise<readonly SubmissionRef[]> {
  const select = { ...reference, senderId: true, receiverId: true, sentOn: true };
  const rows = await db.submission.findMany({
    where: { facilityId, ...number, sentOn: { lte: dateOf(sent.on) } },
    select,
    orderBy: { id: 'asc' },
  });
  const ours = rows.filter((row) => row.senderId === sent.senderId && row.receiverId === sent.receiverId);
  const among = ours.length > 0 ? ours : rows;
  const latest = among.reduce((day, { sentOn }) => (sentOn > day ? sentOn : day), new Date(0));
  const fileId = among.findLast(({ sentOn }) => sentOn.getTime() === latest.getTime())?.fileId;
  return among.filter((row) => row.fileId === fileId).map(toReference);
}

/** The submission of the account with that key, or the last one sent by that day; null when there is none. */
export async function readSubmissionSent(
  db: Database,
  { accountId, submissionKey, by }: { readonly accountId: string; readonly submissionKey?: string | undefined; readonly by: CivilDate },
): Promise<SubmissionRef | null> {
  const row = await db.submission.findFirst({
    where: { facilityId, accountId, ...(submissionKey === undefined ? { sentOn: { lte: dateOf(by) } } : { submissionKey }) },
    orderBy: [{ sentOn: 'desc' }, { id: 'desc' }],
    select: reference,
  });
  return row === null ? null : toReference(row);
}

/** Everything that was sent in the group or interchange of that submission, itself included. */
export async function readSubmissionsSentWith(
  db: Database,
  { submissionKey }: SubmissionRef,
  within: 'group' | 'interchange',
): Promise<readonly SubmissionRef[]> {
  const one = await db.submission.findUniqueOrThrow({ where: { facilityId_submissionKey: { facilityId, submissionKey } } });
  const { fileId, interchangeControlNumber, groupControlNumber } = one;
  const envelope = { fileId, interchangeControlNumber, ...(within === 'group' ? { groupControlNumber } : {}) };
  const rows = await db.submission.findMany({ where: { facilityId, ...envelope }, orderBy: { id: 'asc' }, select: reference });
  return rows.map(toReference);
}

/** True when that number is on something of ours that is no claim, such as a 276 or a 999: heard, and nothing follows. */
export async function isSentControlNumber(db: Database, controlNumber: string): Promise<boolean> {
  if (!/^\d{1,9}$/.test(controlNumber)) return false;
  const intent = await db.intent.findFirst({
    where: { controlNumber: Number(controlNumber), attemptedAt: { not: null } },
    select: { id: true },
  });
  if (intent !== null) return true;
  return (await db.acknowledgementFile.count({ where: { controlNumber: Number(controlNumber) } })) > 0;
}

export interface PayerNumberRef {
  readonly payerId: string;
  readonly number: string;
  readonly accountId: string;
  readonly sequence: PayerSequence;
  readonly submissionKey: string;
}

export async function readPayerClaimNumbers(db: Database, numbers: readonly string[]): Promise<readonly PayerNumberRef[]> {
  const wanted = numbers.filter((number) => number !== '');
  const rows = await db.payerClaimNumber.findMany({ where: { facilityId, number: { in: wanted } } });
  return rows.map(({ sequence, ...row }) => ({ ...row, sequence: sequenceOf(sequence) }));
}

export async function readAccountIds(db: Database, accountNumbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.account.findMany({
    where: { facilityId, accountNumber: { in: [...accountNumbers] } },
    select: { id: true, accountNumber: true },
  });
  return new Map(rows.map(({ accountNumber, id }) => [accountNumber, id]));
}

export interface PlacementRef {
  readonly reference: string;
  readonly accountId: string;
  readonly placementId: string;
  readonly accountNumber: string;
}

export async function readPlacements(db: Database, references: readonly string[]): Promise<ReadonlyMap<string, PlacementRef>> {
  const select = { reference: true, accountId: true, placementId: true, account: { select: { accountNumber: true } } };
  const rows = await db.placement.findMany({ where: { facilityId, reference: { in: [...references] } }, select });
  return new Map(rows.map(({ account, ...row }) => [row.reference, { ...row, ...account }]));
}

/** Placements of the account that a vendor has or was offered. */
export async function readOpenPlacements(db: Database, accountId: string): Promise<readonly PlacementRef[]> {
  const select = { reference: true, accountId: true, placementId: true, account: { select: { accountNumber: true } } };
  const where = { facilityId, accountId, status: { in: ['offered', 'placed', 'recallSent'] } };
  const rows = await db.placement.findMany({ where, select, orderBy: { placementId: 'asc' } });
  return rows.map(({ account, ...row }) => ({ ...row, ...account }));
}

/** The whole payment with that number; null when there is none. */
export async function readPatientPayment(db: Database, paymentId: string) {
  const row = await db.patientPayment.findFirst({ where: { facilityId, paymentId } });
  if (row === null) return null;
  const via: 'direct' | 'vendor' = row.via === 'vendor' ? 'vendor' : 'direct';
  const { accountId, accountNumber, offset } = row;
  return { paymentId, accountId, accountNumber, offset, via, cents: centsOf(row.amountCents), paidOn: civilOf(row.paidOn) };
}

export async function readKnownKeys(db: Database, dedupeKeys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.accountEvent.findMany({ where: { facilityId, dedupeKey: { in: [...dedupeKeys] } }, select: { dedupeKey: true } });
  return new Set(rows.flatMap(({ dedupeKey }) => (dedupeKey === null ? [] : [dedupeKey])));
}

/** Transactions that were stored before, by the hash of their bytes. */
export async function readKnownTransactions(db: Database, sha256s: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.inboundTransaction.findMany({ where: { facilityId, sha256: { in: [...sha256s] } }, select: { sha256: true } });
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** One content that a payer sent under a trace. */
export interface KnownRemittance {
  readonly id: string;
  /** Null while it is being read. */
  readonly contentSha256: string | null;
  /** reading | posting | posted | held | superseded | refused */
  readonly status: string;
  readonly paidCents: Cents;
  readonly paidOn: CivilDate;
  readonly fileId: string;
  readonly offset: number;
  readonly length: number;
}

/** Everything that the payer sent under this trace, the first first; at most one of it is posted, or being posted. */
export async function readRemittancesOfTrace(db: Database, payerId: string, trace: string): Promise<readonly KnownRemittance[]> {
  const select = { id: true, contentSha256: true, status: true, paidCents: true, paidOn: true, fileId: true, offset: true, length: true };
  const rows = await db.remittance.findMany({ where: { facilityId, payerId, trace }, select, orderBy: { id: 'asc' } });
  return rows.map((row) => ({ ...row, paidCents: centsOf(row.paidCents), paidOn: civilOf(row.paidOn) }));
}
