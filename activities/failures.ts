import { ApplicationFailure } from '@temporalio/common';
import { DomainError } from '../rules/domain/failures.ts';

/** Waiting cannot help: Temporal shows the code as the failure's type and does not try again. */
export function refuse(code: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, code);
}

/** A refusal of the domain is final; anything else is left to be tried again. */
export function finalIfDomain(error: unknown): unknown {
  return error instanceof DomainError ? refuse(error.code, error.message) : error;
}
