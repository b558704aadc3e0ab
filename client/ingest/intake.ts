import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { PrismaClient } from '../../prisma/client.ts';
import { readInboundOutcome } from '../../prisma/reads/inbound-file.ts';
import { type FileBytes, registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import type { IngestFileEnd, ingestFile } from '../../workflows/ingest-file.ts';

export interface ReceivedFile {
  readonly name: string;
  /** A large file as a stream of its bytes; it is taken from once. */
  readonly content: FileBytes;
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
  /** What was complete in it; `message` and `offset` are those of its first fault. */
  | { readonly kind: 'partlyStored'; readonly summary: string; readonly message: string; readonly offset: number | null }
  | { readonly kind: 'alreadyRead'; readonly as: string }
  | { readonly kind: 'refused'; readonly message: string; readonly offset: number | null }
  /** The workflow was ended from outside; dropping the file again starts it again. */
  | { readonly kind: 'interrupted'; readonly workflowId: string };

/** The way in for every file, whoever brings it. */
export interface Intake {
  /** Stores the bytes and starts their workflow; both happen once per content. */
  register(file: ReceivedFile): Promise<RegisteredFile>;
  /** Waits until every account concerned by a registered file was told. */
  outcome(file: RegisteredFile, name: string): Promise<IngestOutcome>;
  /** Registers, and waits for the outcome. */
  ingest(file: ReceivedFile): Promise<IngestOutcome>;
}

export interface IntakeOptions {
  readonly client: Client;
  readonly taskQueue: string;
  readonly prisma: PrismaClient;
}

export function createIntake({ client, taskQueue, prisma }: IntakeOptions): Intake {
  const register = async (file: ReceivedFile): Promise<RegisteredFile> => {
    const { fileId, sha256, isNew } = await registerInboundFile(prisma, file);
    await start(client, { taskQueue, workflowId: ingestWorkflowId(sha256), fileId, clockShiftMs: file.clockShiftMs });
    return { fileId, sha256, isKnown: !isNew };
  };
  const outcome = async ({ fileId, sha256 }: RegisteredFile, name: string): Promise<IngestOutcome> => {
    const workflowId = ingestWorkflowId(sha256);
    const end = await endOf(client, workflowId);
    if (end === null) return { kind: 'interrupted', workflowId };
    return outcomeOf(end, name, await readInboundOutcome(prisma, fileId));
  };
  return { register, outcome, ingest: async (file) => outcome(await register(file), file.name) };
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
  const why = { message: fault?.message ?? summary, offset: fault?.offset ?? null };
  if (status === 'refused') return { kind: 'refused', ...why };
  if (status === 'alreadyStored' || name !== droppedAs) return { kind: 'alreadyRead', as: name };
  return status === 'partlyStored' ? { kind: 'partlyStored', summary, ...why } : { kind: 'stored', summary };
}
