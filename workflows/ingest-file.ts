/**
 * One inbound file, from registered to delivered. It stands for the content, not the name: its id is `ingest:<sha256>`. It is reading,
 * then delivering, then answered (TA1, 999), and ends when every account concerned has been told, or when the file was refused and its fault is on
 * its row.
 */
import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { acknowledgeInboundFile, deliverEvents, readInboundFile } from './proxies.ts';

export interface IngestFileInput {
  readonly fileId: string;
  /** Clock of the accounts that this file starts. */
  readonly clockShiftMs: number;
  /** Only from an earlier run of the same delivery. */
  readonly resume?: FileRead;
}

type FileRead = Awaited<ReturnType<typeof readInboundFile>>;

export type IngestFileEnd = Pick<FileRead, 'status' | 'summary'>;

/** A failed delivery must not begin again for all; 200 accounts take seconds. */
const accountsAtOnce = 200;

export async function ingestFile({ fileId, clockShiftMs, resume }: IngestFileInput): Promise<IngestFileEnd> {
  const read = resume ?? (await readInboundFile({ fileId }));
  let { undelivered } = read;
  while (undelivered > 0) {
    ({ undelivered } = await deliverEvents({ fileId, limit: accountsAtOnce, clockShiftMs }));
    if (undelivered > 0 && workflowInfo().continueAsNewSuggested) {
      return continueAsNew<typeof ingestFile>({ fileId, clockShiftMs, resume: { ...read, undelivered } });
    }
  }
  await acknowledgeInboundFile({ fileId });
  return { status: read.status, summary: read.summary };
}
