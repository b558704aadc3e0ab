import { policyOn } from '../collection/assistance-policy.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { extraordinaryIn } from './extraordinary.ts';
import type { Turn } from './turn.ts';
import { wait } from './wait.ts';

/** 26 CFR 1.501(r)-6(c): so many days between the notice and the first action. */
const noticeDays = 30;

/** The written notice that names the actions, and beside it the attempt to tell the patient orally. */
export function sendCollectionNotice(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  const policy = policyOn(turn.knowledge.assistance, turn.today);
  const balanceCents = bucketBalance(turn.account, 'patient');
  turn.issueCommand('sendCollectionNotice', subject, {
    letterKind: 'collectionNotice',
    balanceCents,
    actions: (policy?.mayTake ?? []).join(','),
    noticeDays,
    phone: policy?.phone ?? null,
    url: policy?.url ?? null,
  });
  turn.openTask({
    kind: 'attemptOralNotice',
    queue: 'patientBalances',
    title: 'Try to tell the patient about assistance by phone or in person',
    reason:
      'The written notice goes out; an attempt to tell it orally belongs to it, and without it nothing extraordinary is ever allowed (26 CFR 1.501(r)-6(c)).',
    ruleId: answer.ruleId,
    subject: { kind: 'patient' },
    amountCents: balanceCents,
  });
  wait(turn, subject, answer);
}

/** The refusals were asked before (extraordinary.ts). */
export function allowExtraordinaryAction(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  const placement = turn.account.patient.placements.at(-1);
  const isPlaced = subject.kind === 'placement' && placement?.id === subject.placementId;
  turn.issueCommand('allowExtraordinaryAction', subject, {
    extraordinary: extraordinaryIn(answer),
    placementId: isPlaced ? placement.id : null,
    vendor: isPlaced ? placement.vendor : null,
    balanceCents: bucketBalance(turn.account, 'patient'),
  });
  wait(turn, subject, answer);
}
