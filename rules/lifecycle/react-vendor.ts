import type { Account, AccountTimer, Placement } from '../domain/account.ts';
import { addDays, civilDate, daysBetween } from '../domain/civil-date.ts';
import type { AccountEvent } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject, Task, TaskForm } from '../domain/task.ts';
import { addBusinessDays } from '../deadlines/business-days.ts';
import { askForCoverage } from './found-coverage.ts';
import { subjectKey, type Turn } from './turn.ts';

/** What vendors say of placements, and what follows when they say nothing. */

/** Still silent so many business days after somebody was asked to chase it, a supervisor is told. */
const escalationBusinessDays = 5;
export const escalationTimer = 'escalation';

/** A vendor said how a placement stands. The hold that goes with it came with the same file; what the rules say of it they say now. */
export function vendorReported(turn: Turn, event: Extract<AccountEvent, { kind: 'vendorReported' }>): void {
  const placement = placementOf(turn.account, event.placementId);
  if (placement === null) return;
  lookNow(turn, placement);
  if (event.status === 'insuranceFound') askForCoverage(turn, placement);
}

/** The next look at what is with a vendor is today, whatever date it had. */
export function lookNow(turn: Turn, placement: Placement): void {
  if (placement.status !== 'placed') return;
  for (const timer of turn.account.timers)
    if (timer.status === 'armed' && timer.subject.kind === 'placement' && timer.subject.placementId === placement.id)
      turn.record({ kind: 'timerFired', timerId: timer.id, on: turn.today });
}

export type PaymentTiming = 'inside' | 'beforePlacement' | 'afterRecall';

/** Where the day of a payment stands to the placement: a fee is due for `inside` only (DOMAIN §8). The day of the recall is still inside. */
export function paymentTiming({ placedOn, recallSentOn, returnedOn }: Placement, on: string): PaymentTiming {
  if (placedOn === null || on < placedOn) return 'beforePlacement';
  const endedOn = recallSentOn ?? returnedOn;
  return endedOn !== null && on > endedOn ? 'afterRecall' : 'inside';
}

/** Money that came through a vendor is posted whenever it was paid; outside the placement somebody asks why. */
export function vendorPaid(turn: Turn, event: Extract<AccountEvent, { kind: 'patientPaid' }>): void {
  const placement = placementOf(turn.account, event.placementId ?? '');
  if (placement === null) return;
  const timing = paymentTiming(placement, event.on);
  if (timing === 'inside') return;
  const amount = dollars(cents(event.cents));
  const before = `It is dated ${event.on}, and the placement began on ${placement.placedOn ?? 'no day yet'}: it may be a payment that we posted ourselves.`;
  const after = `It is dated ${event.on}, and the balance was recalled on ${placement.recallSentOn ?? placement.returnedOn}: the vendor went on collecting, or the payment crossed the recall.`;
  askVendor(turn, placement, {
    title: `The vendor reports ${amount} paid ${timing === 'beforePlacement' ? 'before the placement' : 'after the recall'}`,
    reason: `${timing === 'beforePlacement' ? before : after} No fee is due for it: see that it is remitted whole.`,
    amountCents: event.cents,
  });
}

/** How long before or after a payment to us may be dated otherwise by the vendor. */
const sameDays = 10;

/** The vendor wants a fee for money that came to us: it must be here. */
export function vendorClaimedPayment(turn: Turn, event: Extract<AccountEvent, { kind: 'vendorClaimedPayment' }>): void {
  const placement = placementOf(turn.account, event.placementId);
  if (placement === null) return;
  const theirs = new Set(turn.account.patient.placements.flatMap((p) => p.paymentIds ?? []).map((id) => `payment:${id}#1`));
  const isHere = turn.account.lines.some(
    (line) =>
      line.kind === 'patientPayment' &&
      !theirs.has(line.id) &&
      -line.cents === event.cents &&
      Math.abs(daysBetween(civilDate(line.on), event.on)) <= sameDays,
  );
  if (isHere) return;
  askVendor(turn, placement, {
    title: `Find the payment of ${dollars(cents(event.cents))} that the vendor says came to us`,
    reason: `The vendor says that the patient paid us on ${event.on}, and no such payment is posted. Until it is found no fee is due for it.`,
    amountCents: event.cents,
  });
}

/** What the vendor said had come to us, came. */
export function claimedPaymentCame(turn: Turn, event: Extract<AccountEvent, { kind: 'patientPaid' }>): void {
  if (event.via === 'vendor') return;
  turn.withdrawTasks(
    (t) => t.kind === 'checkVendor' && t.title.startsWith('Find the payment') && t.amountCents === event.cents,
    'the payment came',
  );
}

export function askVendor(
  turn: Turn,
  placement: Placement,
  about: { readonly title: string; readonly reason: string; readonly amountCents: number },
): void {
  turn.openTask({ kind: 'checkVendor', queue: 'vendors', ruleId: 'lifecycle', subject: subjectOf(placement), ...about });
}

/** Somebody chases the vendor; when it stays silent, a supervisor is told. */
export function chased(turn: Turn, subject: Subject): void {
  turn.setTimer(escalationTimer, subject, addBusinessDays(turn.today, escalationBusinessDays));
}

export function stillSilent(turn: Turn, { id, subject }: AccountTimer): void {
  if (!id.startsWith(`${escalationTimer}:`) || subject.kind !== 'placement') return;
  const placement = placementOf(turn.account, subject.placementId);
  if (placement === null || (placement.status !== 'offered' && placement.status !== 'recallSent')) return;
  const since = placement.status === 'offered' ? placement.offeredOn : placement.recallSentOn;
  const what = placement.status === 'offered' ? 'placement' : 'recall';
  turn.withdrawTasks((t) => t.kind === 'chaseVendor' && subjectKey(t.subject) === subjectKey(subject), 'a supervisor has it now');
  turn.openTask({
    kind: 'chaseVendor',
    queue: 'supervisor',
    title: `${placement.vendor} is still silent about a ${what}: ask in writing, under the contract`,
    reason: `The ${what} of ${since ?? 'an unknown day'} was chased and not answered. Nobody may contact the patient until it is known who has the balance.`,
    ruleId: 'lifecycle',
    subject,
    safeByOn: addDays(turn.today, 2),
    amountCents: placement.toldCents ?? placement.balanceCents,
  });
}

/** What is recalled or came back is nobody's to take: a vendor that has it still is asked for it. */
export function refusalOfChase({ account }: Turn, { kind, subject }: Task, { outcome }: TaskForm): string | null {
  if (kind !== 'chaseVendor' || outcome !== 'acknowledged' || subject.kind !== 'placement') return null;
  const status = placementOf(account, subject.placementId)?.status;
  return status === 'offered'
    ? null
    : `the placement is ${status ?? 'not known'}, not on offer: choose returned once the vendor says that it has stopped`;
}

/** A vendor has it, or was offered it, and was not asked to give it back. */
export function isRecallable({ status }: Placement): boolean {
  return status === 'offered' || status === 'placed';
}

export function subjectOf({ id }: Placement): Subject {
  return { kind: 'placement', placementId: id };
}

export function placementOf(account: Account, placementId: string): Placement | null {
  return account.patient.placements.find((p) => p.id === placementId) ?? null;
}
