import type { CivilDate, Instant } from './civil-date.ts';
import type { ContactChannel, ContactOutcome } from './contact.ts';

/**
 * Financial assistance and what 26 CFR 1.501(r)-6 ties to it: applications, the notice before the first extraordinary collection action, and
 * the actions themselves. What the applicant earns stays with the form (PHI); the account keeps percentages.
 */

/** The hold that an open application places. */
export const assistanceHold = 'assistanceApplication';

/** What an application may lack; named in the letter that asks for it. */
export const missingItems = [
  'signature',
  'incomeProof',
  'taxReturn',
  'bankStatements',
  'householdProof',
  'addressProof',
  'medicaidDecision',
  'insuranceStatement',
] as const;
export type MissingItem = (typeof missingItems)[number];

/** Why no assistance is granted, beside an income above the scale. */
export const denialReasons = ['incomeAboveScale', 'careNotCovered', 'notResident', 'assetsAboveLimit', 'otherCoverage'] as const;
export type DenialReason = (typeof denialReasons)[number];

/** 26 CFR 1.501(r)-6(b). Referral to an agency as such is none. */
export const extraordinaryActions = [
  'creditReporting',
  'lawsuit',
  'lien',
  'garnishment',
  'foreclosure',
  'arrest',
  'debtSale',
  'careDeferral',
] as const;
export type ExtraordinaryAction = (typeof extraordinaryActions)[number];

export function isExtraordinaryAction(name: unknown): name is ExtraordinaryAction {
  return extraordinaryActions.some((action) => action === name);
}

/**
 * received → complete | incomplete → lapsed (its window ended) | complete → approved | denied; proposed while an award waits for the yes of a second
 * person. After the application period it is late, and a person takes it or does not. An application that lapsed is alive again with what was missing.
 */
export const applicationStatuses = [
  'received',
  'late',
  'notTaken',
  'incomplete',
  'lapsed',
  'withdrawn',
  'complete',
  'proposed',
  'approved',
  'denied',
] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

/**
 * An application is of the person. On one account, where it came, it leads: there it is checked and decided and from there the person is written to.
 * The other accounts of the same guarantor that it covers follow (`elsewhere`).
 */
export interface AssistanceApplication {
  readonly id: string;
  readonly receivedOn: CivilDate;
  /** Another account of the person leads it; absent where it is led here. */
  readonly elsewhere?: true;
  readonly status: ApplicationStatus;
  readonly missing: readonly MissingItem[];
  /** By which what is missing must be here; null while nothing is. */
  readonly dueOn: CivilDate | null;
  readonly completeOn: CivilDate | null;
  readonly decision: AssistanceDecision | null;
  /** What waits for the yes of a second person; absent otherwise. */
  readonly proposed?: AssistanceDecision;
}

export interface AssistanceDecision {
  readonly on: CivilDate;
  readonly by: string;
  /** Of the patient's part; 0 when denied. */
  readonly discountPercent: number;
  /** The applicant's income as a percentage of the poverty guideline; null where it did not decide. */
  readonly incomePercent: number | null;
  readonly policyId: string | null;
  readonly denial: DenialReason | null;
  /** What the patient owes for the care of this account after it, whatever was paid. */
  readonly owesCents: number;
  /** Care until that day is covered by it too; absent on decisions from before that was kept, null where it is for what was applied for alone. */
  readonly validThrough?: CivilDate | null;
  /** Who said yes to it, where it was above the limit of whoever decided. */
  readonly approvedBy?: string;
}

/** What the account knows of assistance; absent before the first of it. */
export interface AssistanceStanding {
  readonly applications: readonly AssistanceApplication[];
  /** Written notices that went out, by the command that sent them. */
  readonly notices: readonly { readonly key: string; readonly on: CivilDate }[];
  /** The last word of a screening; null before any. */
  readonly screening: { readonly result: ScreeningResult; readonly on: CivilDate } | null;
}

/** Presumptive screening says who probably qualifies, never who does not get a notice (DOMAIN §7.1). */
export const screeningResults = ['likely', 'unlikely'] as const;
export type ScreeningResult = (typeof screeningResults)[number];

type Place = { readonly on: CivilDate; readonly fileId: string; readonly offset: number };

