import type { CasePath, ClaimTrack, DenialCase } from '../domain/account.ts';
import { amountInControversy, type Controversy } from '../deadlines/amount-in-controversy.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import type { GivenEvidence } from '../domain/task.ts';
import type { StepNeed, StepPath, WayOfAppeal, WayQuestion, WayScope, WayStep } from '../domain/way-of-appeal.ts';
import { caseAmount } from './balances.ts';
import type { Turn } from './turn.ts';

/** The payer's own way, by payer > class > anybody and within each the one that names more, then those that stand beside it. */
export function waysFor(ways: readonly WayOfAppeal[], about: WayQuestion): readonly WayOfAppeal[] {
  const matching = ways.filter((way) => isFor(way, about));
  const own = matching.filter((way) => !way.isBeside).reduce((a, b) => (precedence(b.applies) > precedence(a.applies) ? b : a));
  return [own, ...matching.filter((way) => way.isBeside)];
}

function isFor({ applies, effective: { from, to } }: WayOfAppeal, about: WayQuestion): boolean {
  const { payerIds, payerClasses, states, contracted, selfFunded, remarks } = applies;
  return (
    (payerIds?.includes(about.payerId) ?? true) &&
    (payerClasses?.includes(about.payerClass) ?? true) &&
    (states?.includes(about.state) ?? true) &&
    (contracted === undefined || contracted === about.contracted) &&
    (selfFunded === undefined || selfFunded === about.selfFunded) &&
    (remarks === undefined || remarks.some((remark) => about.remarks.includes(remark))) &&
    (from === null || from <= about.deniedOn) &&
    (to === null || about.deniedOn <= to)
  );
}

function precedence(scope: WayScope): number {
  const owner = scope.payerIds !== undefined ? 2 : scope.payerClasses !== undefined ? 1 : 0;
  return 10 * owner + Object.keys(scope).length;
}

export interface CaseAt {
  readonly claim: ClaimTrack;
  readonly case: DenialCase;
}

export function waysOf({ knowledge, opened }: Turn, { claim, case: c }: CaseAt): readonly WayOfAppeal[] {
  const { contracted = null, selfFunded = null } = claim.evidence ?? {};
  const { payerId, payerClass } = claim;
  const remarks = c.denials.flatMap((d) => d.rarcs);
  return knowledge.ways({ payerId, payerClass, state: opened.state, contracted, selfFunded, remarks, deniedOn: c.deniedOn });
}

export type NextStep = { readonly step: WayStep; readonly refusal: null } | { readonly step: WayStep | null; readonly refusal: string };

/** The step that a case would take next on this path, or why there is none. What is not known yet does not stop it: it is asked with the task. */
export function nextStep(turn: Turn, at: CaseAt, path: StepPath): NextStep {
  const ways = waysOf(turn, at);
  const barred = ways.find((way) => way.notFor.some((category) => category === at.case.category));
  if (barred !== undefined)
    return { step: null, refusal: `${barred.title}: a denial in category ${at.case.category} cannot be disputed (${barred.citation})` };
  const steps = ways.flatMap((way) => way.steps).filter((step) => step.path === path);
  const done = filedBefore(at);
  const highest = Math.max(0, ...done.filter((p) => p.kind === 'appeal').map((p) => p.level));
  const left = steps.filter((step) => (path === 'appeal' ? step.level > highest : done.filter((p) => isStep(p, step)).length < step.times));
  if (left.length === 0) return { step: null, refusal: nothingLeft(ways, steps) };
  const judged = left.map((step) => ({ step, refusal: stepRefusal(turn, at, step, { done, steps: ways.flatMap((way) => way.steps) }) }));
  const open = judged.find(({ refusal }) => refusal === null);
  if (open !== undefined) return { step: open.step, refusal: null };
  return { step: judged[0]?.step ?? null, refusal: judged[0]?.refusal ?? nothingLeft(ways, steps) };
}

