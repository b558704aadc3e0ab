import { type CreditReportingRefusal, creditReportingRefusals } from '../collection/credit-reporting.ts';
import type { Account } from '../domain/account.ts';
import { type ExtraordinaryAction, isExtraordinaryAction } from '../domain/assistance.ts';
import { type CivilDate, later } from '../domain/civil-date.ts';
import type { DerivedDeadline } from '../domain/deadline.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import { bucketBalance } from './balances.ts';
import type { VendorContract } from '../vendors/vendor-contract.ts';
import type { Anchors } from './contract.ts';
import { openApplication } from './evolve-assistance.ts';
import type { Turn } from './turn.ts';

/**
 * Extraordinary collection actions (26 CFR 1.501(r)-6), whoever asks for one: a rule, a person who overrules it, or what a vendor is allowed.
 *
 * 1. None before day 121 from the first statement, and none before day 31 from the written notice and the attempt to tell it orally.
 * 2. None while an application for assistance is open, and none under a hold.
 * 3. A facility that nobody described is treated as bound.
 */
export function extraordinaryRefusal(turn: Turn, action: ExtraordinaryAction): string | null {
  const { account } = turn;
  const open = openApplication(account);
  if (open !== null) return `the application for assistance of ${open.receivedOn} is open: nothing extraordinary until it is decided`;
  const held = account.holds.find((h) => h.releasedOn === null);
  if (held !== undefined) return `the hold "${held.reason}" stops it until ${held.reviewOn}`;
  return tooEarly(turn) ?? (action === 'creditReporting' ? creditReportingInWords(turn) : null);
}

/** What an answer would begin, where it is extraordinary at all. */
export function extraordinaryIn({ action, params }: Pick<RuleAnswer, 'action' | 'params'>): ExtraordinaryAction | null {
  if (action === 'placeWithVendor') return params.tier === 'legal' ? 'lawsuit' : params.tier === 'sale' ? 'debtSale' : null;
  if (action !== 'allowExtraordinaryAction') return null;
  return isExtraordinaryAction(params.extraordinary) ? params.extraordinary : 'creditReporting';
}

/** Why the lifecycle refuses what is extraordinary in an answer; null when nothing is, or it is allowed. */
export function refusalOfExtraordinary(turn: Turn, answer: Pick<RuleAnswer, 'action' | 'params'>): string | null {
  const action = extraordinaryIn(answer);
  return action === null ? null : extraordinaryRefusal(turn, action);
}

function tooEarly(turn: Turn): string | null {
  if (turn.knowledge.facility?.taxExempt === false) return null;
  const { firstStatementOn, noticeOn, toldOn } = stepsTaken(turn.account);
  if (firstStatementOn === undefined) return 'the patient got no statement: the 120 days have not begun (26 CFR 1.501(r)-6)';
  if (noticeOn === undefined) return 'no written notice names the actions 30 days before (26 CFR 1.501(r)-6)';
  if (toldOn === undefined) return 'nobody tried to tell the patient orally after the written notice (26 CFR 1.501(r)-6)';
  const from = earliestExtraordinary(turn);
  if (from === null) return 'no policy says from which day on it is allowed';
  return turn.today < from.legalOn ? `it is not allowed before ${from.legalOn} (${from.policyId})` : null;
}

/** From which day on extraordinary actions are allowed at all, as far as days decide; null while a step before it is missing. */
export function earliestExtraordinary(turn: Turn): DerivedDeadline | null {
  return turn.derive('earliestExtraordinaryAction', null, anchorsOfExtraordinary(turn));
}

/** Without one of them no policy gives a day: where acting early is the fault every anchor must be known. */
export function anchorsOfExtraordinary({ account }: Turn): Anchors {
  const { firstStatementOn, noticeOn, toldOn } = stepsTaken(account);
  const first = firstStatementOn === undefined ? {} : { firstStatementOn };
  return noticeOn === undefined || toldOn === undefined ? first : { ...first, noticeOn: later(noticeOn, toldOn) };
}

