import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { Arrival, Command } from '../../rules/domain/event.ts';
import type { FeedBody } from './to-x12.ts';

/** In a story every command is carried out at once. */
export function carriedOut(account: Account, command: Command, on: CivilDate): Arrival {
  const sends = command.kind === 'submitClaim' || command.kind === 'billNextPayer';
  const sent = account.claims.reduce((n, c) => n + c.submissions.length, 0);
  const submissionKey = sends ? `${account.opened?.accountNumber ?? ''}.${sent + 1}` : null;
  return { kind: 'commandCarriedOut', key: command.key, result: 'sent', receipt: 'story', reason: null, on, submissionKey };
}

/** What a vendor says has no place: a story's feed has one row. */
export function placedAt(body: FeedBody, fileId: string): Arrival {
  return body.kind === 'vendorAcknowledged' || body.kind === 'vendorReturned' ? body : { ...body, fileId, offset: 0 };
}

/** Whoever wakes first. */
export function byWake(a: readonly [string, { wakeAt: Instant | null }], b: readonly [string, { wakeAt: Instant | null }]): number {
  return (a[1].wakeAt ?? '') < (b[1].wakeAt ?? '') ? -1 : 1;
}
