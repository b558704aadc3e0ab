import type { CivilDate } from './civil-date.ts';
import type { SourcePlace } from './claim.ts';
import type { Cents } from './money.ts';
import type {
  ClaimAmount,
  InpatientAdjudication,
  OutpatientAdjudication,
  RemittanceContact,
  RemittancePayee,
  RemittancePayer,
  RemittanceReference,
  ServiceCode,
  RemittedParty,
  ProviderSummary,
} from './remittance-details.ts';

/** CAS01: who bears it (DOMAIN §3.3). CR only on old files. */
export type AdjustmentGroup = 'CO' | 'PR' | 'OA' | 'PI' | 'CR';

/** One (group, CARC, amount) of a CAS segment; a positive amount reduces the payment. */
export interface Adjustment {
  readonly group: AdjustmentGroup;
  readonly carc: string;
  readonly cents: Cents;
  /** Units it takes away, when said (CAS04, 07, …). */
  readonly quantity?: number | undefined;
  readonly place: SourcePlace;
}

/** One SVC loop (2110). What is optional was not said by the payer. */
export interface RemittanceLine {
  readonly number: number;
  /** REF*6R, when the payer returned it. */
  readonly controlNumber: string | null;
  /** SVC01-1 and 01-2, as adjudicated: the payer may have changed what we sent, see `submitted`. */
  readonly procedureQualifier?: string | undefined;
  readonly procedureCode: string | null;
  /** SVC01-3 to 01-6. */
  readonly modifiers?: readonly string[] | undefined;
  readonly revenueCode: string | null;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  /** SVC05; 1 when it is not said. */
  readonly paidUnits?: number | undefined;
  /** SVC06: what we sent, where the payer adjudicated another code. */
  readonly submitted?: ServiceCode | undefined;
  /** SVC07: the units we sent, where they differ from those paid. */
  readonly submittedUnits?: number | undefined;
  /** DTM*472, or DTM*150 and 151. */
  readonly servicedOn?: CivilDate | undefined;
  readonly servicedThrough?: CivilDate | undefined;
  /** AMT*B6 */
  readonly allowedCents: Cents | null;
  readonly adjustments: readonly Adjustment[];
  /** LQ*HE */
  readonly rarcs: readonly string[];
  /** LQ*RX: reject codes of a pharmacy claim (NCPDP). */
  readonly pharmacyRejects?: readonly string[] | undefined;
  /** All REF of the loop but 6R: authorization (G1, BB), policy the line was judged by (0K), rendering provider (HPI, 1C, …), APG (1S). */
  readonly references?: readonly RemittanceReference[] | undefined;
  /** All AMT of the loop but B6: deduction for late filing (KH), per-day limit (DY), tax (T), … */
  readonly amounts?: readonly ClaimAmount[] | undefined;
  readonly quantities?: readonly { readonly qualifier: string; readonly quantity: number }[] | undefined;
  readonly place: SourcePlace;
}

