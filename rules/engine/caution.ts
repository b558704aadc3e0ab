import type { Action } from '../domain/decision.ts';
import { daysOf } from './lint-proofs.ts';
import type { ReportRule, Rule, RuleSet } from './rule.ts';

/**
 * How far an answer goes before a person has seen it:
 *
 * - `harmless`: done at once; it costs nobody anything and loses no right and no date. To wait a month at most and look again, to ask the
 *   payer (276) or to have a person call it, to route to a person, to stop a vendor, and to offer instalments, which the patient may decline.
 * - `drafted`: a task with the draft and its deadline. Nothing is sent, posted or billed until a person finishes it.
 * - `acts`: leaves the house or moves money by itself: a bill or a notice to the patient, a bill to the next payer, a placement.
 */
export type Reach = 'harmless' | 'drafted' | 'acts';

export const reaches: Readonly<Record<Action, Reach>> = {
  wait: 'harmless',
  sendStatusInquiry: 'harmless',
  callPayer: 'harmless',
  routeToPerson: 'harmless',
  recallFromVendor: 'harmless',
  offerPaymentPlan: 'harmless',
  newClaim: 'drafted',
  resendClaim: 'drafted',
  replacementClaim: 'drafted',
  voidClaim: 'drafted',
  sendDocuments: 'drafted',
  reconsideration: 'drafted',
  appeal: 'drafted',
  reopening: 'drafted',
  openNegotiation: 'drafted',
  disputeResolution: 'drafted',
  billOtherPayer: 'drafted',
  writeOff: 'drafted',
  requestRefund: 'drafted',
  billNextPayer: 'acts',
  moveToPatient: 'acts',
  sendStatement: 'acts',
  placeWithVendor: 'acts',
  sendCollectionNotice: 'acts',
  allowExtraordinaryAction: 'acts',
};

/** The longest that an unconfirmed rule may let an account lie, in days. */
const longestWait = 30;

/** What no confirmed source carries: read by nobody, or nothing but our own policy. A rule that does not say is its author's word. */
export function isUnconfirmed({ meta }: Rule): boolean {
  return meta.confirmed === false || meta.citation.length === 0;
}

/** The law of unconfirmed rules: they do what is harmless, draft the rest for a person, and say what is to be confirmed and who could. */
export function cautionOf({ rules }: RuleSet, fault: ReportRule): void {
  for (const rule of rules.filter(isUnconfirmed)) {
    const { action, timer } = rule.answer;
    if (reaches[action] === 'acts')
      fault(
        rule,
        '/event/params/action',
        'unconfirmed-acts',
        `no confirmed source carries this rule and "${action}" happens without a person; route it to a person, or cite the text that was read and set "confirmed"`,
      );
    if (action === 'wait' && timer !== null && daysOf(timer) > longestWait)
      fault(
        rule,
        '/event/params/timer/duration',
        'unconfirmed-acts',
        `no confirmed source carries this rule, so it waits ${longestWait} days at most`,
      );
    if (rule.meta.toConfirm === undefined && (rule.meta.confirmed === false || reaches[action] === 'drafted'))
      fault(
        rule,
        '/meta',
        'unconfirmed-unexplained',
        'say what is not confirmed and who could: "toConfirm": {"fact": …, "who": …}; the person who gets the task reads it',
      );
  }
}
