import { randomUUID } from 'node:crypto';
import { type Client, ScheduleOverlapPolicy, type ScheduleOptions, type ScheduleSpec, WorkflowFailedError } from '@temporalio/client';
import type { ProofResult } from '../activities/index.ts';
import type { PrismaClient } from '../prisma/client.ts';
import {
  readAccountNumbers,
  readFindings,
  readLastProof,
  readLastStated,
  readStatements,
  type StoredFinding,
  type StoredProof,
  type StoredStatement,
} from '../prisma/reads/deadline-proofs.ts';
import type { CivilDate } from '../rules/domain/civil-date.ts';
import { DomainError, messageOf } from '../rules/domain/failures.ts';
import type { deadlineProof } from '../workflows/deadline-proof.ts';
import { houseSchedules, keepSchedule } from './keep-schedule.ts';
import { isSignedBy, type TrustedKeys } from './statement-key.ts';
import { countPollers } from './temporal.ts';

export interface ProofView extends Omit<ProofResult, 'findings'> {
  /** The account number is null when the database does not know the account. */
  readonly findings: readonly (ProofResult['findings'][number] & { readonly accountNumber: string | null })[];
}

export interface Chain {
  readonly statements: number;
  /** Where the chain is broken, in its order; empty when all is as it was signed. */
  readonly faults: readonly string[];
  /** Ids of the keys that signed it. */
  readonly keyIds: readonly string[];
}

export interface LastProof extends StoredProof {
  readonly findings: readonly (StoredFinding & { readonly accountNumber: string | null })[];
}

/** Where the deadline proof is asked for, and what it said before. */
export interface DeadlineProofs {
  /** @throws DomainError `proof.cannot-look` when no worker runs, or a server it needs is away. */
  prove(asked: { readonly by: string; readonly isDryRun: boolean }): Promise<ProofView>;
  /** Null before the first. */
  last(): Promise<LastProof | null>;
  /** Of that day, or all. */
  statements(on?: CivilDate): Promise<readonly StoredStatement[]>;
  /** Every statement from the first: hash, predecessor, number, signature. */
  verify(keys: TrustedKeys): Promise<Chain>;
  /** Lets Temporal start a proof every hour; again changes nothing. */
  schedule(): Promise<void>;
}

interface ProofOptions {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly taskQueue: string;
}

const scheduleId = houseSchedules.proof;
const mostShown = 100;

export function createDeadlineProofs(options: ProofOptions): DeadlineProofs {
  const { prisma, client, taskQueue } = options;
  return {
    prove: async (asked) => {
      const result = await proved(options, asked);
      const numbers = await readAccountNumbers(prisma, idsOf(result.findings));
      return { ...result, findings: result.findings.map((found) => ({ ...found, accountNumber: numbers.get(found.accountId) ?? null })) };
    },
    last: async () => {
      const proof = await readLastProof(prisma);
      if (proof === null) return null;
      const findings = await readFindings(prisma, proof.id, mostShown);
      const numbers = await readAccountNumbers(prisma, idsOf(findings));
      return { ...proof, findings: findings.map((found) => ({ ...found, accountNumber: numbers.get(found.accountId) ?? null })) };
    },
    statements: async (on) => {
      const all: StoredStatement[] = [];
      for await (const statement of readStatements(prisma, on)) all.push(statement);
      return all;
    },
    verify: (keys) => verified(prisma, keys),
    schedule: () => scheduleProofs(client, taskQueue),
  };
}

function idsOf(findings: readonly { readonly accountId: string }[]): readonly string[] {
  return [...new Set(findings.map(({ accountId }) => accountId))];
}

async function proved({ client, taskQueue }: ProofOptions, asked: Parameters<DeadlineProofs['prove']>[0]): Promise<ProofResult> {
  if ((await countPollers(client, taskQueue)) === 0)
    throw new DomainError('proof.cannot-look', `no worker polls the task queue "${taskQueue}": start the engine with npm start`);
  const workflowId = `${scheduleId}:${randomUUID()}`;
  try {
    return await client.workflow.execute<typeof deadlineProof>('deadlineProof', { workflowId, taskQueue, args: [asked] });
  } catch (error) {
    if (error instanceof WorkflowFailedError)
      throw new DomainError('proof.cannot-look', `the proof ${workflowId} could not look: ${messageOf(error).trim().split('\n').at(-1)}`);
    throw error;
  }
}

async function verified(prisma: PrismaClient, keys: TrustedKeys): Promise<Chain> {
  const faults: string[] = [];
  const keyIds = new Set<string>();
  let last = { number: 0, sha256: '' };
  for await (const statement of readStatements(prisma)) {
    faults.push(...faultsOf(statement, last, keys));
    keyIds.add(statement.keyId);
    last = statement;
  }
  const stated = await readLastStated(prisma);
  if (stated > last.number) faults.push(`statements ${last.number + 1} to ${stated} are missing at the end: a proof names ${stated}`);
  return { statements: last.number, faults, keyIds: [...keyIds] };
}

function faultsOf(
  statement: StoredStatement,
  last: { readonly number: number; readonly sha256: string },
  keys: TrustedKeys,
): readonly string[] {
  const { number, on, sha256, foundSha256, previousSha256, keyId } = statement;
  const name = `statement ${number} of ${on}`;
  const isSigned = isSignedBy(keys, statement);
  return [
    ...(number === last.number + 1 ? [] : [`between statements ${last.number} and ${number}: ${number - last.number - 1} missing`]),
    ...(sha256 === foundSha256 ? [] : [`${name}: its text, number or predecessor was changed after it was hashed`]),
    ...(previousSha256 === last.sha256 || number !== last.number + 1
      ? []
      : [`${name}: it does not follow statement ${last.number} as that stands`]),
    ...(isSigned === null ? [`${name}: signed by key ${keyId}, which is none of those trusted here`] : []),
    ...(isSigned === false ? [`${name}: the signature is not that of key ${keyId}`] : []),
  ];
}

/** A minute of its own, so that it does not meet what starts at full hours. */
const proofMinute = 17;

async function scheduleProofs(client: Client, taskQueue: string): Promise<void> {
  const spec: ScheduleSpec = { calendars: [{ hour: '*', minute: proofMinute, comment: 'every hour' }] };
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' } as const;
  const options: ScheduleOptions = {
    scheduleId,
    spec,
    policies,
    action: {
      type: 'startWorkflow',
      workflowType: 'deadlineProof',
      workflowId: scheduleId,
      taskQueue,
      args: [{ by: 'schedule', isDryRun: false }],
    },
    state: { note: 'every open deadline against the timer that is armed for it' },
  };
  await keepSchedule(client, options);
}
