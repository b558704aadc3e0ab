import { type Client, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Timers } from '../activities/dependencies.ts';
import { type Instant, instant } from '../rules/domain/civil-date.ts';
import type { ArmedTimer } from '../rules/lifecycle/proof.ts';
import type { accountLifecycle } from '../workflows/account-lifecycle.ts';
import * as messages from '../workflows/messages.ts';
import { accountWorkflowId } from './accounts.ts';
import { briefly, isUnreachable } from './unreachable.ts';

const nextActionAtKey = defineSearchAttributeKey('NextActionAt', 'DATETIME');
const turnKey = defineSearchAttributeKey('Turn', 'INT');

const prefix = accountWorkflowId('');
const pageSize = 1_000;
/** A workflow that takes longer to answer cannot be relied on to wake. */
const patienceMs = 20_000;

/** The timers of the accounts whose workflows this task queue runs. */
export function timersOf({ client, taskQueue }: { readonly client: Client; readonly taskQueue: string }): Timers {
  const handle = (accountId: string): WorkflowHandle<typeof accountLifecycle> => client.workflow.getHandle(accountWorkflowId(accountId));

  return {
    armed: async (after, upTo) => {
      const bounds = [
        ...(after === null ? [] : [`WorkflowId > '${accountWorkflowId(after)}'`]),
        ...(upTo === null ? [] : [`WorkflowId <= '${accountWorkflowId(upTo)}'`]),
      ];
      const running = [`WorkflowType = 'accountLifecycle'`, `ExecutionStatus = 'Running'`, `TaskQueue = '${taskQueue}'`];
      const armed: ArmedTimer[] = [];
      for await (const { workflowId, typedSearchAttributes } of client.workflow.list({
        query: [...running, ...bounds].join(' AND '),
        pageSize,
      })) {
        const atMs = typedSearchAttributes.get(nextActionAtKey)?.getTime() ?? null;
        armed.push({ accountId: workflowId.slice(prefix.length), atMs, seq: typedSearchAttributes.get(turnKey) ?? 0 });
      }
      return armed;
    },
    standing: async (accountId) => {
      const status = await statusOf(handle(accountId));
      if (status === null) return { kind: 'ended', how: 'missing', last: null };
      const state = await stateOf(client, handle(accountId));
      const seq = typeof state === 'string' ? 0 : (state.view?.seq ?? 0);
      if (status !== 'RUNNING') {
        const last = typeof state === 'string' ? null : { seq, clockShiftMs: state.clockShiftMs };
        return { kind: 'ended', how: status.toLowerCase().replaceAll('_', ' '), last };
      }
      if (typeof state === 'string') return { kind: 'silent', why: state };
      const { view, clockShiftMs, isSettled } = state;
      return {
        kind: 'running',
        seq,
        nextActionAt: instantOrNull(view?.nextActionAt ?? null),
        clockShiftMs,
        isSettled: isSettled && view !== null,
      };
    },
    lookAgain: async (accountId, { formIds, clockShiftMs }) => {
      const before = await stateOf(client, handle(accountId));
      const carriedOut = typeof before === 'string' ? [] : before.carriedOut;
      await client.workflow.signalWithStart<typeof accountLifecycle, [messages.LookAgain]>('accountLifecycle', {
        workflowId: accountWorkflowId(accountId),
        taskQueue,
        args: [{ accountId, clockShiftMs, carriedOut }],
        signal: messages.lookAgain,
        signalArgs: [{ formIds }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `patient account ${accountId}`,
      });
    },
  };
}

/** Null when there never was such a workflow, or only so long ago that Temporal forgot. */
async function statusOf(account: WorkflowHandle): Promise<string | null> {
  try {
    return (await account.describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function instantOrNull(text: string | null): Instant | null {
  return text === null ? null : instant(text);
}

/** A workflow that cannot answer is an answer: why, in codes of Temporal. */
async function stateOf(client: Client, account: WorkflowHandle<typeof accountLifecycle>): Promise<messages.AccountState | string> {
  try {
    return await client.withDeadline(Date.now() + patienceMs, () => account.query(messages.state));
  } catch (error) {
    if (isUnreachable(error)) throw error;
    return `its workflow does not answer: ${briefly(error)}`;
  }
}
