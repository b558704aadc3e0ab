import type { CivilDate } from './civil-date.ts';

/** What kind of refusal an adjustment is (DOMAIN §4). Small enough to manage by; the raw codes are kept beside it. */
export const DenialCategory = {
  patientResponsibility: 'PTR',
  contractual: 'CTR',
  eligibility: 'ELG',
  coordinationOfBenefits: 'COB',
  authorization: 'AUT',
  timelyFiling: 'TFL',
  appeal: 'APL',
  medicalNecessity: 'MED',
  coding: 'COD',
  enrollment: 'ENR',
  duplicate: 'DUP',
  notCovered: 'NCV',
  documentation: 'DOC',
  pending: 'PND',
  underpayment: 'UND',
  other: 'OTH',
} as const;
export type DenialCategory = (typeof DenialCategory)[keyof typeof DenialCategory];

/** What is usually done first about a CARC, before any payer's rule says otherwise. Several of them are work of a person. */
export const usualActions = [
  'replacement',
  'newClaim',
  'documents',
  'reconsideration',
  'appeal',
  'otherPayer',
  'nextPayer',
  'patient',
  'wait',
  'writeOff',
  'callPayer',
  'contactPatient',
  'verifyEligibility',
  'coderReview',
  'contractReview',
  'enrolment',
  'findOriginal',
  'none',
] as const;
export type UsualAction = (typeof usualActions)[number];

export interface CarcEntry {
  /** In our own short words. */
  readonly label: string;
  readonly category: DenialCategory;
  /** The category when the adjustment stands under group PR. */
  readonly underPatientResponsibility?: DenialCategory | undefined;
  /** The code says little alone: a remark code may say better what is wrong. */
  readonly needsRarc?: boolean | undefined;
  /** In the order in which they are tried; empty when nothing is to be done. */
  readonly defaultActions: readonly UsualAction[];
  /** `soft` = cured by data, documents or waiting; `hard` = disputed or lost; null = not a denial. */
  readonly curable: 'soft' | 'hard' | null;
  readonly preventable: 'yes' | 'no' | 'sometimes';
  readonly appealable: 'yes' | 'no' | 'sometimes';
  /** Deactivated by X12; old remittances still carry it. */
  readonly retired?: boolean | undefined;
}

/** rules/reference/denial-categories.json, read. */
export interface CategoryTable {
  readonly carcs: Readonly<Record<string, CarcEntry>>;
  readonly rarcs: Readonly<Record<string, DenialCategory>>;
}

/** The category of one adjustment; `OTH` for a code we do not know and for a group the code does not belong under. */
export function categorise(
  table: CategoryTable,
  adjustment: { readonly group: string; readonly carc: string; readonly rarcs: readonly string[] },
): DenialCategory {
  const entry = own(table.carcs, adjustment.carc);
  if (entry === undefined) return DenialCategory.other;
  if (adjustment.group === 'PR') return underPatientResponsibility(entry);
  if (entry.category === DenialCategory.patientResponsibility) return DenialCategory.other;
  if (entry.category === DenialCategory.contractual && adjustment.group === 'PI') return DenialCategory.underpayment;
  return (entry.needsRarc === true ? remarked(table, adjustment.rarcs) : undefined) ?? entry.category;
}

/** What is done first about this CARC; null for a code the table does not know. */
export function usualAction(table: CategoryTable, carc: string): UsualAction | null {
  const entry = own(table.carcs, carc);
  return entry === undefined ? null : (entry.defaultActions[0] ?? 'none');
}

/** Whether money was refused: contractual and patient-responsibility adjustments refuse none, OA-23 repeats what an earlier payer did, and nothing is no money. */
export function isDenial({
  group,
  carc,
  cents,
  category,
}: {
  readonly group: string;
  readonly carc: string;
  readonly cents: number;
  readonly category: string;
}): boolean {
  const isOwnDue = category === DenialCategory.contractual || category === DenialCategory.patientResponsibility;
  return !isOwnDue && !(group === 'OA' && carc === '23') && cents !== 0;
}

/** A "contractual" reduction under PR would bill the patient above the allowed amount: a person checks that first (DOMAIN §3.4). */
function underPatientResponsibility(entry: CarcEntry): DenialCategory {
  if (entry.category === DenialCategory.contractual) return DenialCategory.other;
  return entry.underPatientResponsibility ?? entry.category;
}

function remarked(table: CategoryTable, rarcs: readonly string[]): DenialCategory | undefined {
  for (const rarc of rarcs) {
    const category = own(table.rarcs, rarc);
    if (category !== undefined) return category;
  }
  return undefined;
}

/** A code comes from a file: `constructor` must not find anything. */
function own<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/** The earliest acceptance of the claim by its payer (277CA A2), of whichever submission, and where it was said. */
export interface TimelyFilingProof {
  readonly submissionKey: string;
  readonly acceptedOn: CivilDate;
  readonly fileId: string | null;
  readonly offset: number | null;
  /** Null when no policy gives a filing limit. */
  readonly limitOn: CivilDate | null;
  readonly isInTime: boolean;
}
