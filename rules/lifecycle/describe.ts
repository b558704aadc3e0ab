import type { WayStep } from '../domain/way-of-appeal.ts';
import type { AssistanceEvent } from '../domain/assistance.ts';
import type { AccountEvent, Arrival, Conclusion } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';
import { assertNever } from '../domain/failures.ts';
import { describeAssistance } from './describe-assistance.ts';
import type { HoldArrival, HoldConclusion, RefundReturned } from '../domain/hold.ts';
import type { PeopleEvent } from '../domain/people-event.ts';
import type { PlanArrival, PlanConclusion } from '../domain/plan.ts';
import { describePlan } from './describe-plan.ts';
import type { GivenEvidence, Subject } from '../domain/task.ts';
import type { DenialCase } from '../domain/account.ts';
import { describeHold } from './describe-holds.ts';
import type { CoverageFound, VendorArrival } from '../domain/vendor-report.ts';
import { describeVendor } from './describe-vendor.ts';
import { words } from './words.ts';

export { words } from './words.ts';

/** One line of an account's timeline, in plain words; no names, no member ids. */
export function describeEvent(event: AccountEvent): string {
  switch (event.kind) {
    case 'accountOpened':
    case 'submissionSent':
    case 'submissionAcknowledged':
    case 'statusAnswered':
    case 'documentsRequested':
    case 'remittancePosted':
    case 'providerAdjusted':
    case 'patientPaid':
    case 'vendorAcknowledged':
    case 'vendorReturned':
    case 'holdPlaced':
    case 'holdReleased':
    case 'taskCompleted':
    case 'commandCarriedOut':
    case 'deliveryReported':
    case 'rulesChanged':
      return describeArrival(event);
    case 'holdReported':
    case 'personHoldChanged':
    case 'holdKept':
    case 'estimateGiven':
    case 'refundReturned':
      return describeHold(event);
    case 'vendorReported':
    case 'vendorClaimedPayment':
    case 'coverageFound':
      return describeVendor(event);
    case 'taskAssigned':
    case 'decisionOverridden':
    case 'stepUndone':
      return describePeople(event);
    case 'assistanceApplied':
    case 'assistanceScreened':
    case 'personAssistanceChanged':
    case 'assistanceJoined':
    case 'assistanceProposed':
    case 'assistanceMoved':
    case 'assistanceDecided':
      return describeAssistance(event);
    case 'planOffered':
    case 'planAgreed':
    case 'planCancelled':
    case 'patientPaymentReversed':
    case 'planCured':
    case 'planResumed':
    case 'promiseMade':
    case 'promiseSettled':
      return describePlan(event);
    default:
      return describeConclusion(event);
  }
}

function describeArrival(
  event: AccountEvent & Exclude<Arrival, AssistanceEvent | HoldArrival | RefundReturned | PlanArrival | VendorArrival>,
): string {
  switch (event.kind) {
    case 'accountOpened':
      return `Account ${event.accountNumber} opened: ${event.claimType} claim of ${money(event.chargeCents)}, serviced ${event.servicedFrom}`;
    case 'submissionSent':
      return `Claim ${event.submissionKey} sent to payer ${event.sequence} (frequency ${event.frequency}) on ${event.sentOn}`;
    case 'submissionAcknowledged':
      return `${event.by === 'payer' ? 'Payer' : 'Clearinghouse'} ${event.verdict} ${event.submissionKey} on ${event.on} (${event.level} ${event.category}${event.status === '' ? '' : `:${event.status}`})`;
    case 'statusAnswered':
      return `Payer answered the status inquiry about ${event.submissionKey} on ${event.on}: ${event.category}:${event.status}`;
    case 'documentsRequested':
      return `Payer asked for documents on ${event.on} (${event.codes.join(', ')})${event.dueOn === null ? '' : `, due on ${event.dueOn}`}`;
    case 'remittancePosted': {
      const what = event.status === '22' ? 'Reversal' : 'Remittance';
      return `${what} of ${event.remittanceOn}: paid ${money(event.paidCents)} of ${money(event.chargeCents)}; ${adjustments(event.adjustments)}`;
    }
    case 'providerAdjusted':
      return `Beside the claim, on ${event.remittanceOn}: ${event.adjustments.map((a) => `PLB ${a.code} ${money(a.cents)}`).join(', ')}`;
    case 'patientPaid':
      return `Patient paid ${money(event.cents)} on ${event.on}${event.via === 'vendor' ? ' to the vendor' : ''}`;
    case 'vendorAcknowledged':
      return `Vendor ${event.accepted ? 'accepted' : 'refused'} placement ${event.placementId}${event.reason === '' ? '' : ` (${event.reason})`}`;
    case 'vendorReturned':
      return `Vendor returned placement ${event.placementId} (${event.reason})`;
    case 'holdPlaced':
      return `Hold: ${event.hold}, review on ${event.reviewOn}${event.by === undefined ? '' : `, by ${event.by}`}`;
    case 'holdReleased':
      return `Hold released: ${event.hold}${event.by === undefined ? '' : `, by ${event.by}`}`;
    case 'taskCompleted':
      return `${event.by} completed ${event.taskId}${event.role === undefined ? '' : ` as ${event.role}`}: ${event.outcome}${event.corrected.length === 0 ? '' : `, gave ${event.corrected.join(', ')}`}${evidenceInWords(event.evidence)}`;
    case 'commandCarriedOut':
      return `${words(event.key)}: ${event.result}${event.reason === null ? '' : ` (${event.reason})`}`;
    case 'deliveryReported':
      return `${words(event.key)} ${event.arrived ? 'was delivered' : 'was not delivered'} (${event.receipt})`;
    case 'rulesChanged':
      return `The rules changed (${event.cause})`;
    default:
      return assertNever(event);
  }
}

