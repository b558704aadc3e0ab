import { messageOf } from '../rules/domain/failures.ts';

const unreachable =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|P1001|P1017|DatabaseNotReachable|UNAVAILABLE|Failed to connect|connection timeout/i;

/** True when a server did not answer, as opposed to one that said no. */
export function isUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const said = `${textIn(error, 'code')} ${textIn(error, 'message')}`;
  if (said.startsWith('engine.not-running') || unreachable.test(said)) return true;
  if ('cause' in error && isUnreachable(error.cause)) return true;
  return 'errors' in error && Array.isArray(error.errors) && error.errors.some(isUnreachable);
}

function textIn(error: object, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}

/** What an error says, in one line: Prisma puts the code that asked before its last line. */
export function briefly(error: unknown): string {
  return messageOf(error).trim().split('\n').at(-1)?.trim() ?? '';
}
