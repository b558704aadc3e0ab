import type { CivilDate, Instant, Zone } from '../../rules/domain/civil-date.ts';
import type { PayerSequence } from '../../rules/domain/claim.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { type Candidate, centsOf, civilOf, dateOf, instantOf, sequenceOf } from '../convert.ts';

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

export interface CoverageIds {
  readonly accountId: string;
  readonly sequence: PayerSequence;
  readonly payerId: string;
}

export async function readCoverages(db: Database, accountIds: readonly string[]): Promise<readonly CoverageIds[]> {
  const select = { accountId: true, sequence: true, payerId: true };
  const rows = await db.accountCoverage.findMany({ where: { accountId: { in: [...accountIds] } }, select });
  return rows.map(({ sequence, ...row }) => ({ ...row, sequence: sequenceOf(sequence) }));
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

export interface KnownPayment {
  readonly paymentId: string;
  readonly accountNumber: string;
  readonly amountCents: number;
  readonly paidOn: CivilDate;
}

export async function readPatientPayments(db: Database, paymentIds: readonly string[]): Promise<ReadonlyMap<string, KnownPayment>> {
  const select = { paymentId: true, accountNumber: true, amountCents: true, paidOn: true };
  const rows = await db.patientPayment.findMany({ where: { facilityId, paymentId: { in: [...paymentIds] } }, select });
  return new Map(rows.map((row) => [row.paymentId, { ...row, amountCents: centsOf(row.amountCents), paidOn: civilOf(row.paidOn) }]));
}

export async function readKnownKeys(db: Database, dedupeKeys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.accountEvent.findMany({ where: { facilityId, dedupeKey: { in: [...dedupeKeys] } }, select: { dedupeKey: true } });
  return new Set(rows.flatMap(({ dedupeKey }) => (dedupeKey === null ? [] : [dedupeKey])));
}

/** Accounts that an unmatched claim may belong to, the likelier first: by service date and charge, and by the patient's name. */
export async function readCandidates(
  db: Database,
  claim: { readonly servicedFrom: CivilDate | null; readonly chargeCents: number; readonly last: string; readonly first: string },
): Promise<readonly Candidate[]> {
  const { servicedFrom, chargeCents, last, first } = claim;
  const select = { account: { select: { id: true, accountNumber: true } } };
  const sameService =
    servicedFrom === null
      ? []
      : await db.submission.findMany({
          where: { facilityId, servicedFrom: dateOf(servicedFrom), chargeCents },
          select,
          take: 5,
          orderBy: { id: 'desc' },
        });
  const samePatient =
    last === ''
      ? []
      : await db.accountPatient.findMany({
          where: { facilityId, lastName: last, firstName: first },
          select,
          take: 5,
          orderBy: { accountId: 'desc' },
        });
  const found = [
    ...sameService.map(({ account }) => ({
      accountId: account.id,
      accountNumber: account.accountNumber,
      why: 'same service date and charge',
    })),
    ...samePatient.map(({ account }) => ({ accountId: account.id, accountNumber: account.accountNumber, why: 'same patient name' })),
  ];
  return found.filter(({ accountId }, index) => found.findIndex((c) => c.accountId === accountId) === index).slice(0, 5);
}

export interface FileToRead {
  readonly status: string;
  readonly summary: string;
  readonly content: Uint8Array;
  readonly receivedAt: Instant;
  readonly zone: Zone;
}

/** The registered file with the zone of its facility. Null when there is none. */
export async function readFileToRead(db: Database, fileId: string): Promise<FileToRead | null> {
  const row = await db.inboundFile.findUnique({ where: { id: fileId } });
  if (row === null) return null;
  const { zone } = await db.facility.findUniqueOrThrow({ where: { id: row.facilityId }, select: { zone: true } });
  const { status, summary, content, receivedAt } = row;
  return { status, summary, content, receivedAt: instantOf(receivedAt), zone };
}

/** Transactions that were stored before, by the hash of their bytes. */
export async function readKnownTransactions(db: Database, sha256s: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.inboundTransaction.findMany({ where: { facilityId, sha256: { in: [...sha256s] } }, select: { sha256: true } });
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** The hash of what the payer's remittance with that trace said; null when it is new. */
export async function readRemittanceHash(db: Database, payerId: string, trace: string): Promise<string | null> {
  const known = await db.remittance.findFirst({ where: { facilityId, payerId, trace }, select: { contentSha256: true } });
  return known?.contentSha256 ?? null;
}
