import type { CivilDate } from './civil-date.ts';
import type {
  Admission,
  ClaimAgreements,
  ClaimCode,
  ClaimExtras,
  PersonName,
  PostalAddress,
  ProviderDetails,
  Reference,
  RelatedCauses,
} from './claim-details.ts';
import type { Cents } from './money.ts';

export type { PersonName, PostalAddress } from './claim-details.ts';

export type ClaimType = 'professional' | 'institutional';

/** Payer sequence of a claim, SBR01: P, S, T. */
export type PayerSequence = 1 | 2 | 3;

/** What a submission does to what the payer has: 1 original, 7 replacement of an adjudicated claim, 8 void (NUBC; DOMAIN §1.1). */
export type Frequency = '1' | '7' | '8';

/** CLM05-3 as it is said, one character. Beside 1, 7 and 8: 0 no payment claimed, 2 to 4 interim bills of one stay, 5 late charges, 9 final of home health. */
export type BillFrequency = string;

/**
 * 2 to 5, 0 and 9 are bills of their own, with charges of their own and an answer of their own: originals. 6 and the letters change a bill
 * that the payer has, as 7 does.
 */
export function effectOf(frequency: BillFrequency): Frequency {
  if (frequency === '8') return '8';
  return /^[0-59]$/.test(frequency) ? '1' : '7';
}

/** Where in a stored file something was said: byte offset of the segment from the start of the file, counted from 0. */
export interface SourcePlace {
  readonly offset: number;
  readonly length: number;
}

export interface Coverage {
  readonly sequence: PayerSequence;
  /** NM109 of the payer loop (2010BB / 2330B); the payer's id in our tables. */
  readonly payerId: string;
  readonly payerName: string;
  readonly memberId: string;
  readonly groupNumber: string;
  /** SBR09 claim filing indicator: MB, MA, CI, BL, HM, 16, … */
  readonly filingIndicator: string;
  readonly relationship: string;
  readonly subscriber: PersonName;
  /** SBR04 */
  readonly groupName?: string;
  /** SBR05, why Medicare is secondary: 12, 13, 14, 41, 42, 43, 47. */
  readonly insuranceType?: string;
  /** NM102 = 2: an employer or insured organisation, named in `subscriber.last`. */
  readonly subscriberIsOrganisation?: true;
  /** Loop 2010BA or 2330A, when the subscriber is not the patient. */
  readonly subscriberAddress?: PostalAddress;
  readonly subscriberBornOn?: CivilDate;
  readonly subscriberSex?: string;
  readonly subscriberReferences?: readonly Reference[];
  readonly payerAddress?: PostalAddress;
  /** Loop 2010BB or 2330B: 2U payer id, G2 and LU our number with the payer, F8 the other payer's claim number, G1, 9F, … */
  readonly payerReferences?: readonly Reference[];
  /** OI03, OI04 and OI06 of another payer, only when other than Y, nothing and Y. */
  readonly otherInsurance?: { readonly benefitsAssigned: string; readonly patientSignature: string; readonly release: string };
}

export interface OtherPayerAdjustment {
  readonly group: string;
  readonly carc: string;
  readonly cents: Cents;
  /** Units taken off, where the payer says it. */
  readonly quantity?: number | undefined;
}

/** What another payer already did with this claim: loop 2320 / 2330B / 2430 of a secondary claim. */
export interface OtherPayerAdjudication {
  readonly payerId: string;
  readonly paidCents: Cents;
  readonly adjudicatedOn: CivilDate | null;
  readonly adjustments: readonly OtherPayerAdjustment[];
  /** AMT*EAF: what it leaves to others. */
  readonly remainingLiabilityCents?: Cents;
  /** AMT*A8, of the claim only. */
  readonly nonCoveredCents?: Cents;
  /** MOA01 to MOA09 or MIA01 to MIA24 of its remittance, as text; of the claim only. */
  readonly outpatientRemarks?: readonly string[];
  readonly inpatientRemarks?: readonly string[];
}

/** Loop 2430. What was adjudicated is told only where it is not what the line says. */
export interface LineAdjudication extends OtherPayerAdjudication {
  readonly procedure?: { readonly qualifier: string; readonly code: string; readonly modifiers: readonly string[] };
  readonly revenueCode?: string;
  readonly units?: number;
  /** SVD06: the line it was bundled into. */
  readonly bundledInto?: string;
}

