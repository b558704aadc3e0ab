import type { Account, ClaimTrack, DenialCase } from '../domain/account.ts';
import { daysBetween } from '../domain/civil-date.ts';
import { type DeadlineKind, deadlineKinds } from '../domain/deadline.ts';
import type { Subject } from '../domain/task.ts';
import { standingRemittances } from './balances.ts';
import type { Anchors } from './contract.ts';
import type { Turn } from './turn.ts';

export function claimOf(account: Account, subject: Subject): ClaimTrack | null {
  if (subject.kind === 'case' || subject.kind === 'claim') return account.claims.find((c) => c.sequence === subject.sequence) ?? null;
  return null;
}

/** By which the other side owes an answer to what was filed about a case. */
export const answerKinds: readonly DeadlineKind[] = deadlineKinds.filter(
  (kind) => kind === 'idrEarliest' || /^(reconsideration|appeal\d|externalReview)Answer$/.test(kind),
);

/** The dates a deadline may count from. `noticeOn` and `answeredOn` are the last word of the payer: the answer to a dispute, else the remittance. */
export function anchorsOf(turn: Turn, claim: ClaimTrack, c: DenialCase | null): Anchors {
  const { servicedFrom, servicedThrough } = turn.opened;
  const answered = c?.paths.findLast((p) => p.answeredOn !== null)?.answeredOn ?? null;
  const previous = standingRemittances(turn.account.claims.find((other) => other.sequence === claim.sequence - 1) ?? claim).at(-1);
  const sent = claim.submissions.at(-1)?.sentOn;
  const negotiationOn = c?.paths.findLast((p) => p.kind === 'openNegotiation')?.filedOn ?? null;
  return {
    servicedOn: servicedFrom,
    servicedThrough,
    ...(sent === undefined ? {} : { sentOn: sent }),
    ...(negotiationOn === null ? {} : { negotiationOn }),
    ...(c === null ? {} : { remittanceOn: c.deniedOn, noticeOn: answered ?? c.deniedOn, answeredOn: answered ?? c.deniedOn }),
    ...(c === null && claim.sequence > 1 && previous !== undefined ? { remittanceOn: previous.remittanceOn } : {}),
  };
}

/** To the legal date; negative when past; null when no policy gives one. */
export function daysLeft(turn: Turn, kind: DeadlineKind, claim: ClaimTrack | null, anchors: Anchors): number | null {
  const derived = turn.derive(kind, claim, anchors);
  return derived === null ? null : daysBetween(turn.today, derived.legalOn);
}

export function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
