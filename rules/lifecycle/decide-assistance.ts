import type { AssistanceApplication, AssistanceDecision } from '../domain/assistance.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject, Task, TaskForm } from '../domain/task.ts';
import { awardOn, decisionOf, postAward } from './award.ts';
import { bucketBalance } from './balances.ts';
import { recall } from './consequences-patient.ts';
import { words } from './describe.ts';
import { allowedActions } from './extraordinary.ts';
import { coveredTurns } from './person-assistance.ts';
import { aboutApplication, askToDecide, move, resumeCollection, withdrawAllowed } from './react-assistance.ts';
import { patientSettled } from './react-patient.ts';
import { isRecallable, subjectOf } from './react-vendor.ts';
import { refundOwed } from './refund-owed.ts';
import { endWork } from './settle-case.ts';
import type { Turn } from './turn.ts';

/** A person decided: at once, or, above what they may grant alone, when a second person says yes. */
export function decideApplication(turn: Turn, task: Task, { application, form }: Deciding): void {
  const decision = decisionOf(turn, application, form);
  if (typeof decision === 'string') return;
  const amountCents = forgivenInAll(turn, application, decision);
  const needed = amountCents === 0 ? null : turn.knowledge.approval('assistanceAward', amountCents, turn.today);
  if (needed === null) return carryOutDecision(turn, application, decision);
  turn.record({ kind: 'assistanceProposed', applicationId: application.id, ...decision });
  const { discountPercent, incomePercent, by } = decision;
  turn.openTask({
    kind: 'approveAward',
    queue: needed.queue ?? task.queue,
    title: `Approve assistance of ${dollars(cents(amountCents))}`,
    reason: `${by} decided to forgive ${discountPercent} % (income ${incomePercent ?? '?'} % of the guideline); over ${dollars(cents(needed.overCents))} a ${needed.role} says yes first.`,
    ruleId: 'lifecycle',
    subject: aboutApplication(application),
    amountCents,
    proposedBy: by,
  });
}

interface Deciding {
  readonly application: AssistanceApplication;
  readonly form: TaskForm;
}

/** The second person's word. Declined, it is decided anew. */
export function awardAnswered(turn: Turn, { application, form }: Deciding): void {
  const { proposed } = application;
  if (proposed === undefined) return;
  if (form.outcome !== 'approved') {
    move(turn, application, { status: 'complete', reason: `${form.by} declined to forgive ${proposed.discountPercent} %` });
    return askToDecide(turn, application, `${form.by} declined to forgive ${proposed.discountPercent} %: decide again.`);
  }
  const owesCents = awardOn(turn, { ...application, ...proposed }).owesCents;
  carryOutDecision(turn, application, { ...proposed, owesCents, approvedBy: form.by });
}

/** On the account that leads; the others of the person take it in their own turns. The person is told once. */
function carryOutDecision(turn: Turn, application: AssistanceApplication, decision: AssistanceDecision): void {
  const covered = coveredTurns(turn, application);
  const params = letterParams([turn, ...covered], application, decision);
  takeDecision(turn, application, decision);
  turn.issueCommand('sendAssistanceLetter', aboutApplication(application), params);
}

/** What the decision makes of this account: what is forgiven, what is taken back from vendors and undone, and collection goes on for the rest. */
export function takeDecision(turn: Turn, application: AssistanceApplication, decision: AssistanceDecision): void {
  turn.record({ kind: 'assistanceDecided', applicationId: application.id, ...decision });
  if (decision.discountPercent > 0) {
    postAward(turn, application, decision);
    const placement = turn.account.patient.placements.at(-1);
    if (placement !== undefined && isRecallable(placement)) takeBack(turn, subjectOf(placement));
    reverseAll(turn);
  }
  resumeCollection(turn);
  if (decision.discountPercent > 0 && bucketBalance(turn.account, 'patient') <= 0) patientSettled(turn);
}

function takeBack(turn: Turn, subject: Subject): void {
  endWork(turn, subject);
  recall(turn, subject, 'assistance was granted');
}

/** What was begun against the patient is vacated and un-reported; somebody sees that it is. */
function reverseAll(turn: Turn): void {
  const allowed = allowedActions(turn.account);
  withdrawAllowed(turn);
  for (const { action, vendor } of allowed)
    turn.openTask({
      kind: 'reverseExtraordinaryAction',
      queue: 'vendors',
      title: `See that the ${words(action)} is taken back`,
      reason: `Assistance was granted: what ${vendor ?? 'we'} began must be reversed, vacated or un-reported (26 CFR 1.501(r)-6(c)).`,
      ruleId: 'lifecycle',
      subject: { kind: 'patient' },
      amountCents: 0,
    });
}

/** Over all accounts that it covers: what a second person must see is what the person is forgiven, not one account of it. */
export function forgivenInAll(turn: Turn, application: AssistanceApplication, decision: AssistanceDecision): number {
  const granted = { receivedOn: application.receivedOn, discountPercent: decision.discountPercent };
  return [turn, ...coveredTurns(turn, application)].reduce((total, one) => total + awardOn(one, granted).forgivesCents, 0);
}

/** Lists by account, in one order: `accounts` by id, what each is forgiven, what it leaves to pay, and what is given back. */
function letterParams(turns: readonly Turn[], { receivedOn }: AssistanceApplication, decision: AssistanceDecision) {
  const { discountPercent, incomePercent, denial } = decision;
  const accounts = turns.map(({ account }) => account.id).join(',');
  if (discountPercent === 0) {
    const balanceCents = totalOf(turns.map(({ account }) => Math.max(0, bucketBalance(account, 'patient'))));
    return { letterKind: 'assistanceDenial', accounts, reason: denial, incomePercent, balanceCents };
  }
  const awards = turns.map((turn) => awardOn(turn, { receivedOn, discountPercent }));
  const lefts = awards.map(({ leavesCents }) => Math.max(0, leavesCents));
  const refunds = awards.map(({ leavesCents }) => refundOwed(-leavesCents));
  return {
    letterKind: 'assistanceAward',
    accounts,
    discountPercent,
    incomePercent,
    owesCents: totalOf(awards.map(({ owesCents }) => owesCents)),
    awardCents: totalOf(turns.map(({ account }, n) => -assistanceOn(account) + (awards[n]?.forgivesCents ?? 0))),
    balanceCents: totalOf(lefts),
    refundCents: totalOf(refunds),
    forgives: awards.map(({ forgivesCents }) => forgivesCents).join(','),
    lefts: lefts.join(','),
    refunds: refunds.join(','),
  };
}

function assistanceOn({ lines }: Turn['account']): number {
  return totalOf(lines.filter(({ kind }) => kind === 'assistance').map((line) => line.cents));
}

function totalOf(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
