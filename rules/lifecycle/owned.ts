import type { Account } from '../domain/account.ts';
import { addDays } from '../domain/civil-date.ts';
import { dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { accountBalance, bucketBalance, liveCases, payerBucket } from './balances.ts';
import { routeToPerson } from './consequences.ts';
import { hasPlacementOut, isSettled } from './phase.ts';
import type { Turn } from './turn.ts';

const reviewDays = 30;

/**
 * Nobody without an owner and nothing without a date: where an account is not settled and nothing is dated, open, on its way or with a vendor, it is
 * looked at again; when it was just looked at and there is still nothing, it goes to a person. So it is after a reversal, while the corrected
 * remittance has not come, and where money comes back to a bucket that nobody asks about any more.
 */
export function keepOwned(turn: Turn): void {
  const { account } = turn;
  if (account.opened === null || isSettled(account) || hasSomethingAhead(account)) return;
  const subject = subjectLeft(account);
  if (!turn.events.some(({ kind }) => kind === 'timerFired')) return turn.setTimer('review', subject, addDays(turn.today, reviewDays));
  const why = `Nothing is planned for this account, and ${dollars(accountBalance(account))} of it is open.`;
  const answer = { ruleId: 'lifecycle', action: 'routeToPerson', queue: 'followUp', timer: null, why, citation: '', params: {} } as const;
  routeToPerson(turn, subject, answer, null);
}

function hasSomethingAhead(account: Account): boolean {
  return (
    account.timers.some(({ status }) => status === 'armed') ||
    account.deadlines.some(({ status }) => status === 'open') ||
    account.tasks.some(({ status }) => status === 'open') ||
    account.commands.some(({ status }) => status === 'issued' || status === 'unknown') ||
    hasPlacementOut(account)
  );
}

/** The case that still holds money back, else the payer whose bucket is not empty, else the patient. */
function subjectLeft(account: Account): Subject {
  for (const claim of account.claims) {
    const [live] = liveCases(claim);
    if (live !== undefined) return { kind: 'case', sequence: claim.sequence, caseId: live.id };
  }
  const left = account.claims.find((claim) => bucketBalance(account, payerBucket(claim.sequence)) !== 0);
  return left === undefined ? { kind: 'patient' } : { kind: 'claim', sequence: left.sequence };
}
