import { ApplicationFailure } from '@temporalio/common';

/** Waiting cannot help: Temporal shows the code as the failure's type and does not try again. */
export function refuse(code: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, code);
}
