import { civilDateAt, type CivilDate, type Instant, instant } from '../rules/domain/civil-date.ts';
import { DomainError, messageOf } from '../rules/domain/failures.ts';
import { inTransaction, type PrismaClient, type Transaction } from '../prisma/client.ts';
import { controlNumberText } from '../prisma/convert.ts';
import { type OutboundSource, readOutboundSource } from '../prisma/reads/outbound-source.ts';
import {
  type Attempt,
  beginAttempt,
  findStanding,
  keepPrepared,
  markHandingOver,
  markInDoubt,
  settleAttempt,
} from '../prisma/writes/intents.ts';
import type { ActivityDependencies, Gateway, Parcel, ParcelFile } from './dependencies.ts';
import { refuse } from './failures.ts';
import type { CommandInput } from './index.ts';
import { type Routes, shippedRoutes } from './gateways/routes.ts';
import { stoppedCode, whyStopped } from './may-still-go.ts';

export type Sending = Pick<ActivityDependencies, 'prisma' | 'gateway' | 'routes'>;

/** What a command is written from. */
export interface Commission {
  readonly tx: Transaction;
  readonly accountId: string;
  readonly attempt: Pick<Attempt, 'intentId' | 'controlNumber'>;
  readonly params: Attempt['command']['params'];
  readonly source: OutboundSource;
  readonly routes: Routes;
  readonly at: Instant;
  readonly on: CivilDate;
  /** Nine digits, unique among everything ever sent. */
  readonly number: string;
}

export interface Prepared {
  readonly files: readonly (Omit<ParcelFile, 'content'> & { readonly content: string | Uint8Array })[];
  readonly channel: string;
  /** The same at every attempt, and no other's: by it whoever carries it calls it. */
  readonly parcel: string;
  readonly submissionKey?: string;
  /** What it does to the world, such as `appeal:c1:2`: refused while another that did the same stands. Absent for what may be repeated. */
  readonly standingKey?: string;
}

export interface Errand {
  /** Makes what is to be delivered and stores what it stands for. A DomainError ends the command as refused. */
  readonly prepare: (commission: Commission) => Promise<Prepared> | Prepared;
  /** What else is remembered once it was sent, with the outcome. */
  readonly sent?: (commission: Commission) => Promise<void>;
}

/**
 * Carries a command out once.
 *
 * 1. What is to be delivered is made and kept, with the mark that it may leave from now on, before anything leaves.
 * 2. Whoever finds that mark asks whether it arrived. Only what surely did not is delivered, byte for byte as it was kept.
 * 3. The outcome and the account's event are written together: sent with its receipt, refused, or unknown.
 *
 * An attempt that dies anywhere is finished by the next one. A refusal is an outcome, not an error. What may or may not have arrived, and of which nobody
 * can be asked, ends as unknown and is a person's to settle; when whoever carries it cannot be asked just now, the intent is unknown until it can be.
 */
export async function carryOut(sending: Sending, input: CommandInput, errand: Errand): Promise<{ readonly eventId: string }> {
  if (input.mayHaveGone === true) return settle(sending, input, { errand, submissionKey: null, ...restored });
  const ready = await makeReady(sending, input, errand);
  if ('eventId' in ready) return ready;
  const outcome = await handOver(sending, ready);
  return settle(sending, input, { errand, submissionKey: ready.submissionKey, ...outcome });
}

interface Ready {
  readonly intentId: string;
  readonly parcel: Parcel;
  readonly submissionKey: string | null;
  readonly mayHaveLeft: boolean;
}

