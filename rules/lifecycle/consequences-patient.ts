import type { RuleAnswer } from '../domain/decision.ts';
import { cents, dollars } from '../domain/money.ts';
import { offeredInstalment } from '../plans/schedule.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { extraordinaryRefusal } from './extraordinary.ts';
import { placementTold } from './placement-gates.ts';
import type { Turn } from './turn.ts';
import { timerOf, wait } from './wait.ts';

/** What is carried out about a patient's balance: statements, the plan, and the vendor. */

export function sendStatement(turn: Turn, answer: RuleAnswer): void {
  const number = turn.account.commands.filter((c) => c.command.kind === 'sendStatement' && c.status !== 'refused').length + 1;
  turn.issueCommand('sendStatement', { kind: 'patient' }, { number, balanceCents: bucketBalance(turn.account, 'patient') });
  wait(turn, { kind: 'patient' }, answer);
}

export function offerPaymentPlan(turn: Turn, answer: RuleAnswer): void {
  const owed = bucketBalance(turn.account, 'patient');
  const instalmentCents = offeredInstalment(owed, Number(answer.params.months ?? 6), turn.knowledge.planPolicy(turn.today));
  const months = Math.ceil(owed / instalmentCents);
  const subject: Subject = { kind: 'patient' };
  turn.issueCommand('offerPaymentPlan', subject, { instalmentCents, months });
  const title = `Record the patient’s answer to the plan (${months} × ${dollars(cents(instalmentCents))})`;
  const safeByOn = timerOf(turn, answer);
  const amountCents = bucketBalance(turn.account, 'patient');
  turn.openTask({
    kind: 'recordPatientAnswer',
    queue: answer.queue,
    title,
    reason: answer.why,
    ruleId: answer.ruleId,
    subject,
    safeByOn,
    amountCents,
  });
}

export function placeWithVendor(turn: Turn, answer: RuleAnswer): void {
  const placementId = `p${turn.account.commands.filter((c) => c.command.kind === 'placeWithVendor').length + 1}`;
  const { vendor, tier } = placementTold(answer.params);
  const balanceCents = bucketBalance(turn.account, 'patient');
  const creditReporting = extraordinaryRefusal(turn, 'creditReporting') === null;
  turn.issueCommand('placeWithVendor', { kind: 'placement', placementId }, { placementId, vendor, tier, balanceCents, creditReporting });
}

export function recall(turn: Turn, subject: Subject, reason: string): void {
  const placement = subject.kind === 'placement' ? turn.account.patient.placements.find((p) => p.id === subject.placementId) : undefined;
  if (placement === undefined) return;
  const isAsked = turn.account.commands.some(
    ({ command, status }) => command.kind === 'recallFromVendor' && command.params.placementId === placement.id && status !== 'refused',
  );
  if (isAsked) return;
  turn.issueCommand('recallFromVendor', subject, { placementId: placement.id, vendor: placement.vendor, reason });
}
