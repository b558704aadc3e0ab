import type { CivilDate } from './civil-date.ts';

/** A person as the 837 names them. PHI: stays in PostgreSQL. */
export interface PersonName {
  readonly last: string;
  readonly first: string;
  readonly middle: string;
}

export interface PostalAddress {
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

/** REF01 and REF02. */
export interface Reference {
  readonly qualifier: string;
  readonly value: string;
}

/** DTP of a claim or line beside its dates of service: 431 onset, 439 accident, 454 first treatment, 304 last seen, … */
export interface QualifiedDate {
  readonly qualifier: string;
  readonly from: CivilDate;
  /** Only when it is a range. */
  readonly through?: CivilDate;
}

/** PWK: a document that is sent apart, under the number the 275 (or a fax cover) will name. */
export interface Attachment {
  /** PWK01: OZ support data, M1 medical record attachment, 03 report justifying treatment, EB explanation of benefits, … */
  readonly reportType: string;
  /** PWK02: EL electronically (275), FX fax, BM mail, AA at the provider's, FT file transfer, EM e-mail. */
  readonly transmission: string;
  /** PWK06, '' when it is not sent (AA). */
  readonly controlNumber: string;
}

/** NTE01 (ADD, CER, DCP, DGN, TPO, UPI, …) and NTE02. */
export interface Note {
  readonly qualifier: string;
  readonly text: string;
}

/** A segment nothing here works with, such as CR1, CRC, HCP or LIN: kept so that the next submission says it again. */
export interface KeptSegment {
  readonly id: string;
  /** Each split into its components. */
  readonly elements: readonly (readonly string[])[];
}

/** Who a provider is, apart from the NPI. */
export interface ProviderDetails {
  /** NM102 = 1; an organisation has its name in `last`. */
  readonly isPerson: boolean;
  readonly name: PersonName;
  /** PRV03 */
  readonly taxonomy?: string;
  readonly references?: readonly Reference[];
  readonly address?: PostalAddress;
}

/** Loop 2310 or 2420. */
export interface ClaimProvider extends ProviderDetails {
  /** NM101: 71 attending, 72 operating, ZZ other operating, 82 rendering, DN and P3 referring, DK ordering, DQ supervising, 77 service facility. */
  readonly role: string;
  /** NM109, '' when there is none. */
  readonly npi: string;
}

/**
 * One composite of an HI that is no diagnosis a line points at. The qualifier names the list: ABJ admitting diagnosis, APR reason for visit,
 * ABN external cause, BBR and BBQ procedures, DR diagnosis related group, BH occurrence, BI occurrence span, BE value, BG condition,
 * TC treatment; of ICD-9 BJ, PR, BN, BR and BQ.
 */
export interface ClaimCode {
  readonly qualifier: string;
  readonly code: string;
  /** HI0n-4: of a procedure or an occurrence. */
  readonly from?: CivilDate;
  /** Only of an occurrence span. */
  readonly through?: CivilDate;
  /** HI0n-5, decimal text: value codes carry money, days, hours or measures, each as its code says. */
  readonly value?: string;
  /** HI0n-9 */
  readonly presentOnAdmission?: string;
}

/** CL1, DTP*435 and DTP*096 of an institutional claim; DTP*435 of a professional one. */
export interface Admission {
  readonly on: CivilDate | null;
  /** HHMM, '' when it is not said. */
  readonly hour: string;
  readonly dischargeHour: string;
  /** CL101 1 emergency, 2 urgent, 3 elective, 4 newborn, 5 trauma; CL102 point of origin; CL103 patient discharge status. */
  readonly type: string;
  readonly source: string;
  readonly patientStatus: string;
}

/** CLM06 to CLM10, as they are said. */
export interface ClaimAgreements {
  readonly providerSignature: string;
  /** CLM07: A the provider accepts assignment, B for laboratory services only, C not. */
  readonly assignment: string;
  readonly benefitsAssigned: string;
  readonly release: string;
  readonly patientSignature: string;
}

/** CLM11: AA automobile accident, EM employment, OA other accident, and where. */
export interface RelatedCauses {
  readonly codes: readonly string[];
  readonly state: string;
  readonly country: string;
}

/** What a claim and a line may both say. All of it is absent when nothing of it is said. */
export interface ClaimExtras {
  readonly attachments?: readonly Attachment[];
  readonly dates?: readonly QualifiedDate[];
  readonly references?: readonly Reference[];
  readonly notes?: readonly Note[];
  /** K301 */
  readonly fixedText?: readonly string[];
  /** Loop 2310 or 2420 in their order; of the claim, all but the rendering provider. */
  readonly providers?: readonly ClaimProvider[];
  readonly kept?: readonly KeptSegment[];
}
