import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApplicationFailure,
  type Client,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Instruction } from '../rules/domain/instruction.ts';
import type { TaskForm } from '../rules/domain/task.ts';
import type { accountLifecycle } from '../workflows/account-lifecycle.ts';
import * as messages from '../workflows/messages.ts';
import { skipDays } from './skip-days.ts';

export type TaskAnswer =
  | { readonly kind: 'done'; readonly account: messages.AccountView }
  | { readonly kind: 'refused'; readonly reason: string }
  /** No workflow runs for the account: it is closed, so none of its tasks is open, or it never was. */
  | { readonly kind: 'notRunning' }
  /** Accepted, but its turn took longer than a person waits; the same form again asks for its answer. */
  | { readonly kind: 'underWay' };

export interface SubmittedTask {
  readonly taskId: string;
  readonly form: TaskForm;
  /** The caller's idempotency key, a UUID; a new one when absent. */
  readonly formId?: string;
}

export interface SubmittedTelling {
  readonly instruction: Instruction;
  /** The caller's idempotency key, a UUID; a new one when absent. */
  readonly formId?: string;
}

/** Keeps what a person typed and returns its id, a new one when none is given; the same id again changes nothing. */
export type SubmitForm = (submitted: {
  readonly accountId: string;
  readonly taskId: string;
  readonly form: TaskForm | Instruction;
  readonly formId?: string;
}) => Promise<string>;

/** Every way in which a client changes an account, or asks where it stands. */
export interface Accounts {
  /** Tells the account's workflow, starting it when none runs. `clockShiftMs` counts for a run that starts. */
  deliver(accountId: string, eventIds: readonly string[], clockShiftMs: number): Promise<void>;
  completeTask(accountId: string, task: SubmittedTask): Promise<TaskAnswer>;
  /** Who works a task, otherwise than the rule, taken back, held: answered like the outcome of a task. */
  tell(accountId: string, telling: SubmittedTelling): Promise<TaskAnswer>;
  /** Null when the account never had a workflow, or had one so long ago that only the database knows. */
  state(accountId: string): Promise<messages.AccountState | null>;
  /** Scenarios and the sandbox: moves the clock forward, playing every date on the way; returns when all is done. */
  setClock(accountId: string, shiftMs: number): Promise<Settled>;
  /** Scenarios and the sandbox, on a server that can skip time: days pass in seconds. */
  advanceDays(accountId: string, days: number): Promise<Settled>;
  /** Waits until everything said so far is done, commands included. */
  whenSettled(accountId: string): Promise<Settled>;
}

export type Settled = { readonly kind: 'settled'; readonly account: messages.AccountView } | { readonly kind: 'notRunning' };

/** A person at a screen does not wait longer for the answer to a form. */
const patienceMs = 20_000;
const longestPauseMs = 100;
const mostRenewals = 100;

export interface AccountsOptions {
  readonly client: Client;
  readonly taskQueue: string;
  readonly submitForm: SubmitForm;
}

export function createAccounts({ client, taskQueue, submitForm }: AccountsOptions): Accounts {
  const handle = (accountId: string): WorkflowHandle<typeof accountLifecycle> => client.workflow.getHandle(accountWorkflowId(accountId));

  /** Asks by query, which leaves nothing in the account's history. */
  async function whenSettled(accountId: string): Promise<Settled> {
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const found = await stateOf(handle(accountId));
      if (found === null) return { kind: 'notRunning' };
      if (found.isSettled && found.view !== null) {
        const { status } = await handle(accountId).describe();
        return status.name === 'RUNNING' ? { kind: 'settled', account: found.view } : { kind: 'notRunning' };
      }
      await sleep(pauseMs);
    }
  }

  return {
    whenSettled,
    deliver: async (accountId, eventIds, clockShiftMs) => {
      await client.workflow.signalWithStart<typeof accountLifecycle, [messages.Arrived]>('accountLifecycle', {
        workflowId: accountWorkflowId(accountId),
        taskQueue,
        args: [{ accountId, clockShiftMs }],
        signal: messages.arrived,
        signalArgs: [{ eventIds }],
        // A late remittance wakes an account that had ended.
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `patient account ${accountId}`,
      });
    },
    completeTask: async (accountId, submitted) => {
      const { taskId, form } = submitted;
      const formId = await submitForm({ ...submitted, accountId });
      const args: [messages.TaskCompletion] = [{ taskId, outcome: form.outcome, formId, by: form.by }];
      const update = () => handle(accountId).executeUpdate(messages.completeTask, { args, updateId: formId });
      return answered(client, update);
    },
    tell: async (accountId, { instruction, formId: given }) => {
      const submitted = { accountId, taskId: taskOf(instruction), form: instruction };
      const formId = await submitForm({ ...submitted, ...(given === undefined ? {} : { formId: given }) });
      const args: [messages.Told] = [{ formId, what: instruction.do }];
      return answered(client, () => handle(accountId).executeUpdate(messages.tell, { args, updateId: formId }));
    },
    state: (accountId) => stateOf(handle(accountId)),
    setClock: async (accountId, shiftMs) => {
      try {
        await handle(accountId).signal(messages.setClock, { shiftMs });
      } catch (error) {
        if (isNotRunning(error)) return { kind: 'notRunning' };
        throw error;
      }
      return whenSettled(accountId);
    },
    advanceDays: async (accountId, days) => {
      const outcome = await skipDays(client, accountWorkflowId(accountId), days);
      return outcome === 'notRunning' ? { kind: 'notRunning' } : whenSettled(accountId);
    },
  };
}

/** A person does not wait for longer than that; the turn is taken all the same. */
async function answered(client: Client, update: () => Promise<messages.AccountView>): Promise<TaskAnswer> {
  try {
    const account = await client.withDeadline(Date.now() + patienceMs, () => acrossRenewals(update));
    return { kind: 'done', account };
  } catch (error) {
    return answerOf(error);
  }
}

function taskOf(instruction: Instruction): string {
  return 'taskId' in instruction ? (instruction.taskId ?? '') : '';
}

async function stateOf(account: WorkflowHandle<typeof accountLifecycle>): Promise<messages.AccountState | null> {
  try {
    return await account.query(messages.state);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

export function accountWorkflowId(accountId: string): string {
  return `account:${accountId}`;
}

function answerOf(error: unknown): TaskAnswer {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    if (error.cause.type === messages.failureTypes.taskRefused) return { kind: 'refused', reason: error.cause.message };
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { kind: 'underWay' };
  if (isNotRunning(error)) return { kind: 'notRunning' };
  throw error;
}

function isNotRunning(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError;
}

/** An update that meets a run which is about to continue as new is turned away; the next run takes it. */
async function acrossRenewals<T>(update: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await update();
    } catch (error) {
      if (attempt === mostRenewals || !isTurnedAway(error)) throw error;
    }
  }
}

function isTurnedAway(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) return false;
  return error.cause.type === messages.failureTypes.renewing || error.cause.type === 'AcceptedUpdateCompletedWorkflow';
}
