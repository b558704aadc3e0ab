import { civilDateAt, type Instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { inTransaction, type Transaction } from '../../prisma/client.ts';
import { controlNumberText } from '../../prisma/convert.ts';
import { type GatheredIntent, readIntentsOfRun, readOpenRun, readRunNews, type StoredRun, takeGathered } from '../../prisma/reads/runs.ts';
import { readZone } from '../../prisma/reads/shown.ts';
import { findStanding } from '../../prisma/writes/intents.ts';
import {
  closeRun,
  keepRun,
  lockDestination,
  markRunLeaving,
  openRun,
  refuseIntents,
  releaseRun,
  runEnded,
  settleIntents,
  type StoppedIntent,
} from '../../prisma/writes/runs.ts';
import type { ActivityDependencies, Gateway, Parcel } from '../dependencies.ts';
import { shippedRoutes } from '../gateways/routes.ts';
import { deliverTo } from '../intake.ts';
import { stoppedCode, whyStopped } from '../may-still-go.ts';
import type { Run, RunWriter, WrittenRun } from './writer.ts';

export type RunSending = Pick<ActivityDependencies, 'prisma' | 'gateway' | 'routes' | 'messenger'>;

export interface SendRun {
  readonly destination: string;
  readonly asOf: Instant;
  readonly clockShiftMs: number;
  /** Null for all. */
  readonly accountIds: readonly string[] | null;
}

export interface SentRun {
  /** Intents that were sent by this attempt: of a run that it ended all may have been stopped, or told before. */
  readonly intents: number;
  /** Whether it ended a run, after which more may wait. */
  readonly hasEnded: boolean;
  /** Why no further run is tried now; null when all is well. */
  readonly halted: string | null;
}

/** How many intents are ended in one transaction, and how many accounts are told before it is noted. */
const pageSize = 250;

/**
 * Sends what is gathered for a destination as one parcel, once.
 *
 * 1. What waits is taken, asked whether it may still go, written and kept, with the mark that it may leave from now on, in one transaction.
 * 2. Whoever finds that mark asks whether it arrived; only what surely did not is delivered, byte for byte as it was kept.
 * 3. Every intent ends with its account's event, page by page; then the accounts are told.
 *
 * An attempt that dies anywhere is finished by the next one, before anything new is taken.
 */
export async function sendRun(sending: RunSending, writer: RunWriter, asked: SendRun): Promise<SentRun> {
  const { prisma } = sending;
  const run = (await keptRun(prisma, asked.destination)) ?? (await prepare(sending, writer, asked));
  if (run === null) return { intents: 0, hasEnded: false, halted: null };
  const outcome = run.status === 'sent' ? { receipt: run.receipt, halted: null } : await handOver(sending, run);
  if (outcome.halted !== null) return { intents: 0, hasEnded: false, halted: outcome.halted };
  const intents = await settle(sending, writer, { ...run, receipt: outcome.receipt });
  await tellAll(sending, run.id, asked.clockShiftMs);
  await inTransaction(prisma, (tx) => closeRun(tx, run.id));
  return { intents, hasEnded: true, halted: null };
}

/** The run that is under way. One that surely did not leave, and of which a hold stops something by now, is given back and made anew. */
async function keptRun(prisma: RunSending['prisma'], destination: string): Promise<StoredRun | null> {
  const run = await readOpenRun(prisma, destination);
  if (run === null || run.status !== 'prepared' || run.mayHaveLeft) return run;
  const isReleased = await inTransaction(prisma, async (tx) => {
    const stopped = (await whyStopped(tx, await readIntentsOfRun(tx, run.id))).find((reason) => reason !== null);
    if (stopped === undefined) return false;
    await releaseRun(tx, run.id, `${stoppedCode}: ${stopped}`);
    return true;
  });
  return isReleased ? null : run;
}

async function prepare(
  { prisma, routes = shippedRoutes() }: RunSending,
  writer: RunWriter,
  { destination, asOf, accountIds }: SendRun,
): Promise<StoredRun | null> {
  const isNew = await inTransaction(prisma, async (tx) => {
    await lockDestination(tx, destination);
    if ((await readOpenRun(tx, destination)) !== null) return false;
    const taken = await takeGathered(tx, { destination, by: asOf, most: writer.most, accountIds });
    if (taken.length === 0) return false;
    const { id, controlNumber } = await openRun(tx, { destination, at: asOf });
    const zone = await readZone(tx);
    const run: Run = { destination, at: asOf, on: civilDateAt(asOf, zone), zone, number: controlNumberText(controlNumber), routes };
    const stopped = await stoppedOf(tx, writer, taken);
    const going = without(taken, stopped);
    const written = going.length === 0 ? nothing(run) : await writer.write(tx, run, going);
    const refused = [...stopped, ...(written.refused ?? [])];
    await refuseIntents(tx, { id, at: asOf, zone }, refused);
    const left = without(going, refused);
    const intents = left.map(({ intentId, command }) => ({ intentId, standingKey: writer.standingKey?.(command) ?? null }));
    const files = written.files.map((file) => ({ ...file, content: Buffer.from(file.content) }));
    await keepRun(tx, id, { channel: written.channel, parcel: written.parcel, files: left.length === 0 ? [] : files, intents });
    return true;
  });
  const run = await readOpenRun(prisma, destination);
  // What nobody has handed over yet need not be looked for.
  return run === null || !isNew ? run : { ...run, mayHaveLeft: false };
}

function nothing({ number }: Run): WrittenRun {
  return { files: [], channel: '', parcel: `run-${number}` };
}

function without(intents: readonly GatheredIntent[], stopped: readonly StoppedIntent[]): readonly GatheredIntent[] {
  const ids = new Set(stopped.map(({ intentId }) => intentId));
  return intents.filter(({ intentId }) => !ids.has(intentId));
}

async function stoppedOf(tx: Transaction, writer: RunWriter, taken: readonly GatheredIntent[]): Promise<readonly StoppedIntent[]> {
  const reasons = await whyStopped(
    tx,
    taken.map(({ accountId, command }) => ({ accountId, kind: command.kind })),
  );
  const stopped: StoppedIntent[] = [];
  for (const [n, { intentId, accountId, command }] of taken.entries()) {
    const held = reasons[n] ?? null;
    const standingKey = writer.standingKey?.(command) ?? null;
    const reason = held === null ? await whyTwice(tx, { accountId, intentId, standingKey }) : `${stoppedCode}: ${held}`;
    if (reason !== null) stopped.push({ intentId, reason });
  }
  return stopped;
}

async function whyTwice(
  tx: Transaction,
  { standingKey, ...about }: { readonly accountId: string; readonly intentId: string; readonly standingKey: string | null },
): Promise<string | null> {
  const other = standingKey === null ? null : await findStanding(tx, { ...about, standingKey });
  return other === null ? null : `command.duplicate: the same (${standingKey}) was done by ${other.key}, which is ${other.status}`;
}

interface HandedOver {
  readonly receipt: string | null;
  readonly halted: string | null;
}

async function handOver({ prisma, gateway }: RunSending, run: StoredRun): Promise<HandedOver> {
  const parcel: Parcel = { key: run.parcel, channel: run.channel, files: run.files };
  if (parcel.files.length === 0) return sentWith(prisma, run.id, null);
  if (run.mayHaveLeft) {
    const found = await gateway.find(parcel);
    if (found.kind === 'arrived') return sentWith(prisma, run.id, found.receipt);
    if (found.kind === 'cannotTell') return inDoubt(prisma, run.id, 'an attempt ended before its receipt');
  }
  await markRunLeaving(prisma, run.id, new Date());
  return delivered(prisma, gateway, { run, parcel });
}

async function delivered(
  prisma: RunSending['prisma'],
  gateway: Gateway,
  { run, parcel }: { readonly run: StoredRun; readonly parcel: Parcel },
): Promise<HandedOver> {
  try {
    return await sentWith(prisma, run.id, await gateway.deliver(parcel));
  } catch (error) {
    if (!(error instanceof DomainError)) {
      await markRunLeaving(prisma, run.id, null);
      throw error;
    }
    if (error.code === 'gateway.in-doubt') return inDoubt(prisma, run.id, error.message);
    const reason = `${error.code}: ${error.message}`;
    await releaseRun(prisma, run.id, reason);
    return { receipt: null, halted: reason };
  }
}

async function sentWith(prisma: RunSending['prisma'], runId: string, receipt: string | null): Promise<HandedOver> {
  await runEnded(prisma, runId, { status: 'sent', receipt, reason: null });
  return { receipt, halted: null };
}

/** Nothing more goes there until a person says whether it arrived: `recourse run settle`. */
async function inDoubt(prisma: RunSending['prisma'], runId: string, why: string): Promise<HandedOver> {
  const reason = `gateway.in-doubt: ${why}`;
  await runEnded(prisma, runId, { status: 'unknown', receipt: null, reason });
  return { receipt: null, halted: reason };
}

async function settle({ prisma }: RunSending, writer: RunWriter, run: StoredRun): Promise<number> {
  const zone = await readZone(prisma);
  const on = civilDateAt(run.at, zone);
  const remember = writer.sent;
  let all = 0;
  for (;;) {
    const ended = await inTransaction(prisma, (tx) =>
      settleIntents(
        tx,
        { ...run, zone },
        { limit: pageSize, each: async (intents) => (remember === undefined ? undefined : remember(tx, { on }, intents)) },
      ),
    );
    all += ended;
    if (ended < pageSize) return all;
  }
}

async function tellAll({ prisma, messenger }: RunSending, runId: string, clockShiftMs: number): Promise<void> {
  for (;;) {
    const waiting = await readRunNews(prisma, runId, pageSize);
    if (waiting.length === 0) return;
    await deliverTo(prisma, messenger, { waiting, clockShiftMs });
  }
}
