/**
 * One deadline proof: every open deadline against the timer that is armed for it. A schedule starts one every hour, and people whenever they
 * like. The proof's id is the id of its run. It ends with what it came to, or fails when it could not look.
 */
import { workflowInfo } from '@temporalio/workflow';
import type { ProofResult } from '../activities/index.ts';
import { proveDeadlines } from './proxies.ts';

export interface DeadlineProofInput {
  /** `schedule`, or who asked. */
  readonly by: string;
  /** Changes nothing. */
  readonly isDryRun: boolean;
}

export function deadlineProof({ by, isDryRun }: DeadlineProofInput): Promise<ProofResult> {
  return proveDeadlines({ proofId: workflowInfo().runId, by, isDryRun });
}