function nothingLeft(ways: readonly WayOfAppeal[], steps: readonly WayStep[]): string {
  const all = ways.flatMap((way) => way.steps).map((step) => step.title.toLowerCase());
  const titles = ways.map((way) => way.title).join('; ');
  if (steps.length === 0) return `there is no such step here (${titles}); there are: ${all.join(', ') || 'none'}`;
  return `it was filed before and may not be filed again (${titles})`;
}

interface History {
  readonly done: readonly CasePath[];
  readonly steps: readonly WayStep[];
}

function stepRefusal(turn: Turn, at: CaseAt, step: WayStep, { done, steps }: History): string | null {
  const { category } = at.case;
  if (step.onlyFor.length > 0 && !step.onlyFor.some((only) => only === category))
    return `"${step.title}" is only for denials in ${step.onlyFor.join(', ')}`;
  const before = steps.filter(({ name }) => step.after.includes(name));
  const isDirect = step.directlyFor.some((for_) => for_ === category || (for_ === 'medicalJudgement' && isMedical(turn, at)));
  const isDue = before.some((earlier) =>
    done.some((p) => isStep(p, earlier) && (p.answer === 'upheld' || (step.afterSilence && hasLateAnswer(turn, at.case, earlier)))),
  );
  if (before.length > 0 && !isDirect && !isDue)
    return `"${step.title}" comes after "${before.map(({ title }) => title).join('" or "')}" was answered, or where medical judgement lets it come first`;
  const unmet = step.needs.find((need) => needState(turn, at, { need, step, on: turn.today }) === 'unmet');
  return unmet === undefined ? null : `"${step.title}" is not possible: ${unmetWords[unmet]}`;
}

/** The payer owes an answer to what was filed, and its date has passed. */
export function hasLateAnswer({ account }: Turn, c: DenialCase, { answer }: WayStep): boolean {
  return account.deadlines.some(
    (d) => d.status === 'reached' && d.deadline.kind === answer && d.subject.kind === 'case' && d.subject.caseId === c.id,
  );
}

/** Paths that were filed about this refusal: those of the case, and of earlier ones that only were said again. A corrected claim or money begins anew. */
function filedBefore({ claim, case: c }: CaseAt): readonly CasePath[] {
  const index = claim.cases.findIndex((other) => other.id === c.id);
  const earlier = claim.cases.slice(0, Math.max(0, index)).filter((other) => other.category === c.category);
  const fresh = earlier.findLastIndex((other) => other.status === 'recovered' || isCorrection(other.paths.at(-1)));
  return [...earlier.slice(fresh + 1), c].flatMap((one) => one.paths).filter((p) => p.filedOn !== null);
}

function isCorrection(path: CasePath | undefined): boolean {
  return path !== undefined && path.filedOn !== null && ['newClaim', 'replacement', 'void'].includes(path.kind);
}

/** Paths taken before ways were data have no name of a step: their kind and level tell. */
export function isStep(path: CasePath, step: WayStep): boolean {
  if (path.step !== undefined) return path.step === step.name;
  return path.kind === step.path && (path.kind !== 'appeal' || path.level === step.level);
}

/** The step of the path that the case is on; null for paths that are none. */
export function stepTaken(turn: Turn, at: CaseAt): WayStep | null {
  const path = at.case.paths.at(-1);
  if (path === undefined) return null;
  return (
    waysOf(turn, at)
      .flatMap((way) => way.steps)
      .find((step) => isStep(path, step)) ?? null
  );
}

/** Medical necessity, level of care, experimental (DOMAIN §1.3): the category, what is usually done about the code, or a person's word. */
export function isMedical({ knowledge }: Turn, { claim, case: c }: CaseAt): boolean {
  const said = claim.evidence?.medicalJudgement;
  if (said !== undefined) return said;
  return c.category === 'MED' || c.denials.some((d) => knowledge.usualAction(d.carc) === 'appeal');
}

interface NeedAt {
  readonly need: StepNeed;
  readonly step: WayStep;
  /** The day of filing. */
  readonly on: CivilDate;
  /** What the form says that is not folded yet. */
  readonly form?: GivenEvidence | undefined;
}

