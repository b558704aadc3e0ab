import type { AccountEvent } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Instalment, PlanArrival, PlanConclusion } from '../domain/plan.ts';

/** A line of the timeline about a plan, a promise or a payment that came back. */
export function describePlan(event: AccountEvent & (PlanArrival | PlanConclusion)): string {
  switch (event.kind) {
    case 'planOffered':
      return `${event.by} offered plan ${event.planId} on ${event.on}: ${scheduleInWords(event.instalments)}${among(event.accounts)}`;
    case 'planAgreed':
      return `Plan ${event.planId} agreed on ${event.on}, by ${event.by}: ${scheduleInWords(event.instalments)}${among(event.accounts)}`;
    case 'planCancelled':
      return `Plan ${event.planId} was ${event.as} on ${event.on}, by ${event.by}`;
    case 'patientPaymentReversed':
      return event.as === 'moved'
        ? `${money(event.cents)} of payment ${event.paymentId} was moved to another account on ${event.on}`
        : `Payment ${event.paymentId} came back on ${event.on}: ${money(event.cents)}${event.reason === '' ? '' : ` (${event.reason})`}`;
    case 'planCured':
      return 'Everything overdue was paid: the payment plan goes on';
    case 'planResumed':
      return 'The payment plan runs again: a payment that had completed it came back';
    case 'promiseMade':
      return `${event.by} took a promise: ${money(event.cents)} by ${event.dueOn}`;
    case 'promiseSettled':
      return `Promise ${event.status === 'partlyKept' ? 'kept in part' : event.status}: ${money(event.paidCents)} came`;
  }
}

function scheduleInWords(instalments: readonly Instalment[]): string {
  const [first] = instalments;
  return first === undefined ? 'nothing to pay' : `${instalments.length} payments from ${first.dueOn}, the first ${money(first.cents)}`;
}

function among(accounts: number): string {
  return accounts === 1 ? '' : `, this account’s share of ${accounts}`;
}

function money(amount: number): string {
  return dollars(cents(amount));
}
