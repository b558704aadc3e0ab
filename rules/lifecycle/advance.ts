import type { Advanced, AdvanceInput, Knowledge } from './contract.ts';
import { complete } from './complete.ts';
import { heldBy, isActing } from './breaker.ts';
import { carryOut, routeToPerson } from './consequences.ts';
import { keepAward } from './award.ts';
import { followAssistanceElsewhere } from './follow-assistance.ts';
import { keepCreditClocks } from './credits.ts';
import { amountAbout } from './task-about.ts';
import { instruct } from './instruct.ts';
import { keepShareReviewed } from './complete-share.ts';
import { passDates, wakeInstant } from './dates.ts';
import { refusalOfExtraordinary } from './extraordinary.ts';
import { keepDormancyClock } from './escheat.ts';
import { keepEstimateWindow } from './estimate.ts';
import { factsFor } from './facts.ts';
import { refusalOf } from './legal.ts';
import { isSettled, ownerOf, phaseOf } from './phase.ts';
import { placementRefusal } from './placement-gates.ts';
import { keepVendorInformed } from './inform-vendor.ts';
import { keepOwned } from './owned.ts';
import { openQuestions, type Question } from './questions.ts';
import { keepHolds, takePersonHolds } from './react-holds.ts';
import { react } from './react.ts';
import { rulesChanged } from './react-rules.ts';
import { invariant } from '../domain/failures.ts';
import { Turn } from './turn.ts';

/** Each question is decided once; more rounds than this in one turn would mean that decisions feed on themselves. */
const mostQuestions = 50;

/**
 * One turn of an account: apply the new facts of the world, take people's outcomes, let dates pass, and ask the payer rules every open
 * question; what they answer is checked against the lifecycle. Pure: the same input gives the same turn.
 */
export function advanceAccount(input: AdvanceInput, knowledge: Knowledge): Advanced {
  const turn = new Turn(input.account, input.asOf, knowledge, input);
  const issuedBefore = input.account.commands.length;
  for (const arrival of input.arrivals) {
    turn.apply(arrival);
    if (arrival.kind === 'rulesChanged') rulesChanged(turn, arrival, input.standing ?? []);
    else react(turn, arrival);
  }
  const refusals = input.forms.flatMap((form) => {
    const reason = 'instruction' in form ? instruct(turn, form, input.history ?? []) : complete(turn, form);
    return reason === null ? [] : [{ formId: form.formId, reason }];
  });
  followAssistanceElsewhere(turn);
  keepAward(turn);
  keepCreditClocks(turn, input.account);
  passDates(turn);
  keepShareReviewed(turn);
  keepEstimateWindow(turn);
  keepDormancyClock(turn);
  takePersonHolds(turn, input.personHolds ?? []);
  keepHolds(turn);
  decideAll(turn);
  keepVendorInformed(turn, input.account);
  keepOwned(turn);
  const { account } = turn;
  return {
    account,
    events: turn.events,
    decisions: turn.decisions,
    commands: account.commands.slice(issuedBefore).map((c) => c.command),
    refusals,
    wakeAt: wakeInstant(account, turn.today),
    phase: phaseOf(account),
    owner: ownerOf(account, turn.today),
    terminal: isSettled(account),
  };
}

function decideAll(turn: Turn): void {
  for (let round = 0; round < mostQuestions; round += 1) {
    const question = openQuestions(turn.account)[0];
    if (question === undefined) return;
    decideOne(turn, question);
  }
  invariant(false, 'the questions of one turn come to an end');
}

function decideOne(turn: Turn, question: Question): void {
  const decision = turn.knowledge.decide(factsFor(turn, question), turn.today);
  const { answer } = decision;
  const { subject } = question;
  const illegal =
    refusalOf(turn, question.point, subject, answer.action) ?? refusalOfExtraordinary(turn, answer) ?? placementRefusal(turn, answer);
  const acts = illegal === null && isActing(answer.action);
  const isHeld = acts && turn.paused.has(answer.ruleId);
  const refusal = isHeld ? heldBy(answer.ruleId) : illegal;
  const effect = isHeld ? 'held' : acts ? 'acted' : 'none';
  turn.decided(question, { decision, refusal, effect, amountCents: Math.abs(amountAbout(turn, subject)) }, () => {
    if (refusal === null) carryOut(turn, subject, answer);
    else routeToPerson(turn, subject, isHeld ? { ...answer, queue: 'supervisor' } : answer, refusal);
  });
}
