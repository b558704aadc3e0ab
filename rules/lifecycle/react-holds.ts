import type { Hold } from '../domain/account.ts';
import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { AccountEvent, Command } from '../domain/event.ts';
import { holdNamed, type HoldPapers, holdsInForce, type PersonHold } from '../domain/hold.ts';
import type { Said } from '../domain/people-event.ts';
import type { Subject, Task, TaskForm } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { carryOut } from './consequences.ts';
import { recall } from './consequences-patient.ts';
import { holdStopping } from './holds.ts';
import { isRecallable, subjectOf } from './react-vendor.ts';
import { subjectKey, type Turn } from './turn.ts';

const patient: Subject = { kind: 'patient' };

/** Days in which the claim against an estate should be made; probate clocks differ by state and are not known here. */
const estateDays = 30;

export interface NewHold extends HoldPapers {
  readonly hold: string;
  readonly on: CivilDate;
  readonly reviewOn?: CivilDate | undefined;
  /** The person who placed it. */
  readonly said?: Said;
}

/** Places a hold, unless it is in force. Its review day is what was said, else as the list says. */
export function placeHold(turn: Turn, { hold, on, reviewOn, said, ...papers }: NewHold): void {
  if (inForce(turn, hold) !== undefined) return;
  const kind = holdNamed(turn.knowledge.holds, hold);
  const review = reviewOn ?? addDays(turn.today, kind.reviewDays);
  const owner = papers.owner ?? said?.by ?? kind.queue;
  turn.record({ kind: 'holdPlaced', hold, on, reviewOn: review, ...said, ...papers, owner });
}

