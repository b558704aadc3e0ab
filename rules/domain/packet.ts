import type { Task, TaskKind } from './task.ts';

const paths = {
  prepareAppeal: 'appeal',
  prepareReconsideration: 'reconsideration',
  prepareDocuments: 'documents',
  answerRequest: 'documents',
} as const satisfies Partial<Record<TaskKind, string>>;

type Path = (typeof paths)[keyof typeof paths];

/** The packet that leaves when this task is ready; null when none does. */
export function packetPath({ kind, subject, attachmentControlNumber }: Task): Path | null {
  if (subject.kind !== 'case' && (subject.kind !== 'claim' || attachmentControlNumber === undefined)) return null;
  return isOfPacket(kind) ? paths[kind] : null;
}

function isOfPacket(kind: TaskKind): kind is keyof typeof paths {
  return kind in paths;
}

/** Why a packet is not ready, in words for the person who said so. It travels through Temporal, so it does not name the account. */
export function packetRefusal(gaps: readonly string[], taskId: string): string {
  return (
    `the packet is not ready: ${gaps.join('; ')}. See it with \`recourse letter preview ACCOUNT/${taskId}\`, ` +
    'add documents with `recourse letter attach`, then say ready again'
  );
}