type NeedState = 'met' | 'unmet' | 'unknown';

export function needState(turn: Turn, at: CaseAt, { need, step, on, form }: NeedAt): NeedState {
  const said = { ...at.claim.evidence, ...form };
  switch (need) {
    case 'contracted':
      return known(said.contracted);
    case 'notContracted':
      return said.contracted === undefined ? 'unknown' : known(!said.contracted);
    case 'memberConsent':
      return said.memberConsent === true ? 'met' : 'unknown';
    case 'waiverOfLiability':
      return said.waiverOfLiability === true ? 'met' : 'unknown';
    case 'medicalJudgement':
      return (said.medicalJudgement ?? isMedical(turn, at)) ? 'met' : 'unmet';
    case 'amountInControversy':
      return controversyState(controversyOf(at, step, on), at, form);
  }
}

/** A year that the table lacks is a person's to look up (42 CFR 405.1006). */
function controversyState({ verdict }: Controversy, at: CaseAt, form: GivenEvidence | undefined): NeedState {
  if (verdict !== 'unknown') return verdict === 'notMet' ? 'unmet' : 'met';
  const least = form?.minimumInControversyCents;
  if (least === undefined) return 'unknown';
  return caseAmount(at.case) >= least ? 'met' : 'unmet';
}

function controversyOf(at: CaseAt, { level }: WayStep, filedOn: CivilDate): Controversy {
  return amountInControversy({ level, filedOn, amountCents: caseAmount(at.case) });
}

function known(value: boolean | undefined): NeedState {
  if (value === undefined) return 'unknown';
  return value ? 'met' : 'unmet';
}

const unmetWords: Readonly<Record<StepNeed, string>> = {
  contracted: 'it is for providers with a contract, and there is none',
  notContracted: 'it is for providers without a contract, and there is one',
  memberConsent: 'the member has not agreed in writing',
  waiverOfLiability: 'the waiver of liability is not signed',
  medicalJudgement: 'the denial does not rest on a medical judgement',
  amountInControversy: 'the amount in controversy is below the least of the year',
};

const askedWords: Readonly<Record<StepNeed, string>> = {
  contracted: 'whether we have a contract with the plan (evidence contracted)',
  notContracted: 'whether we have a contract with the plan (evidence contracted)',
  memberConsent: 'the member’s written consent (evidence memberConsent)',
  waiverOfLiability: 'the signed waiver of liability (evidence waiverOfLiability)',
  medicalJudgement: 'whether the denial rests on a medical judgement (evidence medicalJudgement)',
  amountInControversy: 'the least amount in controversy of the year of filing, which our table lacks (evidence minimumInControversyCents)',
};

/** What a person must still say or get before this step may be filed. */
export function asked(turn: Turn, at: CaseAt, step: WayStep): readonly StepNeed[] {
  return step.needs.filter((need) => needState(turn, at, { need, step, on: turn.today }) === 'unknown');
}

/** For the reason of the task; '' when nothing is asked. */
export function askedInWords(turn: Turn, at: CaseAt, step: WayStep): string {
  const needs = asked(turn, at, step).map((need) => askedWords[need]);
  return needs.length === 0 ? '' : ` It needs ${needs.join('; ')}.`;
}

/** Why this step cannot be filed on that day with what is known and what the form says; null when it can. */
export function filingRefusal(
  turn: Turn,
  at: CaseAt,
  { step, on, form }: { readonly step: WayStep; readonly on: CivilDate; readonly form: GivenEvidence | undefined },
): string | null {
  for (const need of step.needs) {
    const state = needState(turn, at, { need, step, on, form });
    if (state === 'unknown') return `"${step.title}" needs ${askedWords[need]}; say it with the outcome`;
    if (state !== 'unmet') continue;
    const amounts = need === 'amountInControversy' ? ` (${controversyOf(at, step, on).why})` : '';
    return `"${step.title}" is not possible: ${unmetWords[need]}${amounts}; choose another outcome and another step is found`;
  }
  return null;
}
