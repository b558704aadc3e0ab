import type { DeadlineKind } from '../domain/deadline.ts';
import type { AccountEvent } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { recall } from './consequences-patient.ts';
import { claimedPaymentCame, vendorPaid } from './react-vendor.ts';
import { endWork } from './settle-case.ts';
import { subjectKey, type Turn } from './turn.ts';

export function patientPaid(turn: Turn, event: Extract<AccountEvent, { kind: 'patientPaid' }>): void {
  const line: LedgerLine = {
    id: `payment:${event.paymentId}#1`,
    bucket: 'patient',
    kind: 'patientPayment',
    cents: -event.cents,
    on: event.on,
    source: { fileId: event.fileId, offset: event.offset },
    remittanceClaimId: null,
    carc: null,
    undoes: null,
  };
  turn.record({ kind: 'ledgerPosted', lines: [line], reason: event.via === 'vendor' ? 'the patient paid the vendor' : 'the patient paid' });
  if (event.via === 'vendor') vendorPaid(turn, event);
  claimedPaymentCame(turn, event);
  if (bucketBalance(turn.account, 'patient') > 0) return;
  patientSettled(turn);
}

/** The patient owes nothing more: the cadence ends, a kept plan closes, a vendor gets its recall. */
export function patientSettled(turn: Turn): void {
  endWork(turn, { kind: 'patient' });
  if (turn.account.patient.plan.status === 'active') turn.record({ kind: 'planEnded', status: 'kept', on: turn.today });
  const placement = turn.account.patient.placements.at(-1);
  if (placement?.status !== 'placed') return;
  const subject: Subject = { kind: 'placement', placementId: placement.id };
  turn.cancelTimers(subject);
  recall(turn, subject, 'paid in full');
}

export function vendorAcknowledged(turn: Turn, event: Extract<AccountEvent, { kind: 'vendorAcknowledged' }>): void {
  vendorSpoke(turn, ['vendorAcknowledgement'], event.placementId);
  if (event.accepted && bucketBalance(turn.account, 'patient') <= 0) patientSettled(turn);
}

export function vendorReturned(turn: Turn, event: Extract<AccountEvent, { kind: 'vendorReturned' }>): void {
  vendorSpoke(turn, ['recallConfirmation', 'vendorAcknowledgement'], event.placementId);
}

/** Nobody has to ask the vendor any longer. */
function vendorSpoke(turn: Turn, kinds: readonly DeadlineKind[], placementId: string): void {
  const subject: Subject = { kind: 'placement', placementId };
  turn.meetDeadlines(kinds, subject);
  turn.cancelTimers(subject);
  turn.withdrawTasks((t) => t.kind === 'chaseVendor' && subjectKey(t.subject) === subjectKey(subject), 'the vendor answered');
}
