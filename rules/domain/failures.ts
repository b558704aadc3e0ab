/**
 * A refusal with a stable code. The message names the place, what was expected and never a person's data.
 * `code` is `area.reason`, in kebab case, and is part of the public contract (exit messages, problem+json `type`).
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** For what cannot happen if the code above it is right. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}

/** What a caught value says. Not by `instanceof`: an error of another realm, as under Jest, is none of ours. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.map(messageOf).join('; ');
  if ('cause' in error && error.cause !== undefined) return messageOf(error.cause);
  return 'message' in error && typeof error.message === 'string' ? error.message : 'an error without a message';
}
