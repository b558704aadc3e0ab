import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Arrival, Command } from '../../rules/domain/event.ts';

/** What an account hears of a command that left, as the activities would say it. */
export function carriedOut(account: Account, command: Command, on: CivilDate): Arrival {
  const sends = command.kind === 'submitClaim' || command.kind === 'billNextPayer';
  const sent = account.claims.reduce((n, c) => n + c.submissions.length, 0);
  const submissionKey = sends ? `${account.opened?.accountNumber ?? ''}.${sent + 1}` : null;
  return { kind: 'commandCarriedOut', key: command.key, result: 'sent', receipt: 'story', reason: null, on, submissionKey };
}
