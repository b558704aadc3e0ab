import type { CivilDate } from './civil-date.ts';
import type { Cents } from './money.ts';

export type ClaimType = 'professional' | 'institutional';

/** Payer sequence of a claim, SBR01: P, S, T. */
export type PayerSequence = 1 | 2 | 3;

/** CLM05-3: 1 original, 7 replacement of an adjudicated claim, 8 void (NUBC; DOMAIN §1.1). */
export type Frequency = '1' | '7' | '8';

/** Where in a stored file something was said: byte offset of the segment from the start of the file, counted from 0. */
export interface SourcePlace {
  readonly offset: number;
  readonly length: number;
}

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
}

/** What another payer already did with this claim: loop 2320 / 2330B / 2430 of a secondary claim. */
export interface OtherPayerAdjudication {
  readonly payerId: string;
  readonly paidCents: Cents;
  readonly adjudicatedOn: CivilDate | null;
  readonly adjustments: readonly { readonly group: string; readonly carc: string; readonly cents: Cents }[];
}

export interface ClaimLine {
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
  readonly otherPayers: readonly OtherPayerAdjudication[];
}

/** One claim of an 837: one CLM segment with everything that hangs on it. */
export interface SubmittedClaim {
  readonly claimType: ClaimType;
  /** CLM01: our key of this submission, echoed as CLP01; at most 20 characters. */
  readonly submissionKey: string;
  readonly frequency: Frequency;
  /** REF*F8 (loop 2300): required when frequency is 7 or 8. */
  readonly originalPayerClaimNumber: string | null;
  readonly chargeCents: Cents;
  /** CLM05-1: place of service (professional) or the two leading digits of the bill type (institutional). */
  readonly facilityCode: string;
  readonly servicedFrom: CivilDate;
  readonly servicedThrough: CivilDate;
  readonly billingProvider: { readonly name: string; readonly npi: string; readonly taxId: string; readonly address: PostalAddress };
  readonly renderingProviderNpi: string | null;
  readonly patient: {
    readonly name: PersonName;
    readonly bornOn: CivilDate | null;
    readonly sex: string;
    readonly address: PostalAddress;
    /** REF*EA medical record number, when given. */
    readonly recordNumber: string | null;
  };
  /** The payer this claim is sent to comes first; the others follow by sequence. */
  readonly coverages: readonly Coverage[];
  readonly destination: PayerSequence;
  readonly diagnoses: readonly string[];
  /** REF*G1 (prior authorisation), REF*9F (referral), REF*D9 (clearinghouse trace). */
  readonly authorizationNumber: string | null;
  readonly referralNumber: string | null;
  readonly clearinghouseTrace: string | null;
  readonly otherPayers: readonly OtherPayerAdjudication[];
  readonly lines: readonly ClaimLine[];
  readonly place: SourcePlace;
}
