import { createHash } from 'node:crypto';
import { civilDateAt, type Instant } from '../../rules/domain/civil-date.ts';
import type { Command } from '../../rules/domain/event.ts';
import type { Database, Transaction } from '../client.ts';
import { commandOf, instantOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { appendArrivals } from './events.ts';
import type { OutboundContent } from './intents.ts';

export interface ToGather {
  readonly accountId: string;
  readonly key: string;
  readonly at: Instant;
  readonly destinationOf: (command: Command) => string;
}

/** Notes that an intent waits for a run. @returns the event that ended it, when it was carried out before; null while it waits. */
export async function gather(
  tx: Transaction,
  { accountId, key, at, destinationOf }: ToGather,
): Promise<{ readonly eventId: string | null; readonly wasKnown: boolean } | null> {
  await tx.$queryRaw`SELECT 1 FROM "Intent" WHERE "accountId" = ${accountId}::uuid AND "key" = ${key} FOR UPDATE`;
  const intent = await tx.intent.findUnique({ where: { accountId_key: { accountId, key } } });
  if (intent === null) return null;
  const wasKnown = intent.gatheredAt !== null || intent.eventId !== null;
  if (!wasKnown) {
    const data = { destination: destinationOf(commandOf(intent)), gatheredAt: new Date(at) };
    await tx.intent.update({ where: { id: intent.id }, data });
  }
  return { eventId: intent.eventId, wasKnown };
}

/** Of one destination one run is prepared at a time; held until the transaction ends. */
export async function lockDestination(tx: Transaction, destination: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`run ${facilityId} ${destination}`}))`;
}

export interface NewRun {
  readonly destination: string;
  readonly at: Instant;
}

/** A run with its number, before anything is written for it. */
export async function openRun(
  tx: Transaction,
  { destination, at }: NewRun,
): Promise<{ readonly id: string; readonly controlNumber: number }> {
  const id = uuidv7();
  const data = { id, destination, at: new Date(at), status: 'prepared', channel: '', parcel: id, intentCount: 0 };
  const { controlNumber } = await tx.outboundRun.create({ data, select: { controlNumber: true } });
  return { id, controlNumber: Number(controlNumber) };
}

export interface PreparedRun {
  readonly channel: string;
  readonly parcel: string;
  readonly files: readonly OutboundContent[];
  /** What leaves in it, each with what it does to the world (Intent.standingKey). */
  readonly intents: readonly { readonly intentId: string; readonly standingKey: string | null }[];
}

/** Keeps what is about to be delivered, so that a retry delivers the same bytes, and notes that it may leave from now on. */
export async function keepRun(tx: Transaction, runId: string, { channel, parcel, files, intents }: PreparedRun): Promise<void> {
  for (const { content, ...file } of files) {
    const bytes = Uint8Array.from(content);
    await tx.outboundFile.create({ data: { id: uuidv7(), runId, ...file, content: bytes, sha256: sha256Of(bytes) }, select: { id: true } });
  }
  await tx.$executeRaw`
    UPDATE "Intent" i SET "runId" = ${runId}::uuid, "channel" = ${channel}, "standingKey" = t."standingKey"
    FROM jsonb_to_recordset(${JSON.stringify(intents)}::jsonb) AS t("intentId" uuid, "standingKey" text) WHERE i."id" = t."intentId"`;
  const data = { channel, parcel, intentCount: intents.length, handingOverAt: new Date() };
  await tx.outboundRun.update({ where: { id: runId }, data });
}

/** Begins or takes back the handing over of a run that is not sent. */
export async function markRunLeaving(db: Database, runId: string, at: Date | null): Promise<void> {
  await db.outboundRun.updateMany({ where: { id: runId, status: { in: ['prepared', 'unknown'] } }, data: { handingOverAt: at } });
}

export async function runEnded(
  db: Database,
  runId: string,
  ended: { readonly status: 'sent' | 'unknown'; readonly receipt: string | null; readonly reason: string | null },
): Promise<void> {
  await db.outboundRun.update({ where: { id: runId }, data: ended });
}

/** It will not be taken, and did not leave: what was in it waits for the next run. */
export async function releaseRun(db: Database, runId: string, reason: string): Promise<void> {
  await db.intent.updateMany({ where: { runId, eventId: null }, data: { runId: null, standingKey: null } });
  await db.outboundRun.update({ where: { id: runId }, data: { status: 'refused', reason, settledAt: new Date() } });
}

export interface StoppedIntent {
  readonly intentId: string;
  readonly reason: string;
}

/** What does not go: it ends as refused, and its account is told with the others of the run. */
export async function refuseIntents(
  tx: Transaction,
  run: { readonly id: string; readonly at: Instant; readonly zone: string },
  stopped: readonly StoppedIntent[],
): Promise<void> {
  const reasons = new Map(stopped.map(({ intentId, reason }) => [intentId, reason]));
  const rows = await tx.intent.findMany({ where: { id: { in: [...reasons.keys()] } } });
  await tell(tx, rows, { ...run, outcomeOf: ({ id }) => ({ result: 'refused', receipt: null, reason: reasons.get(id) ?? '' }) });
}

/** Ends up to `limit` intents of a run that was sent. `each` is called for every one of them in the same transaction. @returns how many it ended */
export async function settleIntents(
  tx: Transaction,
  run: { readonly id: string; readonly at: Instant; readonly zone: string; readonly receipt: string | null },
  { limit, each }: { readonly limit: number; readonly each: (intents: readonly SettledIntent[]) => Promise<void> },
): Promise<number> {
  const rows = await tx.intent.findMany({ where: { runId: run.id, eventId: null }, orderBy: { id: 'asc' }, take: limit });
  await each(rows.map(({ id: intentId, accountId, ...row }) => ({ intentId, accountId, command: commandOf(row) })));
  await tell(tx, rows, { ...run, outcomeOf: () => ({ result: 'sent', receipt: run.receipt, reason: null }) });
  return rows.length;
}

export interface SettledIntent {
  readonly intentId: string;
  readonly accountId: string;
  readonly command: ReturnType<typeof commandOf>;
}

type IntentRow = Awaited<ReturnType<Transaction['intent']['findMany']>>[number];

interface Told {
  readonly id: string;
  readonly at: Instant;
  readonly zone: string;
  readonly outcomeOf: (row: IntentRow) => {
    readonly result: 'sent' | 'refused';
    readonly receipt: string | null;
    readonly reason: string | null;
  };
}

async function tell(tx: Transaction, rows: readonly IntentRow[], { id: runId, at, zone, outcomeOf }: Told): Promise<void> {
  const on = civilDateAt(at, zone);
  const outcomes = rows.map((row) => ({ row, outcome: outcomeOf(row) }));
  const eventIds = await appendArrivals(
    tx,
    outcomes.map(({ row: { accountId, key }, outcome }) => ({
      accountId,
      body: { kind: 'commandCarriedOut', key, ...outcome, on, submissionKey: null },
      occurredAt: at,
      dedupeKey: `command:${accountId}:${key}`,
      fileId: null,
      isUndelivered: true,
    })),
  );
  const ended = outcomes.map(({ row: { id }, outcome }, n) => ({ id, eventId: eventIds[n], ...outcome }));
  await tx.$executeRaw`
    UPDATE "Intent" i SET "status" = t."result", "receipt" = t."receipt", "reason" = t."reason", "eventId" = t."eventId", "runId" = ${runId}::uuid,
      "attemptedAt" = ${new Date(at)}, "standingKey" = CASE WHEN t."result" = 'refused' THEN NULL ELSE i."standingKey" END
    FROM jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) AS t("id" uuid, "eventId" text, "result" text, "receipt" text, "reason" text)
    WHERE i."id" = t."id"`;
}

/** Everybody knows. */
export async function closeRun(tx: Transaction, runId: string): Promise<void> {
  const { at, receipt } = await tx.outboundRun.update({ where: { id: runId }, data: { settledAt: new Date() } });
  await tx.outboundFile.updateMany({ where: { runId }, data: { receipt, sentAt: new Date(instantOf(at)) } });
}

function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
