import type { CivilDate } from './civil-date.ts';
import type { DeadlineKind, PayerClass } from './deadline.ts';
import type { DenialCategory } from './denial.ts';

/** What a step is, as a path of a case. */
export const stepPaths = ['reconsideration', 'appeal', 'reopening', 'openNegotiation', 'disputeResolution'] as const;
export type StepPath = (typeof stepPaths)[number];

/** What must be so before a step may be filed. What nobody knows yet is asked of a person with the task. */
export const stepNeeds = [
  'contracted',
  'notContracted',
  'memberConsent',
  'waiverOfLiability',
  'medicalJudgement',
  'amountInControversy',
] as const;
export type StepNeed = (typeof stepNeeds)[number];

export interface WayStep {
  /** Unique within its way. */
  readonly name: string;
  /** For the task and the letter: who decides, in a biller's words. */
  readonly title: string;
  readonly path: StepPath;
  /** Of appeals: the number the payer or the law gives it. */
  readonly level: number;
  readonly deadline: DeadlineKind;
  /** Null where nobody says by when it is answered. */
  readonly answer: DeadlineKind | null;
  /** How often it may be filed about one denial. */
  readonly times: number;
  /** Steps one of which the payer must have answered against us first; empty when it may be the first. */
  readonly after: readonly string[];
  /** Categories in which it may be the first nevertheless, and denials by medical judgement. */
  readonly directlyFor: readonly (DenialCategory | 'medicalJudgement')[];
  /** The only categories it is for; empty for any. */
  readonly onlyFor: readonly DenialCategory[];
  /** A payer that is late with its answer to the step before counts as having refused. */
  readonly afterSilence: boolean;
  readonly needs: readonly StepNeed[];
}

/** Whom a way is for. An absent member means "any". */
export interface WayScope {
  readonly payerIds?: readonly string[];
  readonly payerClasses?: readonly PayerClass[];
  readonly states?: readonly string[];
  readonly contracted?: boolean;
  readonly selfFunded?: boolean;
  /** Only for denials that carry one of these remark codes. */
  readonly remarks?: readonly string[];
}

/** The steps a denial may take, in their order. */
export interface WayOfAppeal {
  readonly id: string;
  readonly title: string;
  readonly applies: WayScope;
  /** It stands beside the payer's own way instead of taking its place. */
  readonly isBeside: boolean;
  /** What two open paths may not share: a line, or the whole claim where the payer refuses the second. */
  readonly oneAtATimePer: 'line' | 'claim';
  /** Denials of these categories are no decision that can be disputed at all. */
  readonly notFor: readonly DenialCategory[];
  readonly steps: readonly WayStep[];
  /** By the date of the denial, both ends inclusive. */
  readonly effective: { readonly from: CivilDate | null; readonly to: CivilDate | null };
  readonly citation: string;
  readonly source: string;
  readonly seenOn: CivilDate;
  readonly confirmed: 'confirmed' | 'secondary' | 'unconfirmed';
}

/** Null means "not known". */
export interface WayQuestion {
  readonly payerId: string;
  readonly payerClass: PayerClass;
  readonly state: string;
  readonly contracted: boolean | null;
  readonly selfFunded: boolean | null;
  readonly remarks: readonly string[];
  readonly deniedOn: CivilDate;
}