async function makeReady(sending: Sending, input: CommandInput, errand: Errand): Promise<Ready | { readonly eventId: string }> {
  try {
    return await inTransaction(sending.prisma, async (tx) => {
      const attempt = await begin(tx, input);
      const { intentId, eventId, prepared, submissionKey, mayHaveLeft } = attempt;
      if (eventId !== null) return { eventId };
      if (prepared !== null) {
        if (!mayHaveLeft) await markHandingOver(tx, intentId, new Date());
        return { intentId, parcel: parcelOf(prepared), submissionKey, mayHaveLeft };
      }
      const [stopped = null] = await whyStopped(tx, [{ accountId: input.accountId, kind: attempt.command.kind }]);
      if (stopped !== null) throw new DomainError(stoppedCode, stopped);
      return { ...(await firstTime(tx, { sending, input, attempt, errand })), intentId, mayHaveLeft };
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return settle(sending, input, { errand, submissionKey: null, ...refusal(error) });
  }
}

interface FirstTime {
  readonly sending: Sending;
  readonly input: CommandInput;
  readonly attempt: Attempt;
  readonly errand: Errand;
}

async function firstTime(tx: Transaction, { sending, input: { accountId }, attempt, errand }: FirstTime) {
  const { intentId } = attempt;
  const prepared = await errand.prepare(await commission(tx, { sending, accountId, attempt }));
  const { channel, parcel, standingKey = null, submissionKey = null } = prepared;
  if (standingKey !== null) await refuseTwice(tx, { accountId, standingKey, intentId });
  const files = prepared.files.map((file) => ({ ...file, content: Buffer.from(file.content) }));
  await keepPrepared(tx, intentId, { files, channel, parcel, standingKey, submissionKey });
  return { parcel: { key: parcel, channel, files }, submissionKey };
}

/** @throws DomainError `command.duplicate` */
async function refuseTwice(tx: Transaction, about: Parameters<typeof findStanding>[1]): Promise<void> {
  const other = await findStanding(tx, about);
  if (other === null) return;
  const what = other.submissionKey === null ? other.key : `${other.key} as ${other.submissionKey}`;
  throw new DomainError(
    'command.duplicate',
    `the same (${about.standingKey}) was done by ${what}, which is ${other.status}; it is not done twice. ` +
      'Where the payer has it not, settle that one as not arrived first.',
  );
}

function parcelOf({ parcel: key, channel, files }: NonNullable<Attempt['prepared']>): Parcel {
  return { key, channel, files };
}

interface Outcome {
  readonly result: 'sent' | 'refused' | 'unknown';
  readonly reason: string | null;
  readonly receipt: string | null;
}

async function handOver({ prisma, gateway }: Sending, { intentId, parcel, mayHaveLeft }: Ready): Promise<Outcome> {
  if (parcel.files.length === 0) return sentWith(null);
  if (mayHaveLeft) {
    const found = await whereabouts(prisma, gateway, { intentId, parcel, reason: 'an attempt ended before its receipt' });
    if (found !== null) return found;
  }
  try {
    return sentWith(await gateway.deliver(parcel));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'gateway.in-doubt') return inDoubt(prisma, gateway, { intentId, parcel, error });
    if (error instanceof DomainError) return refusal(error);
    await markHandingOver(prisma, intentId, null);
    throw error;
  }
}

/** Of a command that may have been carried out before an older database was restored. */
export const restored: Outcome = {
  result: 'unknown',
  reason: 'ledger.restored: a command of this key was carried out before an older database was restored',
  receipt: null,
};

/** It is looked for at once; what surely did not arrive is for the next attempt. */
async function inDoubt(
  prisma: PrismaClient,
  gateway: Gateway,
  { intentId, parcel, error }: Pick<Ready, 'intentId' | 'parcel'> & { readonly error: DomainError },
): Promise<Outcome> {
  const found = await whereabouts(prisma, gateway, { intentId, parcel, reason: error.message });
  if (found !== null) return found;
  throw new Error(`${parcel.key} did not arrive and is sent again: ${error.message}`);
}

/** Null when it surely did not arrive. Throws when whoever carries it does not answer: the intent is unknown until it does. */
async function whereabouts(
  prisma: PrismaClient,
  gateway: Gateway,
  { intentId, parcel, reason }: Pick<Ready, 'intentId' | 'parcel'> & { readonly reason: string },
): Promise<Outcome | null> {
  try {
    const found = await gateway.find(parcel);
    if (found.kind === 'arrived') return sentWith(found.receipt);
    return found.kind === 'absent' ? null : { result: 'unknown', reason: `gateway.in-doubt: ${reason}`, receipt: null };
  } catch (error) {
    await markInDoubt(prisma, intentId, `gateway.in-doubt: ${reason}; ${messageOf(error)}`);
    throw error;
  }
}

function sentWith(receipt: string | null): Outcome {
  return { result: 'sent', reason: null, receipt };
}

function refusal(error: DomainError): Outcome {
  const result = error.code === 'gateway.portal' ? 'unknown' : 'refused';
  return { result, reason: `${error.code}: ${error.message}`, receipt: null };
}

function settle(
  sending: Sending,
  input: CommandInput,
  { errand, ...outcome }: Outcome & { readonly errand: Errand; readonly submissionKey: string | null },
): Promise<{ readonly eventId: string }> {
  const { accountId } = input;
  return inTransaction(sending.prisma, async (tx) => {
    const attempt = await begin(tx, input);
    if (attempt.eventId !== null) return { eventId: attempt.eventId };
    const about = await commission(tx, { sending, accountId, attempt });
    if (outcome.result === 'sent') await errand.sent?.(about);
    return { eventId: await settleAttempt(tx, { accountId, attempt, on: about.on, ...outcome }) };
  });
}

async function begin(tx: Transaction, { accountId, key, asOf }: CommandInput): Promise<Attempt> {
  const attempt = await beginAttempt(tx, accountId, key, instant(asOf));
  if (attempt === null) throw refuse('command.unknown', `account ${accountId} never issued command ${key}`);
  return attempt;
}

interface Commissioned {
  readonly sending: Pick<Sending, 'routes'>;
  readonly accountId: string;
  readonly attempt: Attempt;
}

async function commission(tx: Transaction, { sending, accountId, attempt }: Commissioned): Promise<Commission> {
  const { params } = attempt.command;
  const formTask = typeof params.formTask === 'string' ? params.formTask : null;
  const source = await readOutboundSource(tx, accountId, formTask);
  const routes = sending.routes ?? shippedRoutes();
  const on = civilDateAt(attempt.at, source.zone);
  return { tx, accountId, attempt, params, source, routes, at: attempt.at, on, number: controlNumberText(attempt.controlNumber) };
}

/** A payer's or vendor's id as a folder name. */
export function folderName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]/g, '_') || 'unknown';
}
