import type { Account, AccountDeadline, AccountTimer, DecidedQuestion } from '../domain/account.ts';
import { addDays, type CivilDate, type Instant } from '../domain/civil-date.ts';
import type { DeadlineKind, DerivedDeadline } from '../domain/deadline.ts';
import type { Action, RuleAnswer } from '../domain/decision.ts';
import { findCase } from './balances.ts';
import type { Knowledge, StandingDecision } from './contract.ts';
import { anchorsOf, claimOf } from './facts.ts';
import { timerDate } from './timer-date.ts';
import { Turn } from './turn.ts';
import { reviewDays } from './wait.ts';

/** What other rules mean for one account that runs. */
export interface ChangedAnswers {
  /** Nothing left the house because of them: they are asked again. */
  readonly again: readonly DecidedQuestion[];
  /** What they did stands; only the date of the next look moves. */
  readonly retimed: readonly {
    readonly decided: DecidedQuestion;
    readonly timer: AccountTimer;
    readonly on: CivilDate;
    readonly name: string;
  }[];
}

export interface EarlierDate {
  readonly standing: AccountDeadline;
  readonly deadline: DerivedDeadline;
}

/** Their command is never undone. */
const commanding: ReadonlySet<Action> = new Set([
  'sendStatement',
  'sendStatusInquiry',
  'offerPaymentPlan',
  'billNextPayer',
  'placeWithVendor',
  'recallFromVendor',
]);

/** The limits that others set us. What others owe us, and what protects a patient, is not moved while it runs. */
const limits: ReadonlySet<DeadlineKind> = new Set([
  'filing',
  'secondaryFiling',
  'correctedClaim',
  'reconsideration',
  'appeal1',
  'appeal2',
  'appeal3',
  'appeal4',
  'appeal5',
  'externalReview',
  'stateFairHearing',
  'reopening',
  'openNegotiation',
  'idrInitiation',
  'documents',
]);

/** Decisions of the rules that are still worked on: their task is open or their timer is armed. */
export function standingDecisions(account: Account): readonly DecidedQuestion[] {
  const live = new Set([
    ...account.tasks.filter((t) => t.status === 'open').map((t) => t.id),
    ...account.timers.filter((t) => t.status === 'armed').map((t) => t.id),
  ]);
  return account.decided.filter((d) => d.reopenedOn === undefined && d.made?.some((id) => live.has(id)) === true);
}

export interface RunningAccount {
  readonly account: Account;
  readonly standing: readonly StandingDecision[];
  readonly asOf: Instant;
  readonly paused: readonly string[];
}

/** What of the rules counts for accounts that run, and may be different. */
export interface Scope {
  readonly asksAgain: boolean;
  readonly movesDates: boolean;
}

/** Whether an account must be told of these rules. */
export function wouldDecideOtherwise(
  { account, standing, asOf, paused }: RunningAccount,
  knowledge: Knowledge,
  { asksAgain, movesDates }: Scope,
): boolean {
  if (account.opened === null) return false;
  const turn = new Turn(account, asOf, knowledge, { paused });
  if (movesDates && earlierDates(turn).length > 0) return true;
  const { again, retimed } = changedAnswers(turn, asksAgain ? standing : []);
  return again.length + retimed.length > 0;
}

/** Every standing answer is compared with what the turn's rules answer to the same facts today. */
export function changedAnswers(turn: Turn, standing: readonly StandingDecision[]): ChangedAnswers {
  const { account } = turn;
  const stored = new Map(standing.map((s) => [s.decisionId, s]));
  const again: DecidedQuestion[] = [];
  const retimed: ChangedAnswers['retimed'][number][] = [];
  for (const decided of stored.size === 0 ? [] : standingDecisions(account)) {
    const old = stored.get(decided.decisionId);
    if (old === undefined) continue;
    const { answer } = turn.knowledge.decide(old.facts, turn.today);
    const isCarriedOut = old.refusal === null && commanding.has(old.answer.action);
    if (isCarriedOut) retimed.push(...newDate(turn, { decided, old, answer }));
    else if (old.effect === 'held' ? !turn.paused.has(answer.ruleId) : differs(old.answer, answer)) again.push(decided);
  }
  return { again, retimed };
}

function differs(a: RuleAnswer, b: RuleAnswer): boolean {
  return said(a) !== said(b);
}

function said({ action, queue, timer, params }: RuleAnswer): string {
  const sorted = Object.entries(params).sort(([x], [y]) => (x < y ? -1 : 1));
  return JSON.stringify([action, queue, timer?.id ?? null, timer?.duration ?? null, sorted]);
}

/** The next look of a command that went out: counted from the day of the decision, never before today. */
function newDate(
  { account, today }: Turn,
  { decided, old, answer }: { readonly decided: DecidedQuestion; readonly old: StandingDecision; readonly answer: RuleAnswer },
): ChangedAnswers['retimed'] {
  const timer = account.timers.find((t) => t.status === 'armed' && decided.made?.includes(t.id) === true);
  if (timer === undefined || answer.action !== old.answer.action) return [];
  const asked = answer.timer === null ? addDays(old.decidedOn, reviewDays) : timerDate(answer.timer, old.decidedOn);
  const on = asked < today ? today : asked;
  return on === timer.on ? [] : [{ decided, timer, on, name: answer.timer?.id ?? 'review' }];
}

/** Limits that run and that these rules end earlier. */
export function earlierDates(turn: Turn): readonly EarlierDate[] {
  return turn.account.deadlines.flatMap((standing): readonly EarlierDate[] => {
    const { kind, anchor, anchorOn, legalOn } = standing.deadline;
    const claim = claimOf(turn.account, standing.subject);
    if (standing.status !== 'open' || !limits.has(kind) || claim === null) return [];
    const c = standing.subject.kind === 'case' ? (findCase(turn.account, standing.subject.caseId)?.case ?? null) : null;
    // It still counts from the day from which it ran.
    const deadline = turn.derive(kind, claim, { ...anchorsOf(turn, claim, c), [anchor]: anchorOn });
    return deadline !== null && deadline.legalOn < legalOn ? [{ standing, deadline }] : [];
  });
}