type AgendaEvent = Extract<
  AccountEvent,
  {
    kind:
      | 'deadlineSet'
      | 'deadlineMet'
      | 'deadlineReached'
      | 'timerSet'
      | 'timerFired'
      | 'timerCancelled'
      | 'decisionReopened'
      | 'deadlineShortened'
      | 'taskOpened'
      | 'taskWithdrawn'
      | 'commandIssued'
      | 'deliveryResolved';
  }
>;

function describeConclusion(
  event: AccountEvent & Exclude<Conclusion, PeopleEvent | AssistanceEvent | HoldConclusion | PlanConclusion | CoverageFound>,
): string {
  switch (event.kind) {
    case 'vendorConfirmed':
      return `Vendor confirmed by phone that placement ${event.placementId} is ${event.status}`;
    case 'ledgerPosted':
      return `Posted ${event.lines.map((l) => `${l.kind} ${money(l.cents)} (${l.bucket})`).join(', ')}: ${event.reason}`;
    case 'denialFound':
      return `Denial case ${event.caseId} (${event.category}): ${[adjustments(event.denials), ...(event.words ?? [])].join('. ')}`;
    case 'caseClosed':
      return `Case ${event.caseId} closed: ${event.status}`;
    case 'caseRestored':
      return `Case ${event.caseId} is as it was before: what settled it was taken back`;
    case 'denialsRecovered':
      return `Case ${event.caseId}: ${money(event.records.reduce((total, record) => total + record.cents, 0))} of what was refused was paid`;
    case 'remittanceUndone':
      return `The remittance before it was undone line by line`;
    case 'pathEnded':
      return `Case ${event.caseId}: path given up, ${event.reason}`;
    case 'answerRecorded':
      return `Case ${event.caseId}: the payer's answer of ${event.on} is ${event.answer}`;
    case 'planAccepted':
      return `Patient accepted a plan of ${money(event.instalmentCents)} a month`;
    case 'planEnded':
      return `Payment plan ${event.status}`;
    case 'decided':
      return `Rule ${event.ruleId} decided at "${event.point}": ${event.action}${event.refusal === null ? '' : `; refused: ${event.refusal}`}`;
    case 'pathTaken':
      return `Path taken on ${about(event.subject)}: ${words(event.path)}${event.path === 'appeal' ? `, level ${event.level}` : ''}`;
    case 'timelyFilingProofSought':
      return `Case ${event.caseId}:${proofInWords({ timelyFilingProof: event.proof })}`;
    default:
      return describeAgenda(event);
  }
}