export interface ClaimLine extends ClaimExtras {
  /** LX01, from 1. */
  readonly number: number;
  /** REF*6R when given, else the line number as text. */
  readonly controlNumber: string;
  readonly revenueCode: string | null;
  readonly procedureQualifier: string | null;
  readonly procedureCode: string | null;
  readonly modifiers: readonly string[];
  readonly chargeCents: Cents;
  readonly units: number;
  /** SV103 / SV204, only when other than UN: MJ minutes, DA days. */
  readonly unitQualifier?: string;
  readonly servicedOn: CivilDate | null;
  /** Only when the line spans more than one day. */
  readonly servicedThrough?: CivilDate;
  readonly diagnosisPointers: readonly number[];
  /** SV101-7 or SV202-7 */
  readonly description?: string;
  /** SV105, when other than the claim's. */
  readonly placeOfService?: string;
  /** SV109 emergency, SV111 EPSDT, SV112 family planning and SV115 copay exempt: all four in this order, as they are said; only when one is. */
  readonly indicators?: readonly string[];
  /** SV207 */
  readonly nonCoveredCents?: Cents;
  readonly otherPayers: readonly LineAdjudication[];
}

/** One claim of an 837: one CLM segment with everything that hangs on it. */
export interface SubmittedClaim extends ClaimExtras {
  readonly claimType: ClaimType;
  /** CLM01: our key of this submission, echoed as CLP01; at most 20 characters. */
  readonly submissionKey: string;
  readonly frequency: BillFrequency;
  /** REF*F8 (loop 2300): required when frequency is 7 or 8. */
  readonly originalPayerClaimNumber: string | null;
  readonly chargeCents: Cents;
  /** CLM05-1: place of service (professional) or the two leading digits of the bill type (institutional). */
  readonly facilityCode: string;
  readonly servicedFrom: CivilDate;
  readonly servicedThrough: CivilDate;
  readonly billingProvider: {
    /** Of a person: first and last name. */
    readonly name: string;
    readonly npi: string;
    readonly taxId: string;
    readonly address: PostalAddress;
    /** NM102 = 1 */
    readonly person?: PersonName;
    /** The tax id is a social security number (REF*SY), not an employer's (REF*EI). */
    readonly taxIdIsPersonal?: true;
    readonly taxonomy?: string;
    readonly references?: readonly Reference[];
    /** Loop 2010AB */
    readonly payTo?: PostalAddress;
  };
  readonly renderingProviderNpi: string | null;
  /** Who that is, when it is said. */
  readonly renderingProvider?: ProviderDetails;
  readonly patient: {
    readonly name: PersonName;
    readonly bornOn: CivilDate | null;
    readonly sex: string;
    readonly address: PostalAddress;
    /** REF*EA medical record number, when given. */
    readonly recordNumber: string | null;
    /** Loop 2010CA, or 2010BA of a patient who is the subscriber: Y4 property and casualty claim number, SY, … */
    readonly references?: readonly Reference[];
  };
  /** The payer this claim is sent to comes first; the others follow by sequence. */
  readonly coverages: readonly Coverage[];
  readonly destination: PayerSequence;
  /** ICD-10 without points, the principal one first. */
  readonly diagnoses: readonly string[];
  /** On claims of before October 2015. */
  readonly diagnosisCodeSet?: 'ICD-9';
  /** HI0n-9 of each diagnosis, '' where it is not said; absent when it is said of none. */
  readonly presentOnAdmission?: readonly string[];
  readonly codes?: readonly ClaimCode[];
  readonly admission?: Admission;
  /** Only when other than usual: Y (institutional: nothing), A, Y, Y and nothing. */
  readonly agreements?: ClaimAgreements;
  readonly relatedCauses?: RelatedCauses;
  /** CLM12 */
  readonly specialProgram?: string;
  /** CLM20: why it comes late. */
  readonly delayReason?: string;
  /** AMT*F5 */
  readonly patientPaidCents?: Cents;
  /** REF*G1 (prior authorisation), REF*9F (referral), REF*D9 (clearinghouse trace). */
  readonly authorizationNumber: string | null;
  readonly referralNumber: string | null;
  readonly clearinghouseTrace: string | null;
  readonly otherPayers: readonly OtherPayerAdjudication[];
  readonly lines: readonly ClaimLine[];
  readonly place: SourcePlace;
}
