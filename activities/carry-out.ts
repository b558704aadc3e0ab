import { civilDateAt, type CivilDate, type Instant, instant } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { inTransaction, type PrismaClient, type Transaction } from '../prisma/client.ts';
import { type OutboundSource, readOutboundSource } from '../prisma/reads/outbound-source.ts';
import { type Attempt, beginAttempt, keepPrepared, type OutboundContent, settleAttempt } from '../prisma/writes/intents.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { refuse } from './failures.ts';
import type { CommandInput } from './index.ts';

export type Sending = Pick<ActivityDependencies, 'prisma' | 'gateway'>;

/** What a command is written from. */
export interface Commission {
  readonly tx: Transaction;
  readonly accountId: string;
  readonly attempt: Attempt;
  readonly params: Attempt['command']['params'];
  readonly source: OutboundSource;
  readonly at: Instant;
  readonly on: CivilDate;
  /** Nine digits, unique among everything ever sent. */
  readonly number: string;
}

export interface Prepared {
  readonly files: readonly OutboundContent[];
  readonly submissionKey?: string;
}

export interface Errand {
  /** Makes what is to be delivered and stores what it stands for. A DomainError ends the command as refused. */
  readonly prepare: (commission: Commission) => Promise<Prepared> | Prepared;
  /** What else is remembered once it was sent, with the outcome. */
  readonly sent?: (commission: Commission) => Promise<void>;
}

/**
 * Carries a command out once. First the content is made and kept; then it is delivered; then the outcome and the account's event are written together.
 * A retry delivers what was kept, byte for byte. A refusal is an outcome, not an error; what may or may not have arrived ends as unknown and is never
 * repeated.
 */
export async function carryOut({ prisma, gateway }: Sending, input: CommandInput, errand: Errand): Promise<{ readonly eventId: string }> {
  if (input.mayHaveGone === true) return settle(prisma, input, { errand, submissionKey: null, ...inDoubt });
  const ready = await makeReady(prisma, input, errand);
  if ('eventId' in ready) return ready;
  const outcome = await deliver(gateway, ready.files);
  return settle(prisma, input, { errand, ...ready, ...outcome });
}

interface Ready {
  readonly files: readonly OutboundContent[];
  readonly submissionKey: string | null;
}

async function makeReady(prisma: PrismaClient, input: CommandInput, errand: Errand): Promise<Ready | { readonly eventId: string }> {
  try {
    return await inTransaction(prisma, async (tx) => {
      const attempt = await begin(tx, input);
      if (attempt.eventId !== null) return { eventId: attempt.eventId };
      if (attempt.prepared !== null) return { files: attempt.prepared, submissionKey: attempt.submissionKey };
      const { files, submissionKey = null } = await errand.prepare(await commission(tx, input.accountId, attempt));
      await keepPrepared(tx, attempt.intentId, { files, submissionKey });
      return { files, submissionKey };
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return settle(prisma, input, { errand, submissionKey: null, ...refusal(error) });
  }
}

interface Outcome {
  readonly result: 'sent' | 'refused' | 'unknown';
  readonly reason: string | null;
  readonly receipts: readonly string[];
}

async function deliver(gateway: ActivityDependencies['gateway'], files: readonly OutboundContent[]): Promise<Outcome> {
  try {
    const receipts: string[] = [];
    for (const file of files) receipts.push(await gateway.deliver(file));
    return { result: 'sent', reason: null, receipts };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refusal(error);
  }
}

const inDoubt: Outcome = {
  result: 'unknown',
  reason: 'ledger.restored: a command of this key was carried out before an older database was restored',
  receipts: [],
};

function refusal(error: DomainError): Outcome {
  return { result: error.code === 'gateway.in-doubt' ? 'unknown' : 'refused', reason: `${error.code}: ${error.message}`, receipts: [] };
}

function settle(
  prisma: PrismaClient,
  input: CommandInput,
  { errand, ...outcome }: Outcome & { readonly errand: Errand; readonly submissionKey: string | null },
): Promise<{ readonly eventId: string }> {
  return inTransaction(prisma, async (tx) => {
    const attempt = await begin(tx, input);
    if (attempt.eventId !== null) return { eventId: attempt.eventId };
    const about = await commission(tx, input.accountId, attempt);
    if (outcome.result === 'sent') await errand.sent?.(about);
    return { eventId: await settleAttempt(tx, { accountId: input.accountId, attempt, on: about.on, ...outcome }) };
  });
}

async function begin(tx: Transaction, { accountId, key, asOf }: CommandInput): Promise<Attempt> {
  const attempt = await beginAttempt(tx, accountId, key, instant(asOf));
  if (attempt === null) throw refuse('command.unknown', `account ${accountId} never issued command ${key}`);
  return attempt;
}

async function commission(tx: Transaction, accountId: string, attempt: Attempt): Promise<Commission> {
  const { params } = attempt.command;
  const formTask = typeof params.formTask === 'string' ? params.formTask : null;
  const source = await readOutboundSource(tx, accountId, formTask);
  const number = String(attempt.controlNumber % 1_000_000_000).padStart(9, '0');
  return { tx, accountId, attempt, params, source, at: attempt.at, on: civilDateAt(attempt.at, source.zone), number };
}

/** A payer's or vendor's id as a folder name. */
export function folderName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]/g, '_') || 'unknown';
}