/** Of the dead only the estate owes. */
function keepEstateClaimed(turn: Turn, { reason: hold, since }: Hold): void {
  if (hold !== 'deceased' || bucketBalance(turn.account, 'patient') <= 0) return;
  if (turn.account.tasks.some((t) => t.kind === 'fileEstateClaim' && t.openedOn >= since)) return;
  turn.openTask({
    kind: 'fileEstateClaim',
    queue: holdNamed(turn.knowledge.holds, hold).queue,
    title: 'Claim the balance from the estate',
    reason:
      'The person has died. Find out who administers the estate and by when claims must be made in that state; deal with nobody else.',
    ruleId: 'lifecycle',
    subject: { kind: 'hold', hold },
    safeByOn: addDays(turn.today, estateDays),
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

/** Ends a hold: what it stopped is asked again in this turn. */
export function releaseHold(turn: Turn, hold: string, said: Partial<Said> & Pick<HoldPapers, 'source'> = {}): void {
  if (inForce(turn, hold) === undefined) return;
  turn.record({ kind: 'holdReleased', hold, on: turn.today, ...said });
  askAgain(turn, hold);
}

/** What waited because of it does not wait any longer. */
export function askAgain(turn: Turn, hold: string): void {
  if (holdNamed(turn.knowledge.holds, hold).stops.includes('statement')) turn.cancelTimers(patient);
}

export function inForce(turn: Turn, hold: string): Hold | undefined {
  return holdsInForce(turn.account.holds).find(({ reason }) => reason === hold);
}

/** What a file, or another account of the person, says about a hold. */
export function holdReported(turn: Turn, event: Extract<AccountEvent, { kind: 'holdReported' | 'personHoldChanged' }>): void {
  const { hold, says, on, reference, owner } = event;
  const source = event.kind === 'holdReported' ? 'file' : 'otherAccount';
  const papers = { source, ...(reference === undefined ? {} : { reference }), ...(owner === undefined ? {} : { owner }) } as const;
  if (says === 'released') return releaseHold(turn, hold, { source });
  placeHold(turn, { hold, on, ...papers });
  if (says === 'discharged') discharged(turn, hold, source);
}

/** What holds the person holds this account too, one that was opened later as well; what was released here since is not placed again. */
export function takePersonHolds(turn: Turn, held: readonly PersonHold[]): void {
  for (const { hold, since, reference } of held) {
    if (turn.account.holds.some((h) => h.reason === hold && (h.releasedOn ?? '9999') >= since)) continue;
    placeHold(turn, { hold, on: since, source: 'otherAccount', ...(reference === null ? {} : { reference }) });
  }
}

/** The debt is gone. It stays held, so that nothing is sent while the write-off waits for its yes. */
function discharged(turn: Turn, hold: string, source: NonNullable<HoldPapers['source']>): void {
  if (inForce(turn, hold)?.found === 'discharged') return;
  const kind = holdNamed(turn.knowledge.holds, hold);
  turn.record({ kind: 'holdKept', hold, on: turn.today, reviewOn: addDays(turn.today, kind.reviewDays), found: 'discharged', source });
  proposeWriteOff(turn, 'The bankruptcy was discharged: the debt may not be collected any more.');
}

export function proposeWriteOff(turn: Turn, why: string): void {
  if (bucketBalance(turn.account, 'patient') <= 0) return;
  turn.cancelTimers(patient);
  const answer = { ruleId: 'lifecycle', queue: 'patientBalances', timer: null, citation: 'DOMAIN §7.4', params: {} } as const;
  carryOut(turn, patient, { ...answer, action: 'writeOff', why });
}

/**
 * Every hold in force has its review ahead, as a timer or as an open task; what is released has neither. A balance with a vendor comes back as soon
 * as a hold says so.
 */
export function keepHolds(turn: Turn): void {
  const standing = new Set(holdsInForce(turn.account.holds).map(({ reason }) => subjectKey({ kind: 'hold', hold: reason })));
  const isOver = ({ subject }: { readonly subject: Subject }): boolean => subject.kind === 'hold' && !standing.has(subjectKey(subject));
  for (const { status, subject } of turn.account.timers) if (status === 'armed' && isOver({ subject })) turn.cancelTimers(subject);
  turn.withdrawTasks(isOver, 'the hold was released');
  // Placed twice, the last review day counts.
  for (const hold of new Map(holdsInForce(turn.account.holds).map((h) => [h.reason, h])).values()) {
    keepReview(turn, hold);
    keepEstateClaimed(turn, hold);
  }
  takeBackFromVendor(turn);
}

function keepReview(turn: Turn, { reason: hold, reviewOn, since }: Hold): void {
  const subject: Subject = { kind: 'hold', hold };
  const key = subjectKey(subject);
  const armed = turn.account.timers.find((t) => t.status === 'armed' && subjectKey(t.subject) === key);
  if (armed?.on === reviewOn) return;
  if (armed !== undefined) turn.cancelTimers(subject);
  if (reviewOn > turn.today) return turn.setTimer('reviewHold', subject, reviewOn);
  if (turn.account.tasks.some((t) => t.status === 'open' && t.kind === 'reviewHold' && subjectKey(t.subject) === key)) return;
  const { title, queue, citation } = holdNamed(turn.knowledge.holds, hold);
  turn.openTask({
    kind: 'reviewHold',
    queue,
    title: `Look at the hold again: ${title}`,
    reason: `It is in force since ${since} and was to be looked at on ${reviewOn}.${citation === '' ? '' : ` ${citation}.`}`,
    ruleId: 'lifecycle',
    subject,
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

/** Once per placement: what the vendor does not confirm is asked for by its own deadline. */
function takeBackFromVendor(turn: Turn): void {
  const placement = turn.account.patient.placements.at(-1);
  if (placement === undefined || !isRecallable(placement)) return;
  const because = holdsInForce(turn.account.holds).find(({ reason }) => holdNamed(turn.knowledge.holds, reason).vendor === 'recall');
  const isOnItsWay = turn.account.commands.some(
    ({ command }) => command.kind === 'recallFromVendor' && command.params.placementId === placement.id,
  );
  if (because === undefined || isOnItsWay) return;
  const subject = subjectOf(placement);
  turn.cancelTimers(subject);
  recall(turn, subject, because.reason);
}

/**
 * A hold stopped it before it left: nothing is to be found out. What waited for it does not wait, so that it is asked again when the hold goes; while
 * the account has not heard of the hold yet, it looks again tomorrow. A letter about a plan is not sent later.
 */
export function stoppedByHold(turn: Turn, { kind }: Command): void {
  if (kind === 'sendPlanLetter') return;
  turn.cancelTimers(patient);
  turn.withdrawTasks((t) => kind === 'offerPaymentPlan' && t.kind === 'recordPatientAnswer', 'a hold stopped the offer');
  if (holdStopping(turn.knowledge.holds, turn.account.holds, kind) === null) turn.setTimer('heldBack', patient, addDays(turn.today, 1));
}

export function holdReviewed(turn: Turn, task: Task, form: TaskForm): void {
  if (task.subject.kind !== 'hold') return;
  const { hold } = task.subject;
  if (form.outcome === 'release') return releaseHold(turn, hold);
  if (form.outcome === 'discharged') return discharged(turn, hold, 'person');
  const { reviewDays } = holdNamed(turn.knowledge.holds, hold);
  turn.record({ kind: 'holdKept', hold, on: turn.today, reviewOn: addDays(turn.today, reviewDays) });
}

/** Why the outcome is not possible for this hold; null when it is. */
export function refusalOfReview(turn: Turn, task: Task, form: TaskForm): string | null {
  if (task.kind !== 'reviewHold' || task.subject.kind !== 'hold' || form.outcome !== 'discharged') return null;
  const { ends, title } = holdNamed(turn.knowledge.holds, task.subject.hold);
  return ends.includes('discharged') ? null : `"${title}" is nothing that is discharged; choose keep or release`;
}

export function estateAnswered(turn: Turn, form: TaskForm): void {
  if (form.outcome === 'noEstate') proposeWriteOff(turn, 'The person has died, and there is no estate to claim from.');
}
