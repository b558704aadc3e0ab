import type { CivilDate } from './civil-date.ts';
import type { PostalAddress, SourcePlace } from './claim.ts';
import type { Cents } from './money.ts';

/** REF of an 835: REF01 and REF02. */
export interface RemittanceReference {
  readonly qualifier: string;
  readonly value: string;
}

/** AMT of an 835: AMT01 and AMT02. They inform and take no part in balancing. */
export interface ClaimAmount {
  readonly qualifier: string;
  readonly cents: Cents;
}

/** A procedure as a composite element tells it (X12 C003). */
export interface ServiceCode {
  readonly qualifier: string;
  readonly code: string;
  readonly modifiers: readonly string[];
}

/** NM1 of loop 2100. `last` is the name of an organisation. PHI, where it is a person. */
export interface RemittedParty {
  readonly last: string;
  readonly first: string;
  readonly middle?: string | undefined;
  readonly suffix?: string | undefined;
  /** NM108: MI member, XX NPI, PI payer, C corrected member, HN, 34, … */
  readonly idQualifier?: string | undefined;
  readonly id?: string | undefined;
}

/** PER: whom to ask. */
export interface RemittanceContact {
  /** PER01: CX claims, BL technical, IC website. */
  readonly kind: string;
  readonly name: string;
  /** PER03 to 08: TE telephone, EX extension, FX fax, EM mail, UR address of a website. */
  readonly numbers: readonly { readonly qualifier: string; readonly value: string }[];
}

/** Loop 1000A. */
export interface RemittancePayer {
  readonly address: PostalAddress | null;
  readonly references: readonly RemittanceReference[];
  readonly contacts: readonly RemittanceContact[];
}

/** Loop 1000B. */
export interface RemittancePayee {
  readonly name: string;
  /** N103 and N104: XX NPI, FI tax id, XV plan. */
  readonly idQualifier: string;
  readonly id: string;
  readonly address: PostalAddress | null;
  /** TJ tax id, PQ and D3 ids of the payer, … */
  readonly references: readonly RemittanceReference[];
}

/** The amounts of a MIA segment, by what they are. */
export type InpatientAmount =
  | 'operatingOutlier'
  | 'claimDrg'
  | 'disproportionateShare'
  | 'medicareSecondaryPassThrough'
  | 'capital'
  | 'capitalFederalDrg'
  | 'capitalHospitalDrg'
  | 'capitalDisproportionateShare'
  | 'oldCapital'
  | 'capitalTeaching'
  | 'operatingHospitalDrg'
  | 'operatingFederalDrg'
  | 'claimOutlier'
  | 'indirectTeaching'
  | 'nonpayableProfessional'
  | 'capitalException';

/** MIA (loop 2100): how an inpatient claim was adjudicated. */
export interface InpatientAdjudication {
  /** MIA01, MIA03, MIA15 */
  readonly coveredDays?: number | undefined;
  readonly lifetimePsychiatricDays?: number | undefined;
  readonly costReportDays?: number | undefined;
  readonly amounts: Readonly<Partial<Record<InpatientAmount, Cents>>>;
}

/** MOA (loop 2100): how an outpatient claim was adjudicated. */
export interface OutpatientAdjudication {
  /** MOA01, a share of 1 */
  readonly reimbursementRate?: number | undefined;
  readonly hcpcsPayableCents?: Cents | undefined;
  readonly endStageRenalCents?: Cents | undefined;
  readonly nonpayableProfessionalCents?: Cents | undefined;
}

/** One LX of an 835 with its TS3 and TS2: totals of one provider and kind of bill, as the payer counted them (Medicare part A). */
export interface ProviderSummary {
  /** LX01, TS301 to TS305 */
  readonly number: string;
  readonly providerId: string;
  readonly facilityCode: string;
  readonly fiscalYearEndsOn?: CivilDate | undefined;
  readonly claimCount: number;
  readonly chargeCents: Cents;
  /** The amounts of TS3 (13 to 24) and TS2 (01 to 19) that are said, by segment and element: `TS3-13`. */
  readonly amounts: readonly ClaimAmount[];
  readonly place: SourcePlace;
}
