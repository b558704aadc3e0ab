import { type CivilDate, civilDateAt, type Instant, type Zone } from '../../rules/domain/civil-date.ts';
import type { Command } from '../../rules/domain/event.ts';
import type { Database, Transaction } from '../client.ts';
import { commandOf, instantOf, instantOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { Prisma } from '../generated/client.ts';
import type { Delivery } from './deliveries.ts';
import { readZone } from './shown.ts';

/** An intent that waits for a run. */
export interface GatheredIntent {
  readonly intentId: string;
  readonly accountId: string;
  readonly guarantorId: string | null;
  readonly zone: Zone;
  readonly controlNumber: number;
  readonly command: Command;
}

export interface StoredRun {
  readonly id: string;
  readonly destination: string;
  readonly at: Instant;
  /** prepared | sent | refused | unknown */
  readonly status: string;
  readonly channel: string;
  readonly parcel: string;
  readonly mayHaveLeft: boolean;
  readonly receipt: string | null;
  readonly files: readonly { readonly folder: string; readonly name: string; readonly content: Uint8Array; readonly mediaType: string }[];
}

export interface ToTake {
  readonly destination: string;
  readonly by: Instant;
  readonly most: number;
  /** Null for all. */
  readonly accountIds: readonly string[] | null;
}

/** Takes what is gathered for a destination up to that moment, accounts of one guarantor together, for this transaction alone. */
export async function takeGathered(tx: Transaction, { destination, by, most, accountIds }: ToTake): Promise<readonly GatheredIntent[]> {
  const only = accountIds === null ? Prisma.empty : Prisma.sql`AND i."accountId" = ANY(${[...accountIds]}::uuid[])`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM "Intent" i JOIN "Account" a ON a."id" = i."accountId"
    WHERE i."facilityId" = ${facilityId}::uuid AND i."destination" = ${destination} AND i."eventId" IS NULL AND i."runId" IS NULL
      AND i."gatheredAt" <= ${new Date(by)} ${only}
    ORDER BY coalesce(a."guarantorId", a."id"), i."controlNumber" LIMIT ${most + 1} FOR UPDATE OF i`;
  const ids = rows.map(({ id }) => id);
  const found = await tx.intent.findMany({
    where: { id: { in: ids } },
    include: { account: { select: { guarantorId: true } } },
  });
  const zone = await readZone(tx);
  const byId = new Map(found.map((row) => [row.id, row]));
  const all = ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const { accountId, account, controlNumber } = row;
    return [
      { intentId: id, accountId, guarantorId: account.guarantorId, zone, controlNumber: Number(controlNumber), command: commandOf(row) },
    ];
  });
  return all.length > most ? wholeGuarantors(all.slice(0, most), all[most]) : all;
}

/** The last person's accounts stay for the next run when they would be torn apart. */
function wholeGuarantors(taken: readonly GatheredIntent[], next: GatheredIntent | undefined): readonly GatheredIntent[] {
  const torn = next?.guarantorId ?? null;
  const whole = torn === null ? taken : taken.filter(({ guarantorId }) => guarantorId !== torn);
  return whole.length === 0 ? taken : whole;
}

/** Destinations for which something waits, or a run is not ended. */
export async function readDestinations(db: Database): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ destination: string }[]>`
    SELECT DISTINCT "destination" FROM "Intent"
    WHERE "facilityId" = ${facilityId}::uuid AND "destination" IS NOT NULL AND "eventId" IS NULL
    UNION SELECT DISTINCT "destination" FROM "OutboundRun" WHERE "facilityId" = ${facilityId}::uuid AND "settledAt" IS NULL ORDER BY 1`;
  return rows.map(({ destination }) => destination);
}

/** What a run is to end. */
export async function readIntentsOfRun(
  db: Database,
  runId: string,
): Promise<readonly { readonly accountId: string; readonly kind: string }[]> {
  return db.intent.findMany({ where: { runId, eventId: null }, select: { accountId: true, kind: true } });
}

/** The run of that destination that is not ended; null when there is none. */
export async function readOpenRun(db: Database, destination: string): Promise<StoredRun | null> {
  const run = await db.outboundRun.findFirst({
    where: { facilityId, destination, settledAt: null },
    orderBy: { controlNumber: 'asc' },
    include: { files: { orderBy: { id: 'asc' } } },
  });
  if (run === null) return null;
  const { id, status, channel, parcel, receipt, files } = run;
  const kept = files.map(({ folder, name, content, mediaType }) => ({ folder, name, content, mediaType }));
  return { id, destination, at: instantOf(run.at), status, channel, parcel, mayHaveLeft: run.handingOverAt !== null, receipt, files: kept };
}

/** Events with which a run told accounts how their command ended, and that are still to be handed to their workflows. */
export async function readRunNews(db: Database, runId: string, limit: number): Promise<readonly Delivery[]> {
  return db.$queryRaw<Delivery[]>`
    SELECT e."accountId", array_agg(e."id" ORDER BY e."ordinal") AS "eventIds"
    FROM "Intent" i JOIN "AccountEvent" e ON e."id" = i."eventId"
    WHERE i."runId" = ${runId}::uuid AND e."deliveredAt" IS NULL GROUP BY e."accountId" ORDER BY e."accountId" LIMIT ${limit}`;
}

export interface RunEntry {
  readonly id: string;
  readonly destination: string;
  /** In the facility's zone. */
  readonly on: CivilDate;
  readonly status: string;
  readonly parcel: string;
  readonly intents: number;
  readonly receipt: string | null;
  readonly reason: string | null;
  readonly settledAt: Instant | null;
}

/** The latest runs first. */
export async function listRuns(db: Database, limit: number): Promise<readonly RunEntry[]> {
  const rows = await db.outboundRun.findMany({ where: { facilityId }, orderBy: { controlNumber: 'desc' }, take: limit });
  const zone = await readZone(db);
  return rows.map(({ id, destination, at, status, parcel, intentCount: intents, receipt, reason, settledAt }) => {
    return {
      id,
      destination,
      on: civilDateAt(instantOf(at), zone),
      status,
      parcel,
      intents,
      receipt,
      reason,
      settledAt: instantOrNull(settledAt),
    };
  });
}

/** Whether anything waits for a run, of these accounts or, null, of any. */
export async function isGathered(db: Database, accountIds: readonly string[] | null): Promise<boolean> {
  const of = accountIds === null ? {} : { accountId: { in: [...accountIds] } };
  const found = await db.intent.findFirst({
    where: { facilityId, destination: { not: null }, eventId: null, ...of },
    select: { id: true },
  });
  return found !== null;
}