export type AssistanceArrival =
  /** An application, or more papers for one that stands under that id. */
  | ({ readonly kind: 'assistanceApplied'; readonly applicationId: string } & Place)
  | ({ readonly kind: 'assistanceScreened'; readonly result: ScreeningResult } & Place)
  /** Another account of the person leads an application, and it moved: what this account makes of it, it looks up in its turn. */
  | {
      readonly kind: 'personAssistanceChanged';
      readonly applicationId: string;
      readonly status: ApplicationStatus;
      readonly on: CivilDate;
    };

export type AssistanceConclusion =
  | {
      readonly kind: 'assistanceMoved';
      readonly applicationId: string;
      readonly status: Exclude<ApplicationStatus, 'proposed' | 'approved' | 'denied'>;
      readonly on: CivilDate;
      readonly reason: string;
      readonly missing?: readonly MissingItem[];
      readonly dueOn?: CivilDate;
    }
  /** An application that another account leads covers this one. */
  | { readonly kind: 'assistanceJoined'; readonly applicationId: string; readonly receivedOn: CivilDate; readonly on: CivilDate }
  /** An award above the limit of whoever decided. */
  | ({ readonly kind: 'assistanceProposed'; readonly applicationId: string } & AssistanceDecision)
  | ({ readonly kind: 'assistanceDecided'; readonly applicationId: string } & AssistanceDecision);

export type AssistanceEvent = AssistanceArrival | AssistanceConclusion;

/** What a person finds out or decides about an application. PHI: kept with the form only. */
export interface AssistanceForm {
  /** With `incomplete`. */
  readonly missing?: readonly MissingItem[];
  /** With `decided`: people in the household, and its yearly income in cents. */
  readonly household?: { readonly size: number; readonly annualIncomeCents: number };
  /** With `denied`. */
  readonly denial?: Exclude<DenialReason, 'incomeAboveScale'>;
  /** With `told` and `attempted`. */
  readonly attempt?: OralAttempt;
}

/** How somebody tried to tell the patient; it stands in the contact ledger too, and what refuses a contact refuses it. */
export interface OralAttempt {
  readonly channel: (typeof oralChannels)[number];
  readonly outcome: (typeof attemptOutcomes)[number];
  readonly at: Instant;
}

export const oralChannels = ['call', 'inPerson'] as const satisfies readonly ContactChannel[];
/** `conversation`: they were reached. */
export const attemptOutcomes = [
  'conversation',
  'leftMessage',
  'noAnswer',
  'notConnected',
  'wrongPerson',
] as const satisfies readonly ContactOutcome[];

export type AssistanceTaskKind =
  /** Tell the patient about assistance by phone or in person: an attempt is asked, reaching them is not. */
  | 'attemptOralNotice'
  | 'checkApplication'
  /** The patient was asked in writing for what is missing. */
  | 'awaitApplicationPapers'
  /** It came after the application period. */
  | 'takeLateApplication'
  | 'decideAssistance'
  /** Somebody decided to grant more than they may alone. */
  | 'approveAward'
  /** Assistance was granted: see that what was begun against the patient is taken back. */
  | 'reverseExtraordinaryAction';

export const assistanceTaskOutcomes = {
  attemptOralNotice: ['told', 'attempted', 'cannotReach'],
  checkApplication: ['complete', 'incomplete', 'applicationWithdrawn'],
  awaitApplicationPapers: ['complete', 'incomplete', 'applicationWithdrawn'],
  takeLateApplication: ['taken', 'notTaken'],
  /** `decided`: by the policy's scale from the household; `denied`: for another reason than income. */
  decideAssistance: ['decided', 'denied'],
  approveAward: ['approved', 'declined'],
  reverseExtraordinaryAction: ['reversed', 'cannotReverse'],
} as const satisfies Record<AssistanceTaskKind, readonly string[]>;

export const assistanceCommandKinds = [
  'sendCollectionNotice',
  /** `letterKind`: assistanceMissing, assistanceAward or assistanceDenial; the fields of each are the command's params. */
  'sendAssistanceLetter',
  'allowExtraordinaryAction',
  'withdrawExtraordinaryAction',
] as const;
