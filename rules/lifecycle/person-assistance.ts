import type { Account } from '../domain/account.ts';
import { type AssistanceApplication, type AssistanceArrival, assistanceHold } from '../domain/assistance.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import { patientShare } from './award.ts';
import { bucketBalance } from './balances.ts';
import { isOpen, ledHere, openApplication } from './evolve-assistance.ts';
import { applicationPeriod } from './extraordinary.ts';
import { isSettled } from './phase.ts';
import { Turn } from './turn.ts';

/**
 * An application for assistance is of the person. Where it came it leads; every other account of the same guarantor looks in each of its turns at what
 * the leading account stands at, and follows. So nothing depends on the order in which accounts hear of it, or on hearing of it once.
 *
 * It covers what is inside its application period, paid or not, because what was paid above must be given back (26 CFR 1.501(r)-6(c)(4) to (8)), and by
 * our practice whatever is still owed, though its period is over. What is over and paid is not opened again.
 */
export function isCovered(turn: Turn, receivedOn: CivilDate): boolean {
  const { account } = turn;
  return bucketBalance(account, 'patient') > 0 || isInPeriod(turn, receivedOn);
}

/** Inside the application period: care that left something to the patient, or may still. */
export function isInPeriod(turn: Turn, on: CivilDate): boolean {
  const { account } = turn;
  if (isSettled(account) && patientShare(account) <= 0) return false;
  const endsOn = applicationPeriod(turn)?.legalOn ?? null;
  return endsOn === null || on <= endsOn;
}

/** The other accounts of the person, each as if it were its turn. */
export function turnsBeside(turn: Turn): readonly Turn[] {
  return turn.kin
    .filter(({ opened }) => opened !== null)
    .map((account) => new Turn(account, turn.asOf, turn.knowledge, { guarantor: turn.guarantor }));
}

/** The other accounts that an application led here covers. */
export function coveredTurns(turn: Turn, { id, receivedOn }: AssistanceApplication): readonly Turn[] {
  return turnsBeside(turn).filter((one) => {
    const known = one.account.assistance?.applications.find((a) => a.id === id);
    return known === undefined ? isCovered(one, receivedOn) : known.elsewhere === true;
  });
}

/** On which of the person's accounts an application is taken in: where it is known, else where another is open, else where it came. */
export function leadingAccount(named: Account, others: readonly Account[], applicationId: string): Account {
  const all = [named, ...others];
  return (
    all.find((account) => ledHere(account).some(({ id }) => id === applicationId)) ??
    all.find((account) => ledHere(account).some(isOpen)) ??
    named
  );
}

type Changed = Extract<AssistanceArrival, { kind: 'personAssistanceChanged' }>;

/** Which other accounts of the person must look, after a turn: where an application that is led here is not what it was before. */
export function assistanceNews(turn: Turn, before: Account): readonly { readonly accountId: string; readonly body: Changed }[] {
  return ledHere(turn.account).flatMap((led) => {
    const was = ledHere(before).find(({ id }) => id === led.id);
    if (was !== undefined && shown(was) === shown(led)) return [];
    const body = { kind: 'personAssistanceChanged', applicationId: led.id, status: led.status, on: turn.today } as const;
    return turnsBeside(turn).flatMap((one) => (isConcerned(one, led) ? [{ accountId: one.account.id, body }] : []));
  });
}

/** What those who follow take over. */
function shown({ status, missing, dueOn, decision }: AssistanceApplication): string {
  const { on = null, discountPercent = null, denial = null } = decision ?? {};
  return JSON.stringify([status === 'proposed' ? 'complete' : status, missing, dueOn, on, discountPercent, denial]);
}

function isConcerned(turn: Turn, led: AssistanceApplication): boolean {
  return turn.account.assistance?.applications.some(({ id }) => id === led.id) === true || joins(turn, led);
}

/**
 * Whether an account that knows nothing of it yet takes part: while it is open; of an award, with care from before the application that it covers, and
 * with later care while it holds and something is owed.
 */
function joins(turn: Turn, led: AssistanceApplication): boolean {
  if (led.status === 'late') return false;
  if (isOpen(led)) return openApplication(turn.account) === null && isCovered(turn, led.receivedOn);
  if (led.status !== 'approved' || patientShare(turn.account) <= 0) return false;
  const { servicedFrom } = turn.opened;
  if (servicedFrom <= led.receivedOn && isCovered(turn, led.receivedOn)) return true;
  const through = led.decision?.validThrough ?? null;
  return through !== null && servicedFrom <= through && bucketBalance(turn.account, 'patient') > 0;
}

/** Of what other accounts lead, what this one does not stand at yet. */
export function behind(turn: Turn): readonly AssistanceApplication[] {
  return turn.kin.flatMap(ledHere).filter((led) => {
    const own = turn.account.assistance?.applications.find(({ id }) => id === led.id);
    if (own === undefined) return joins(turn, led);
    return own.elsewhere === true && led.status !== 'late' && led.status !== 'notTaken' && shown(own) !== shown(led);
  });
}

/** While it is open it holds what is owed here, unless somebody released that hold since. */
export function wantsHold({ account }: Turn): boolean {
  const open = openApplication(account);
  if (open?.elsewhere !== true || isSettled(account)) return false;
  return account.holds.every(
    ({ reason, releasedOn }) => reason !== assistanceHold || (releasedOn !== null && releasedOn < open.receivedOn),
  );
}