/** Day 240 from the first statement, or the end of the notice when that is later: until then assistance may be applied for. Null before a statement. */
export function applicationPeriod(turn: Turn): DerivedDeadline | null {
  const { firstStatementOn, noticeOn } = stepsTaken(turn.account);
  if (firstStatementOn === undefined) return null;
  const anchors: Anchors = noticeOn === undefined ? { firstStatementOn } : { firstStatementOn, noticeOn };
  return turn.derive('applicationPeriod', null, anchors);
}

interface StepsTaken {
  readonly firstStatementOn: CivilDate | undefined;
  readonly noticeOn: CivilDate | undefined;
  readonly toldOn: CivilDate | undefined;
}

/** A notice that did not arrive is none, and one from before an award is about another amount. */
function stepsTaken({ patient, assistance, commands, tasks }: Account): StepsTaken {
  const awardedOn = assistance?.applications.findLast(({ status }) => status === 'approved')?.decision?.on;
  const noticeOn = assistance?.notices.findLast(
    ({ key, on }) => (awardedOn === undefined || on > awardedOn) && commands.some((c) => c.command.key === key && c.status === 'sent'),
  )?.on;
  const attempts = tasks.filter((t) => t.kind === 'attemptOralNotice' && (t.outcome === 'told' || t.outcome === 'attempted'));
  const toldOn = attempts
    .flatMap(({ closedOn }) => (noticeOn === undefined || closedOn === null || closedOn < noticeOn ? [] : [closedOn]))
    .sort()[0];
  return { firstStatementOn: patient.statements[0], noticeOn, toldOn };
}

export function lastNoticeOn(account: Account): CivilDate | undefined {
  return stepsTaken(account).noticeOn;
}

/** Everything that keeps the patient's balance off a credit report today. */
export function creditReportingNow(turn: Turn): readonly CreditReportingRefusal[] {
  const { account, knowledge, today } = turn;
  const standing = {
    firstStatementOn: account.patient.statements[0] ?? null,
    balanceCents: bucketBalance(account, 'patient'),
    state: stateOf(turn),
    holds: account.holds.filter((h) => h.releasedOn === null).map((h) => h.reason),
    applicationPeriodEndsOn: knowledge.facility?.taxExempt === false ? null : (applicationPeriod(turn)?.legalOn ?? null),
    isApplicationOpen: openApplication(account) !== null,
  };
  return creditReportingRefusals(knowledge.creditReporting, standing, today);
}

/** Whether a vendor is told, in the file that places the balance, that it may be on a credit report from that day: the account allows it, and their contract. */
export function mayReportCredit(turn: Turn, contract: Pick<VendorContract, 'mayReportCredit'> | null): boolean {
  return contract?.mayReportCredit === true && extraordinaryRefusal(turn, 'creditReporting') === null;
}

/** Where the guarantor lives; the state of the account while nobody is known. */
export function stateOf({ guarantor, opened }: Turn): string {
  return guarantor === null || guarantor.state === '' ? opened.state : guarantor.state;
}

function creditReportingInWords(turn: Turn): string | null {
  const refusals = creditReportingNow(turn);
  return refusals.length === 0 ? null : refusals.map(({ why }) => why).join('; ');
}

/** One that was allowed, and whether that was taken back. */
export interface Allowed {
  readonly action: ExtraordinaryAction;
  readonly key: string;
  readonly placementId: string | null;
  readonly vendor: string | null;
  readonly isWithdrawn: boolean;
}

/** Of what left the house or may have. */
export function allowedActions({ commands }: Account): readonly Allowed[] {
  const standing = commands.filter(({ status }) => status !== 'refused').map(({ command }) => command);
  return standing.flatMap(({ kind, key, params }) => {
    if (kind !== 'allowExtraordinaryAction' || !isExtraordinaryAction(params.extraordinary)) return [];
    const isWithdrawn = standing.some((c) => c.kind === 'withdrawExtraordinaryAction' && c.params.allowedBy === key);
    const placementId = typeof params.placementId === 'string' ? params.placementId : null;
    const vendor = typeof params.vendor === 'string' ? params.vendor : null;
    return [{ action: params.extraordinary, key, placementId, vendor, isWithdrawn }];
  });
}
