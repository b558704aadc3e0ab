import type { Account, ClaimTrack, Owner, Phase } from '../domain/account.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import type { Task } from '../domain/task.ts';
import { bucketBalance, buckets, liveCases, standingRemittances } from './balances.ts';

/** One word for where the account stands: closed when nothing is left to do, else the claim side first while a payer still decides, then credits, then the patient side. */
export function phaseOf(account: Account): Phase {
  if (isSettled(account)) return 'closed';
  const active = account.claims.find((claim) => isActive(account, claim));
  if (active !== undefined) return claimPhase(active);
  if (buckets.some((bucket) => bucketBalance(account, bucket) < 0)) return 'credit';
  if (bucketBalance(account, 'patient') > 0 || hasPlacementOut(account)) return patientPhase(account);
  return 'submitted';
}

function isActive(account: Account, claim: ClaimTrack): boolean {
  if (liveCases(claim).length > 0 || claim.submissions.at(-1)?.status === 'rejected') return true;
  const answered = standingRemittances(claim).some((r) => r.submissionKey === claim.submissions.at(-1)?.key);
  if (claim.submissions.length > 0 && !answered && standingRemittances(claim).length === 0) return true;
  return claim.submissions.length === 0 && bucketBalance(account, `payer${claim.sequence}`) > 0;
}

function claimPhase(claim: ClaimTrack): Phase {
  switch (claim.status) {
    case 'draft':
      return 'nextPayer';
    case 'submitted':
    case 'rejected':
    case 'accepted':
    case 'denied':
    case 'correcting':
    case 'disputing':
    case 'awaitingAnswer':
      return claim.status;
    case 'underpaid':
    case 'partlyDenied':
    case 'upheld':
      return 'denied';
    case 'overturned':
      return 'awaitingAnswer';
    case 'paid':
    case 'writtenOff':
    case 'closed':
      return 'accepted';
  }
}

function patientPhase(account: Account): Phase {
  if (account.holds.some((h) => h.releasedOn === null)) return 'hold';
  const { status, plan } = account.patient;
  if (status === 'placing' || status === 'placed' || status === 'recalling') return status;
  return plan.status === 'active' ? 'plan' : 'patient';
}

export function hasPlacementOut(account: Account): boolean {
  const status = account.patient.placements.at(-1)?.status;
  return status === 'offered' || status === 'placed' || status === 'recallSent';
}

/** Every bucket is zero, nobody has anything open, and nothing is on its way. */
export function isSettled(account: Account): boolean {
  if (account.opened === null) return false;
  return (
    buckets.every((bucket) => bucketBalance(account, bucket) === 0) &&
    account.claims.every((claim) => liveCases(claim).length === 0) &&
    account.tasks.every((t) => t.status !== 'open') &&
    account.commands.every((c) => c.status === 'sent' || c.status === 'refused') &&
    !hasPlacementOut(account)
  );
}

/** Tasks that only wait for the other side's word do not make us the owner before that word is due. */
const waitsForOthers: ReadonlySet<Task['kind']> = new Set(['recordPayerAnswer', 'recordPatientAnswer', 'awaitApplicationPapers']);

export function openTasks(account: Account): readonly Task[] {
  return account.tasks
    .filter((t) => t.status === 'open')
    .sort((a, b) => ((a.safeByOn ?? '9999') < (b.safeByOn ?? '9999') ? -1 : (a.safeByOn ?? '9999') > (b.safeByOn ?? '9999') ? 1 : 0));
}

/** Who must act next: exactly one, by the most urgent of what is open. */
export function ownerOf(account: Account, today: CivilDate): Owner {
  const ours = openTasks(account).find((t) => !waitsForOthers.has(t.kind) || (t.safeByOn !== null && t.safeByOn < today));
  if (ours !== undefined) return { kind: 'queue', queue: ours.queue };
  if (isSettled(account)) return { kind: 'closed' };
  const placement = account.patient.placements.at(-1);
  if (placement !== undefined && hasPlacementOut(account)) return { kind: 'vendor', vendor: placement.vendor };
  const active = account.claims.find((claim) => isActive(account, claim));
  if (active !== undefined) return { kind: 'payer', payerId: active.payerId };
  return bucketBalance(account, 'patient') > 0 ? { kind: 'patient' } : { kind: 'payer', payerId: account.claims[0]?.payerId ?? '' };
}