/** What has a date, and what is to be done. */
function describeAgenda(event: AgendaEvent): string {
  switch (event.kind) {
    case 'deadlineSet': {
      const { kind, nominalOn, safeByOn, policyId } = event.deadline;
      return `Deadline ${words(kind)}: ${nominalOn}, safe by ${safeByOn} (${policyId})`;
    }
    case 'deadlineMet':
      return `No longer waiting for ${words(event.deadlineId)}`;
    case 'deadlineReached':
      return `Date reached: ${words(event.deadlineId)}`;
    case 'timerSet':
      return `Next look (${words(event.timerId)}) on ${event.on}`;
    case 'timerFired':
      return `Time to look again (${words(event.timerId)})`;
    case 'timerCancelled':
      return `Look (${words(event.timerId)}) no longer needed`;
    case 'decisionReopened':
      return `Decision ${event.decisionId.slice(event.decisionId.indexOf(':') + 1)} is asked again: ${event.reason}`;
    case 'deadlineShortened': {
      const { nominalOn, safeByOn, policyId } = event.deadline;
      return `Deadline ${words(event.deadlineId)} is earlier: ${nominalOn}, safe by ${safeByOn} (${policyId}), ${event.reason}`;
    }
    case 'taskOpened':
      return `Task ${event.task.id} for ${event.task.queue}: ${event.task.title}`;
    case 'taskWithdrawn':
      return `Task ${event.taskId} withdrawn: ${event.reason}`;
    case 'commandIssued':
      return `To do: ${words(event.command.kind)} (${event.command.key})`;
    case 'deliveryResolved':
      return `${words(event.key)} ${event.arrived ? 'did arrive' : 'did not arrive'}${event.receipt === undefined || event.receipt === null ? '' : ` (${event.receipt})`}`;
    default:
      return assertNever(event);
  }
}

function describePeople(event: PeopleEvent): string {
  switch (event.kind) {
    case 'taskAssigned':
      return `${event.by} ${event.to === null ? `put ${event.taskId} back` : event.to === event.by ? `took ${event.taskId}` : `gave ${event.taskId} to ${event.to}`}${event.queue === null ? '' : `, into ${event.queue}`}`;
    case 'decisionOverridden':
      return `${event.by} chose "${words(event.action)}" on ${about(event.subject)} in place of "${words(event.ruleAction)}" (rule ${event.ruleId}): ${words(event.reason)}`;
    case 'stepUndone':
      return `${event.by} took back "${event.what}": ${event.reason}`;
    default:
      return assertNever(event);
  }
}

/** Such as `the appeal, level 2: Hearing` or `the reconsideration`. */
export function stepInWords({ path, level, title }: WayStep): string {
  return path === 'appeal' ? `the appeal, level ${level}: ${title}` : `the ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

/** For the person who works it; '' when it is no denial for late filing. */
export function proofInWords({ timelyFilingProof: proof }: Pick<DenialCase, 'timelyFilingProof'>): string {
  if (proof === undefined) return '';
  if (proof === null) return ' There is no proof of timely filing: the payer itself never accepted a submission (277CA A2).';
  const { submissionKey, acceptedOn, fileId, offset, limitOn, isInTime } = proof;
  const place = fileId === null ? '' : `, file ${fileId} at byte ${offset}`;
  const limit = limitOn === null ? 'no filing limit is known' : `the limit was ${limitOn}`;
  return isInTime
    ? ` Proof of timely filing: the payer accepted ${submissionKey} on ${acceptedOn}${place}; ${limit}.`
    : ` No proof of timely filing: the payer first accepted ${submissionKey} on ${acceptedOn}${place}; ${limit}.`;
}

function evidenceInWords(said: GivenEvidence = {}): string {
  const facts = Object.entries(said).map(([name, value]) => `${words(name)} ${String(value)}`);
  return facts.length === 0 ? '' : `, said ${facts.join(', ')}`;
}

function money(amount: number): string {
  return dollars(cents(amount));
}

function adjustments(list: readonly { group: string; carc: string; cents: number; rarcs: readonly string[] }[]): string {
  return (
    list.map((a) => `${a.group}-${a.carc} ${money(a.cents)}${a.rarcs.length === 0 ? '' : ` [${a.rarcs.join(', ')}]`}`).join(', ') ||
    'no adjustments'
  );
}

/** What a question, task or deadline is about, in words. */
export function about(subject: Subject): string {
  switch (subject.kind) {
    case 'claim':
      return `the claim to payer ${subject.sequence}`;
    case 'case':
      return `case ${subject.caseId}`;
    case 'patient':
      return "the patient's balance";
    case 'placement':
      return `placement ${subject.placementId}`;
    case 'credit':
      return `the credit of ${subject.bucket}`;
    case 'assistance':
      return `the application for assistance ${subject.applicationId}`;
    case 'hold':
      return `the hold "${subject.hold}"`;
  }
}
