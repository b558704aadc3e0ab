import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { Action, Facts, Queue, RuleTimer } from '../domain/decision.ts';
import type { AnswerTemplate } from '../engine/rule.ts';
import { timerDate } from '../lifecycle/timer-date.ts';

/** Where an amount goes by an action: what "dollars per direction" adds up. */
export const destinations = {
  newClaim: 'payer',
  replacementClaim: 'payer',
  voidClaim: 'person',
  sendDocuments: 'payer',
  reconsideration: 'payer',
  appeal: 'payer',
  reopening: 'payer',
  openNegotiation: 'payer',
  disputeResolution: 'payer',
  billOtherPayer: 'payer',
  billNextPayer: 'payer',
  moveToPatient: 'patient',
  writeOff: 'writtenOff',
  sendStatusInquiry: 'payer',
  callPayer: 'payer',
  resendClaim: 'payer',
  sendStatement: 'patient',
  offerPaymentPlan: 'patient',
  placeWithVendor: 'vendor',
  recallFromVendor: 'patient',
  sendCollectionNotice: 'patient',
  allowExtraordinaryAction: 'vendor',
  requestRefund: 'refunded',
  wait: 'waiting',
  routeToPerson: 'person',
} as const satisfies Record<Action, string>;
export type Destination = (typeof destinations)[Action];

/** Actions that are carried out at once or wait for a date: nobody finds them in a queue. */
const withoutTask: ReadonlySet<Action> = new Set([
  'billNextPayer',
  'moveToPatient',
  'sendStatusInquiry',
  'sendStatement',
  'offerPaymentPlan',
  'placeWithVendor',
  'recallFromVendor',
  'allowExtraordinaryAction',
  'wait',
]);

/** The queue in which the answer puts a task; null when it makes none. A write-off is always approved by a supervisor. */
export function taskQueue({ action, queue }: Pick<AnswerTemplate, 'action' | 'queue'>): Queue | null {
  if (withoutTask.has(action)) return null;
  return action === 'writeOff' ? 'supervisor' : queue;
}

/** The window that a path must meet. */
const windowOf: Partial<Readonly<Record<Action, string>>> = {
  newClaim: 'left.filingDays',
  resendClaim: 'left.filingDays',
  billOtherPayer: 'left.filingDays',
  billNextPayer: 'left.secondaryFilingDays',
  replacementClaim: 'left.correctedClaimDays',
  reconsideration: 'left.reconsiderationDays',
  appeal: 'left.appealDays',
  sendDocuments: 'left.documentsDays',
  requestRefund: 'left.refundDays',
};

/** The legal date by which an action must be taken, from the days left that the rules saw; null when none was known. */
export function windowEnd(action: Action, facts: Facts, asOf: CivilDate): CivilDate | null {
  const days = facts[windowOf[action] ?? ''];
  return typeof days === 'number' ? addDays(asOf, days) : null;
}

/** When something happens next by the answer: its timer, else the window it must meet. */
export function dueOn(
  answer: { readonly action: Action; readonly timer: RuleTimer | null },
  facts: Facts,
  asOf: CivilDate,
): CivilDate | null {
  return answer.timer === null ? windowEnd(answer.action, facts, asOf) : timerDate(answer.timer, asOf);
}

/** Windows that close for good; the two about collecting too early are none. */
const windows = ['left.filingDays', 'left.correctedClaimDays', 'left.reconsiderationDays', 'left.appealDays', 'left.documentsDays'];

/** The first window still open that closes before the timer of a waiting answer runs out; null when nothing is missed by waiting. */
export function outwaited(
  answer: { readonly action: Action; readonly timer: RuleTimer | null },
  facts: Facts,
  asOf: CivilDate,
): { readonly window: string; readonly on: CivilDate } | null {
  if (answer.timer === null || destinations[answer.action] !== 'waiting') return null;
  const until = timerDate(answer.timer, asOf);
  const missed = windows
    .flatMap((window) => {
      const days = facts[window];
      return typeof days === 'number' && days >= 0 ? [{ window, on: addDays(asOf, days) }] : [];
    })
    .filter(({ on }) => on < until)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return missed[0] ?? null;
}

/** The money a decision was about, in cents; 0 when it was not known. */
export function amountOf(facts: Facts): number {
  const amount = amountFacts(facts['point'])
    .map((id) => facts[id])
    .find((value) => typeof value === 'number');
  return typeof amount === 'number' ? amount : 0;
}

function amountFacts(point: Facts[string] | undefined): readonly string[] {
  switch (point) {
    case 'denied':
    case 'upheld':
      return ['denial.amountCents'];
    case 'patientBalance':
      return ['patient.balanceCents'];
    case 'placed':
      return ['placement.balanceCents', 'patient.balanceCents'];
    case 'credit':
      return ['credit.cents'];
    default:
      return ['denial.amountCents', 'claim.balanceCents'];
  }
}
