import type { Client } from '@temporalio/client';
import type { PrismaClient } from '../../prisma/client.ts';

export interface ToldHistory {
  readonly workflowId: string;
  /** Everything the history says, payloads decoded. */
  readonly text: string;
}

/** Every run of these workflows: what anyone with access to the Temporal server could read. */
export async function historiesOf(client: Client, workflowIds: readonly string[]): Promise<readonly ToldHistory[]> {
  const histories: ToldHistory[] = [];
  for (const workflowId of workflowIds) {
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
      const handle = client.workflow.getHandle(workflowId, runId);
      const [history, description] = [await handle.fetchHistory(), await handle.describe()];
      const shown = [description.staticSummary, description.staticDetails].map((part) => String(part ?? ''));
      histories.push({ workflowId, text: [workflowId, ...shown, ...textsIn(history), ...textsIn(description.raw)].join('\n') });
    }
  }
  return histories;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array || Buffer.isBuffer(value)) return [Buffer.from(value).toString('utf8')];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** What identifies people in the database: names, birth dates, streets, member ids, and the keys and numbers of their claims. */
export async function wordsOfPeople(prisma: PrismaClient): Promise<readonly string[]> {
  const patients = await prisma.accountPatient.findMany();
  const coverages = await prisma.accountCoverage.findMany();
  const submissions = await prisma.submission.findMany();
  const numbers = await prisma.payerClaimNumber.findMany();
  const words = [
    ...patients.flatMap((p) => [p.lastName, p.firstName, p.line1, p.bornOn?.toISOString().slice(0, 10) ?? '']),
    ...patients.map((p) => (p.bornOn?.toISOString().slice(0, 10) ?? '').replaceAll('-', '')),
    ...coverages.map((c) => c.memberId),
    ...submissions.map((s) => s.submissionKey),
    ...numbers.map((n) => n.number),
  ];
  return [...new Set(words)].filter((word) => word.length > 3);
}
