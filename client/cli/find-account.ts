import type { Reads } from '../reads.ts';
import { CommandFailure, exitCode } from './failure.ts';

/** The account that a person named by its number or id; exit 1 when there is none. */
export async function findAccount(
  reads: Pick<Reads, 'account'>,
  name: string,
): Promise<NonNullable<Awaited<ReturnType<Reads['account']>>>> {
  const found = await reads.account(name);
  if (found !== null) return found;
  throw new CommandFailure({
    exit: exitCode.no,
    what: 'There is no such account.',
    where: name,
    next: 'check the number; an account exists from the moment its 837 was taken in (recourse ingest)',
  });
}
