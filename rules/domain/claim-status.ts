import type { CivilDate } from './civil-date.ts';
import type { PersonName, Reference } from './claim-details.ts';
import type { SourcePlace } from './claim.ts';
import type { Cents } from './money.ts';

/** Who asks or answers about whom: the levels above a claim in a 276 or 277. PHI: stays in PostgreSQL. */
export interface StatusParties {
  /** NM1*PR of level 20. */
  readonly payerId: string;
  readonly payerName: string;
  /** NM1*1P of level 19, an organisation or a person (last name only). */
  readonly provider: { readonly name: string; readonly npi: string };
  readonly subscriber: PersonName;
  readonly memberId: string;
  /** Level 23: null when the subscriber is the patient. */
  readonly dependent: PersonName | null;
}

/** REF and DTP*472 of a claim in a 276 or 277; each null when it is not said. */
export interface StatusIdentifiers {
  /** REF*1K */
  readonly payerClaimNumber: string | null;
  /** REF*EJ: our submission key, CLM01. */
  readonly submissionKey: string | null;
  /** REF*BLT */
  readonly billType: string | null;
  /** REF*D9 */
  readonly clearinghouseTrace: string | null;
  /** Any other: EA, XZ, LU, 6P, … */
  readonly references: readonly Reference[];
  readonly servicedFrom: CivilDate | null;
  readonly servicedThrough: CivilDate | null;
}

/** SVC with what follows it. */
export interface StatusLine {
  /** REF*FJ */
  readonly controlNumber: string | null;
  readonly procedureQualifier: string;
  readonly procedureCode: string;
  readonly modifiers: readonly string[];
  readonly revenueCode: string | null;
  readonly chargeCents: Cents | null;
  readonly paidCents: Cents | null;
  readonly units: number | null;
  readonly servicedFrom: CivilDate | null;
  readonly servicedThrough: CivilDate | null;
}

/** One question of a 276 (005010X212, loop 2200D or 2200E): what became of this claim. */
export interface ClaimInquiry extends StatusParties, StatusIdentifiers {
  /** TRN02, echoed by the 277. */
  readonly trace: string;
  readonly bornOn: CivilDate | null;
  readonly sex: string;
  /** AMT*T3 */
  readonly chargeCents: Cents | null;
  readonly lines: readonly StatusLine[];
  readonly place: SourcePlace;
}

/** STC01, STC10 or STC11: category (A, D, E, F, P, R), code, entity and the list the code is of: '' claim status, LOI LOINC, RX NCPDP. */
export interface StatusCode {
  readonly category: string;
  readonly status: string;
  readonly entity: string;
  readonly codeList: string;
}

/** One STC of a 277. */
export interface ReportedStatus {
  readonly codes: readonly StatusCode[];
  /** STC02 */
  readonly on: CivilDate;
  /** STC04 and STC05 */
  readonly chargeCents: Cents | null;
  readonly paidCents: Cents | null;
  /** STC06: when adjudication ended. */
  readonly finalizedOn: CivilDate | null;
  /** STC08 and STC09: the remittance that paid, or denied, it. */
  readonly remittanceOn: CivilDate | null;
  readonly remittanceTrace: string | null;
}

/** The answer to one question of a 276: 277 of 005010X212, loop 2200D or 2200E. */
export interface ClaimStatusAnswer extends StatusParties, StatusIdentifiers {
  /** TRN02: that of the question. */
  readonly trace: string;
  readonly statuses: readonly ReportedStatus[];
  readonly lines: readonly (StatusLine & { readonly statuses: readonly ReportedStatus[] })[];
  readonly place: SourcePlace;
}

/** What a payer needs to go on: 277 of 005010X213 or 006020X313, loop 2200D or 2200E. Its LOINC codes name the documents. */
export interface DocumentRequest extends StatusParties, StatusIdentifiers {
  /** TRN02: the number that the documents must come back under (275, fax cover). */
  readonly attachmentControlNumber: string;
  readonly requested: readonly RequestedDocuments[];
  /** DTP*106 */
  readonly dueOn: CivilDate | null;
  readonly lines: readonly (StatusLine & { readonly requested: readonly RequestedDocuments[] })[];
  readonly place: SourcePlace;
}

/** One STC of a request: LOINC codes have the code list LOI. */
export interface RequestedDocuments {
  readonly codes: readonly StatusCode[];
  readonly on: CivilDate;
  /** STC12, in the payer's words. */
  readonly text: string;
}
