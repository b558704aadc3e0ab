import { createHash } from 'node:crypto';
import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { Command } from '../../rules/domain/event.ts';
import type { Database, Transaction } from '../client.ts';
import { commandOf, dateOf, instantOf } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { appendArrivals } from './events.ts';

export interface OutboundContent {
  readonly folder: string;
  readonly name: string;
  readonly content: Uint8Array;
  /** `text/plain` when absent. */
  readonly mediaType?: string;
}

/** How prepared files leave: by which channel, under which name whoever carries them calls them, and what they do to the world. */
export interface Way {
  readonly channel: string;
  readonly parcel: string;
  /** See Intent.standingKey; null for what may be repeated, such as a status inquiry. */
  readonly standingKey: string | null;
}

export interface PreparedFiles extends Way {
  readonly files: readonly OutboundContent[];
}

export interface Attempt {
  readonly intentId: string;
  readonly command: Command;
  /** Given once, unique among everything ever sent. */
  readonly controlNumber: number;
  /** The moment of the first attempt. */
  readonly at: Instant;
  /** Set when the command was carried out before: nothing is to be done. */
  readonly eventId: string | null;
  readonly submissionKey: string | null;
  /** What an earlier attempt made ready; null on the first. */
  readonly prepared: PreparedFiles | null;
  /** An earlier attempt may have handed it over. */
  readonly mayHaveLeft: boolean;
}

/** Takes the intent's row for this transaction and notes the attempt before anything leaves. Null when no such command was issued. */
export async function beginAttempt(tx: Transaction, accountId: string, key: string, asOf: Instant): Promise<Attempt | null> {
  await tx.$queryRaw`SELECT 1 FROM "Intent" WHERE "accountId" = ${accountId}::uuid AND "key" = ${key} FOR UPDATE`;
  const intent = await tx.intent.findUnique({
    where: { accountId_key: { accountId, key } },
    include: { files: { orderBy: { id: 'asc' } } },
  });
  if (intent === null) return null;
  const { id: intentId, eventId, submissionKey, attemptedAt, standingKey } = intent;
  if (attemptedAt === null) await tx.intent.update({ where: { id: intentId }, data: { attemptedAt: new Date(asOf) } });
  const at = attemptedAt === null ? asOf : instantOf(attemptedAt);
  const files = intent.files.map(({ folder, name, content, mediaType }) => ({ folder, name, content, mediaType }));
  const way = { channel: intent.channel ?? '', parcel: intent.parcel ?? '', standingKey };
  const prepared = attemptedAt === null ? null : { files, ...way };
  const mayHaveLeft = intent.handingOverAt !== null;
  return {
    intentId,
    command: commandOf(intent),
    controlNumber: Number(intent.controlNumber),
    at,
    eventId,
    submissionKey,
    prepared,
    mayHaveLeft,
  };
}

/** Keeps what is about to be delivered, so that a retry delivers the same bytes, and notes that it may leave from now on. */
export async function keepPrepared(
  tx: Transaction,
  intentId: string,
  { files, submissionKey, ...way }: PreparedFiles & { readonly submissionKey: string | null },
): Promise<void> {
  for (const file of files) {
    const data = { id: uuidv7(), intentId, ...file, content: Uint8Array.from(file.content), sha256: sha256Of(file.content) };
    await tx.outboundFile.create({ data, select: { id: true } });
  }
  await tx.intent.update({ where: { id: intentId }, data: { submissionKey, ...way, handingOverAt: new Date() } });
}

/** Begins or takes back the handing over of an intent that has not ended. */
export async function markHandingOver(db: Database, intentId: string, at: Date | null): Promise<void> {
  await db.intent.updateMany({ where: { id: intentId, eventId: null }, data: { handingOverAt: at } });
}

/** Nobody knows yet whether it arrived, and whoever carries it cannot be asked now. */
export async function markInDoubt(db: Database, intentId: string, reason: string): Promise<void> {
  await db.intent.updateMany({ where: { id: intentId, eventId: null }, data: { status: 'unknown', reason } });
}

/** The other command of this account that did the same to the world, while that stands. */
export async function findStanding(
  tx: Transaction,
  { accountId, standingKey, intentId }: { readonly accountId: string; readonly standingKey: string; readonly intentId: string },
): Promise<{ readonly key: string; readonly status: string; readonly submissionKey: string | null } | null> {
  const where = { accountId, standingKey, id: { not: intentId } };
  return tx.intent.findFirst({ where, select: { key: true, status: true, submissionKey: true } });
}

export interface Settlement {
  readonly accountId: string;
  readonly attempt: Attempt;
  readonly on: CivilDate;
  readonly result: 'sent' | 'refused' | 'unknown';
  readonly reason: string | null;
  readonly receipt: string | null;
  readonly submissionKey: string | null;
}

/** Ends the attempt and tells the account. @returns the id of the event. The caller holds the intent's row. */
export async function settleAttempt(tx: Transaction, settlement: Settlement): Promise<string> {
  const { accountId, attempt, on, result, reason, receipt } = settlement;
  const { command, intentId, at } = attempt;
  const submissionKey = result === 'refused' ? null : settlement.submissionKey;
  const body = { kind: 'commandCarriedOut', key: command.key, result, receipt, reason, on, submissionKey } as const;
  const arrival = { accountId, body, occurredAt: at, dedupeKey: `command:${accountId}:${command.key}`, fileId: null };
  const [eventId = ''] = await appendArrivals(tx, [arrival]);
  await tx.outboundFile.updateMany({ where: { intentId }, data: { receipt, sentAt: result === 'sent' ? new Date(at) : null } });
  const ended = result === 'refused' ? { standingKey: null } : {};
  await tx.intent.update({ where: { id: intentId }, data: { status: result, reason, receipt, eventId, ...ended } });
  return eventId;
}

/** A person, or whoever carried it, said whether it arrived: what did not may be done again. */
export async function resolveIntent(tx: Transaction, { accountId, key, arrived, receipt, at }: ResolvedIntent): Promise<void> {
  const where = { accountId, key, status: { in: arrived ? ['unknown', 'refused'] : ['unknown', 'refused', 'sent'] } };
  const found = await tx.intent.findFirst({ where, select: { id: true } });
  if (found === null) return;
  const data = arrived ? { status: 'sent', receipt } : { status: 'refused', standingKey: null };
  await tx.intent.update({ where: { id: found.id }, data });
  if (arrived) await tx.outboundFile.updateMany({ where: { intentId: found.id }, data: { receipt, sentAt: new Date(at) } });
}

export interface ResolvedIntent {
  readonly accountId: string;
  readonly key: string;
  readonly arrived: boolean;
  readonly receipt: string | null;
  readonly at: Instant;
}

/** What whoever carried a parcel says of it. Said again it changes nothing. */
export async function confirmParcel(
  tx: Transaction,
  intentId: string,
  { confirmation, on }: { readonly confirmation: string; readonly on: CivilDate },
): Promise<void> {
  await tx.intent.updateMany({ where: { id: intentId, confirmation: null }, data: { confirmation, confirmedOn: dateOf(on) } });
}

function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
