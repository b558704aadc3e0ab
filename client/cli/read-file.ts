import { CommandFailure, exitCode } from './failure.ts';
import { messageOf } from '../../rules/domain/failures.ts';

/** Reads files a person named; one that cannot be read is wrong usage. */
export function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw usageFault(error);
  }
}

/** As `readable`, for what is read piece by piece. */
export async function readableStream<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw usageFault(error);
  }
}

function usageFault(error: unknown): unknown {
  if (!isOfSystem(error)) return error;
  return new CommandFailure({
    exit: exitCode.wrongUsage,
    what: `A file cannot be read: ${messageOf(error)}`,
    where: 'the files named on the command line',
    next: 'name files that exist and that you may read',
  });
}

/** ENOENT, EACCES, EISDIR and the like. */
function isOfSystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
