import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Settlement } from '../rules/domain/unmatched.ts';
import type { SettleUnmatchedEnd, settleUnmatched } from '../workflows/settle-unmatched.ts';

export type SettleAnswer =
  /** `accountId` is where it was posted; null when it was closed. */
  | { readonly kind: 'done'; readonly accountId: string | null }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Somebody else, or a corrected file, ended the task before: nothing of this settlement was done. */
  | { readonly kind: 'settledBefore'; readonly outcome: string; readonly accountId: string | null }
  /** Taken, but it takes longer than a person waits; the same form again asks for the answer. */
  | { readonly kind: 'underWay' };

export interface SubmittedSettlement {
  readonly taskId: string;
  readonly settlement: Settlement;
  /** The caller's idempotency key, a UUID: the same again changes nothing and gets the same answer. */
  readonly formId: string;
}

/** How a person ends a task that has no account; the account is changed by workflows alone. */
export interface Settling {
  settle(submitted: SubmittedSettlement): Promise<SettleAnswer>;
}

export interface SettlingOptions {
  readonly client: Client;
  readonly taskQueue: string;
  /** Keeps what a person typed; the same id again changes nothing. */
  readonly submitSettlement: (submitted: SubmittedSettlement) => Promise<void>;
}

/** A person at a screen does not wait longer. */
const patienceMs = 20_000;

export function createSettling({ client, taskQueue, submitSettlement }: SettlingOptions): Settling {
  const end = async (taskId: string, formId: string): Promise<SettleUnmatchedEnd> => {
    const handle = await client.workflow.start<typeof settleUnmatched>('settleUnmatched', {
      workflowId: `settle:${taskId}`,
      taskQueue,
      args: [{ taskId, formId }],
      // Two people at once: the second waits for the end of the first, and asks again when that was refused.
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `unmatched task ${taskId}`,
    });
    return handle.result();
  };
  const settled = async (taskId: string, formId: string): Promise<SettleAnswer> => {
    for (;;) {
      const ended = await end(taskId, formId);
      if (ended.kind === 'settled') return answerOf(ended, formId);
      if (ended.formId === formId) return { kind: 'refused', reason: ended.reason };
    }
  };
  return {
    settle: async (submitted) => {
      await submitSettlement(submitted);
      const { taskId, formId } = submitted;
      return Promise.race([settled(taskId, formId), sleep<SettleAnswer>(patienceMs, { kind: 'underWay' }, { ref: false })]);
    },
  };
}

function answerOf({ outcome, accountId, formId: by }: Extract<SettleUnmatchedEnd, { kind: 'settled' }>, formId: string): SettleAnswer {
  return by === formId ? { kind: 'done', accountId } : { kind: 'settledBefore', outcome, accountId };
}
