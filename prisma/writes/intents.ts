import { createHash } from 'node:crypto';
import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { Command } from '../../rules/domain/event.ts';
import type { Transaction } from '../client.ts';
import { commandOf, instantOf } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';
import { appendArrivals } from './events.ts';

export interface OutboundContent {
  readonly folder: string;
  readonly name: string;
  readonly content: string;
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
  readonly prepared: readonly OutboundContent[] | null;
}

/** Takes the intent's row for this transaction and notes the attempt before anything leaves. Null when no such command was issued. */
export async function beginAttempt(tx: Transaction, accountId: string, key: string, asOf: Instant): Promise<Attempt | null> {
  await tx.$queryRaw`SELECT 1 FROM "Intent" WHERE "accountId" = ${accountId}::uuid AND "key" = ${key} FOR UPDATE`;
  const intent = await tx.intent.findUnique({
    where: { accountId_key: { accountId, key } },
    include: { files: { orderBy: { id: 'asc' } } },
  });
  if (intent === null) return null;
  const { id: intentId, eventId, submissionKey, attemptedAt } = intent;
  if (attemptedAt === null) await tx.intent.update({ where: { id: intentId }, data: { attemptedAt: new Date(asOf) } });
  const at = attemptedAt === null ? asOf : instantOf(attemptedAt);
  const prepared = attemptedAt === null ? null : intent.files.map(({ folder, name, content }) => ({ folder, name, content }));
  return { intentId, command: commandOf(intent), controlNumber: Number(intent.controlNumber), at, eventId, submissionKey, prepared };
}

/** Keeps what is about to be delivered, so that a retry delivers the same bytes. */
export async function keepPrepared(
  tx: Transaction,
  intentId: string,
  prepared: { readonly files: readonly OutboundContent[]; readonly submissionKey: string | null },
): Promise<void> {
  const rows = prepared.files.map((file) => {
    return { id: uuidv7(), intentId, ...file, sha256: createHash('sha256').update(file.content).digest('hex') };
  });
  await insertAll(tx, 'OutboundFile', rows);
  if (prepared.submissionKey === null) return;
  await tx.intent.update({ where: { id: intentId }, data: { submissionKey: prepared.submissionKey } });
}

export interface Settlement {
  readonly accountId: string;
  readonly attempt: Attempt;
  readonly on: CivilDate;
  readonly result: 'sent' | 'refused' | 'unknown';
  readonly reason: string | null;
  /** One per prepared file, in order; the first stands for all. */
  readonly receipts: readonly string[];
  readonly submissionKey: string | null;
}

/** Ends the attempt and tells the account. @returns the id of the event. The caller holds the intent's row. */
export async function settleAttempt(tx: Transaction, settlement: Settlement): Promise<string> {
  const { accountId, attempt, on, result, reason, receipts } = settlement;
  const { command, intentId, at } = attempt;
  const receipt = receipts[0] ?? null;
  const submissionKey = result === 'sent' ? settlement.submissionKey : null;
  const body = { kind: 'commandCarriedOut', key: command.key, result, receipt, reason, on, submissionKey } as const;
  const arrival = { accountId, body, occurredAt: at, dedupeKey: `command:${accountId}:${command.key}`, fileId: null };
  const [eventId = ''] = await appendArrivals(tx, [arrival]);
  const files = await tx.outboundFile.findMany({ where: { intentId }, orderBy: { id: 'asc' }, select: { id: true } });
  for (const [index, { id }] of files.entries())
    await tx.outboundFile.update({
      where: { id },
      data: { receipt: receipts[index] ?? null, sentAt: result === 'sent' ? new Date(at) : null },
    });
  await tx.intent.update({ where: { id: intentId }, data: { status: result, reason, receipt, eventId } });
  return eventId;
}
