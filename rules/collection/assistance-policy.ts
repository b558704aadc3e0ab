import type { CivilDate } from '../domain/civil-date.ts';
import { cents, type Cents } from '../domain/money.ts';
import type { ExtraordinaryAction } from '../domain/assistance.ts';

/** HHS: the 48 contiguous states and DC, Alaska, Hawaii. */
export type GuidelineArea = 'contiguous' | 'alaska' | 'hawaii';

export interface PovertyGuideline {
  readonly area: GuidelineArea;
  readonly from: CivilDate;
  readonly firstCents: Cents;
  readonly additionalCents: Cents;
}

/** A hospital's financial assistance policy in one of its versions (26 CFR 1.501(r)-4). */
export interface AssistancePolicy {
  readonly id: string;
  readonly title: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** Bands by income, the lowest first: up to that percentage of the guideline, so much of the patient's part is forgiven. */
  readonly scale: readonly { readonly upToPercent: number; readonly discountPercent: number }[];
  /** Nobody who qualifies is asked for more of the gross charge (26 CFR 1.501(r)-5); null where the hospital has not computed it. */
  readonly generallyBilledPercent: number | null;
  /** To bring what an application lacks. */
  readonly completionDays: number;
  /** An award holds for care until so many months after it was decided; 0: only for what was applied for. */
  readonly validMonths: number;
  /** What the notice says may be done. */
  readonly mayTake: readonly ExtraordinaryAction[];
  readonly phone: string;
  readonly url: string;
}

export interface AssistanceReference {
  readonly policies: readonly AssistancePolicy[];
  readonly guidelines: readonly PovertyGuideline[];
}

/** Null when no version holds on that day. */
export function policyOn({ policies }: AssistanceReference, on: CivilDate): AssistancePolicy | null {
  return policies.find(({ from, to }) => from <= on && (to === null || on <= to)) ?? null;
}

export interface Household {
  readonly size: number;
  readonly annualIncomeCents: number;
  /** Two letters: Alaska and Hawaii have guidelines of their own. */
  readonly state: string;
}

export interface ScaleAnswer {
  readonly policyId: string;
  /** The guideline for such a household, in cents. */
  readonly guidelineCents: number;
  /** Rounded up: a household above a band is never counted into it. */
  readonly incomePercent: number;
  /** 0 when the income is above the scale. */
  readonly discountPercent: number;
  readonly words: string;
}

/** Where a household stands in the policy of that day; why it cannot be said, as text, where policy or guideline is missing. */
export function onScale(reference: AssistanceReference, household: Household, on: CivilDate): ScaleAnswer | string {
  const policy = policyOn(reference, on);
  if (policy === null) return `no assistance policy holds on ${on}: add it to assistance-policies.json`;
  const guideline = guidelineOn(reference, areaOf(household.state), on);
  if (guideline === null) return `no poverty guideline of ${on.slice(0, 4)} is stored: add it to assistance-policies.json`;
  if (!(Number.isInteger(household.size) && household.size >= 1)) return 'a household has at least one person';
  const guidelineCents = guideline.firstCents + (household.size - 1) * guideline.additionalCents;
  const incomePercent = Math.ceil((100 * household.annualIncomeCents) / guidelineCents);
  const band = policy.scale.find(({ upToPercent }) => incomePercent <= upToPercent);
  const discountPercent = band?.discountPercent ?? 0;
  const words = `income is ${incomePercent} % of the guideline of ${guideline.from.slice(0, 4)}; ${policy.title} forgives ${discountPercent} %`;
  return { policyId: policy.id, guidelineCents, incomePercent, discountPercent, words };
}

/** The one in force: that of the last year that began by then, unless a whole year passed without a new one. */
function guidelineOn({ guidelines }: AssistanceReference, area: GuidelineArea, on: CivilDate): PovertyGuideline | null {
  const begun = guidelines.filter((g) => g.area === area && g.from <= on).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  return begun === undefined || Number(on.slice(0, 4)) - Number(begun.from.slice(0, 4)) > 1 ? null : begun;
}

function areaOf(state: string): GuidelineArea {
  return state === 'AK' ? 'alaska' : state === 'HI' ? 'hawaii' : 'contiguous';
}

export interface Award {
  readonly discountPercent: number;
  /** What the patient's part was before anything was paid or forgiven. */
  readonly shareCents: number;
  readonly chargeCents: number;
  readonly generallyBilledPercent: number | null;
}

/** What the patient still owes for the care, whatever was paid: their part less the discount, and never more than is generally billed. A fraction of a cent is forgiven. */
export function owedAfter({ discountPercent, shareCents, chargeCents, generallyBilledPercent }: Award): Cents {
  const left = percentOf(shareCents, 100 - discountPercent);
  if (generallyBilledPercent === null || discountPercent === 0) return left;
  const most = percentOf(chargeCents, generallyBilledPercent);
  return left < most ? left : most;
}

function percentOf(amount: number, percent: number): Cents {
  return cents(Math.floor((amount * percent) / 100));
}
