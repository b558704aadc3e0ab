import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { DomainError } from '../rules/domain/failures.ts';

const { FastForwardPollingResult } = proto.temporal.api.enums.v1;
const NOT_FOUND = 5;
/** Each wait of the account is one skip; an account that waits more often in one stretch is broken. */
const mostSkips = 5_000;

/**
 * Lets days pass for one workflow by the server's time skipping: its timers fire in order, and its clock stands still while an activity
 * runs. Other workflows keep their time.
 */
export async function skipDays(client: Client, workflowId: string, days: number): Promise<'done' | 'notRunning'> {
  const { namespace } = client.options;
  const { workflowService } = client.connection;
  const fastForwardId = randomUUID();
  try {
    await workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId },
      workflowExecutionOptions: {
        timeSkippingConfig: {
          enabled: true,
          maxSessionSkipCount: mostSkips,
          fastForwardConfig: { id: fastForwardId, duration: msToTs(`${days} days`) },
        },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
  } catch (error) {
    if (isNotFound(error)) return 'notRunning';
    throw error;
  }
  for (;;) {
    const { fastForwardPollingResult, failedReason } = await workflowService.pollWorkflowExecutionTimeSkipping({
      namespace,
      workflowExecution: { workflowId },
      fastForwardId,
    });
    if (fastForwardPollingResult === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) return 'done';
    if (fastForwardPollingResult === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT) continue;
    if (/ended/.test(failedReason)) return 'notRunning';
    throw new DomainError('clock.not-skipped', `${days} days could not be skipped: ${failedReason}`);
  }
}

function isNotFound(error: unknown): boolean {
  if (!isGrpcServiceError(error)) return false;
  const code: number = error.code;
  return code === NOT_FOUND;
}