/** One CLP loop (2100) of an 835. All amounts of a reversal (CLP02 = 22) are negative. What is optional was not said by the payer. */
export interface RemittanceClaim {
  /** CLP01: our submission key, echoed. */
  readonly submissionKey: string;
  /** CLP02: 1, 2, 3, 4, 19, 20, 21, 22, 23, 25. */
  readonly status: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly patientResponsibilityCents: Cents;
  readonly filingIndicator: string;
  /** CLP07 */
  readonly payerClaimNumber: string;
  /** CLP08 and 09, echoed from CLM05. */
  readonly facilityCode?: string | undefined;
  readonly frequency?: string | undefined;
  /** CLP11 to 13: the DRG it was paid by, its weight, and the share of a transferred stay. */
  readonly drg?: string | undefined;
  readonly drgWeight?: number | undefined;
  readonly dischargeFraction?: number | undefined;
  readonly adjustments: readonly Adjustment[];
  /** MOA/MIA remark codes of the claim. */
  readonly rarcs: readonly string[];
  /** MIA and MOA without their remarks. */
  readonly inpatient?: InpatientAdjudication | undefined;
  readonly outpatient?: OutpatientAdjudication | undefined;
  /** NM1*TT: the payer it was crossed over to. */
  readonly crossoverPayerId: string | null;
  readonly crossoverPayerName?: string | undefined;
  /** DTM*050 */
  readonly receivedOn: CivilDate | null;
  /** DTM*232, else the first day of its lines; DTM*233. */
  readonly servicedFrom: CivilDate | null;
  readonly servicedThrough?: CivilDate | undefined;
  /** DTM*036: the coverage had expired on that day. */
  readonly coverageExpiredOn?: CivilDate | undefined;
  /** Loop 2100 NM1*QC, for matching only. PHI. */
  readonly patient: {
    readonly last: string;
    readonly first: string;
    readonly middle?: string | undefined;
    readonly suffix?: string | undefined;
    readonly memberId: string;
  };
  /** NM1*IL when it is another than the patient; NM1*74 how the payer spells the insured. PHI. */
  readonly subscriber?: RemittedParty | undefined;
  readonly corrected?: RemittedParty | undefined;
  /** NM1*82 */
  readonly renderingProvider?: RemittedParty | undefined;
  /** NM1*PR: who should have paid first; NM1*GB: the subscriber there. */
  readonly priorityPayer?: RemittedParty | undefined;
  readonly otherSubscriber?: RemittedParty | undefined;
  /** All REF of the loop: original number of a reversed claim (F8), group or policy (1L), record number (EA), authorization (G1), … */
  readonly references?: readonly RemittanceReference[] | undefined;
  /** All AMT of the loop: coverage (AU), paid by the patient (F5), interest (I), discount (D8), … */
  readonly amounts?: readonly ClaimAmount[] | undefined;
  readonly quantities?: readonly { readonly qualifier: string; readonly quantity: number }[] | undefined;
  /** PER*CX: where to ask about this claim. */
  readonly contacts?: readonly RemittanceContact[] | undefined;
  readonly lines: readonly RemittanceLine[];
  /** From CLP to the byte before the next CLP, LX, PLB or SE. */
  readonly place: SourcePlace;
}

export interface ProviderAdjustment {
  /** PLB01 and 02. */
  readonly providerId?: string | undefined;
  readonly fiscalYearEndsOn?: CivilDate | undefined;
  readonly code: string;
  readonly reference: string;
  readonly cents: Cents;
  readonly place: SourcePlace;
}

/** One ST*835. `imbalances` is empty when line, claim and check balance (DOMAIN §3.4); otherwise nothing of it may be posted. */
export interface Remittance {
  readonly payerId: string;
  readonly payerName: string;
  readonly payeeNpi: string;
  /** BPR02 */
  readonly paidCents: Cents;
  /** BPR04: ACH, CHK, NON, … */
  readonly method: string;
  /** BPR01: I remittance only, H nothing is paid, C and D with the payment, …; BPR03: C credit, D debit. */
  readonly handling?: string | undefined;
  readonly direction?: string | undefined;
  /** BPR16; the date of the remittance. */
  readonly paidOn: CivilDate;
  /** TRN02 */
  readonly trace: string;
  /** TRN03: 1 and the tax id of who paid. */
  readonly originatorId?: string | undefined;
  /** DTM*405 */
  readonly producedOn: CivilDate | null;
  /** REF*EV: who receives it, where that is not the payee. */
  readonly receiverId?: string | undefined;
  /** CUR02, where it is not told in US dollars. */
  readonly currency?: string | undefined;
  /** Loops 1000A and 1000B. */
  readonly payer?: RemittancePayer | undefined;
  readonly payee?: RemittancePayee | undefined;
  readonly claims: readonly RemittanceClaim[];
  readonly providerAdjustments: readonly ProviderAdjustment[];
  /** TS3 and TS2 of each LX. */
  readonly providerSummaries?: readonly ProviderSummary[] | undefined;
  readonly imbalances: readonly Imbalance[];
  readonly place: SourcePlace;
}

export interface Imbalance {
  readonly level: 'line' | 'claim' | 'check';
  readonly offset: number;
  readonly expectedCents: Cents;
  readonly cameCents: Cents;
}
