import { createHash } from 'node:crypto';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { PrismaClient } from '../../prisma/client.ts';
import { readInboundOutcome } from '../../prisma/reads/inbound-file.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import type { IngestFileEnd, ingestFile } from '../../workflows/ingest-file.ts';

export interface ReceivedFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly receivedAt: Date;
  /** Clock of the accounts that the file starts; 0 in real life. */
  readonly clockShiftMs: number;
}

export interface RegisteredFile {
  readonly fileId: string;
  readonly sha256: string;
  /** The same content was registered before, under this name or another. */
  readonly isKnown: boolean;
}

export type IngestOutcome =
  | { readonly kind: 'stored'; readonly summary: string }
  | { readonly kind: 'alreadyRead'; readonly as: string }
  | { readonly kind: 'refused'; readonly message: string; readonly offset: number | null }
  /** The workflow was ended from outside; dropping the file again starts it again. */
  | { readonly kind: 'interrupted'; readonly workflowId: string };

/** The way in for every file, whoever brings it. */
export interface Intake {
  /** Stores the bytes and starts their workflow; both happen once per content. */
  register(file: ReceivedFile): Promise<RegisteredFile>;
  /** Registers, and waits until every account concerned was told. */
  ingest(file: ReceivedFile): Promise<IngestOutcome>;
}

export interface IntakeOptions {
  readonly client: Client;
  readonly taskQueue: string;
  readonly prisma: PrismaClient;
}

export function createIntake({ client, taskQueue, prisma }: IntakeOptions): Intake {
  const register = async (file: ReceivedFile): Promise<RegisteredFile> => {
    const { fileId, isNew } = await registerInboundFile(prisma, file);
    const sha256 = createHash('sha256').update(file.content).digest('hex');
    await start(client, { taskQueue, workflowId: ingestWorkflowId(sha256), fileId, clockShiftMs: file.clockShiftMs });
    return { fileId, sha256, isKnown: !isNew };
  };
  return {
    register,
    ingest: async (file) => {
      const { fileId, sha256 } = await register(file);
      const workflowId = ingestWorkflowId(sha256);
      const end = await endOf(client, workflowId);
      if (end === null) return { kind: 'interrupted', workflowId };
      return outcomeOf(end, file.name, await readInboundOutcome(prisma, fileId));
    },
  };
}

export function ingestWorkflowId(sha256: string): string {
  return `ingest:${sha256}`;
}

interface Start {
  readonly taskQueue: string;
  readonly workflowId: string;
  readonly fileId: string;
  readonly clockShiftMs: number;
}

/** One that was read is not read again; one whose workflow was interrupted is. */
async function start(client: Client, { taskQueue, workflowId, fileId, clockShiftMs }: Start): Promise<void> {
  try {
    await client.workflow.start<typeof ingestFile>('ingestFile', {
      workflowId,
      taskQueue,
      args: [{ fileId, clockShiftMs }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      staticSummary: `inbound file ${fileId}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Null when it was ended from outside. */
async function endOf(client: Client, workflowId: string): Promise<IngestFileEnd | null> {
  const handle: WorkflowHandle<typeof ingestFile> = client.workflow.getHandle(workflowId);
  try {
    return await handle.result();
  } catch (error) {
    if (error instanceof WorkflowFailedError) return null;
    throw error;
  }
}

type InboundOutcome = Awaited<ReturnType<typeof readInboundOutcome>>;

function outcomeOf({ status, summary }: IngestFileEnd, droppedAs: string, { name, fault }: InboundOutcome): IngestOutcome {
  if (status === 'refused') return { kind: 'refused', message: fault?.message ?? summary, offset: fault?.offset ?? null };
  return status === 'alreadyStored' || name !== droppedAs ? { kind: 'alreadyRead', as: name } : { kind: 'stored', summary };
}
