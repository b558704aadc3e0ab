import { createHash } from 'node:crypto';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { PrismaClient } from '../../prisma/client.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import type { ingestFile } from '../../workflows/ingest-file.ts';
import { TASK_QUEUE } from '../temporal.ts';

export interface FileToTakeIn {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Registers a file, has it read and its accounts told. A known content, under any name, changes nothing. @returns the file's id */
export async function takeInFile(prisma: PrismaClient, client: Client, { name, content }: FileToTakeIn): Promise<string> {
  const { fileId } = await registerInboundFile(prisma, { name, content, receivedAt: new Date() });
  try {
    await client.workflow.execute<typeof ingestFile>('ingestFile', {
      workflowId: `ingest:${createHash('sha256').update(content).digest('hex')}`,
      taskQueue: TASK_QUEUE,
      args: [{ fileId, clockShiftMs: 0 }],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `inbound file ${fileId}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return fileId;
}
