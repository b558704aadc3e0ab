import { CommandFailure, exitCode } from './failure.ts';
import { messageOf } from '../../rules/domain/failures.ts';

/** Reads files a person named; one that cannot be read is wrong usage. */
export function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    throw new CommandFailure({
      exit: exitCode.wrongUsage,
      what: `A file cannot be read: ${messageOf(error)}`,
      where: 'the files named on the command line',
      next: 'name files that exist and that you may read',
    });
  }
}

/** ENOENT, EACCES, EISDIR and the like. */
function isOfSystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
