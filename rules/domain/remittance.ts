import type { CivilDate } from './civil-date.ts';
import type { SourcePlace } from './claim.ts';
import type { Cents } from './money.ts';

/** CAS01: who bears it (DOMAIN §3.3). CR only on old files. */
export type AdjustmentGroup = 'CO' | 'PR' | 'OA' | 'PI' | 'CR';

/** One (group, CARC, amount) of a CAS segment; a positive amount reduces the payment. */
export interface Adjustment {
  readonly group: AdjustmentGroup;
  readonly carc: string;
  readonly cents: Cents;
  readonly place: SourcePlace;
}

export interface RemittanceLine {
  readonly number: number;
  /** REF*6R, when the payer returned it. */
  readonly controlNumber: string | null;
  readonly procedureCode: string | null;
  readonly revenueCode: string | null;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  /** AMT*B6 */
  readonly allowedCents: Cents | null;
  readonly adjustments: readonly Adjustment[];
  /** LQ*HE */
  readonly rarcs: readonly string[];
  readonly place: SourcePlace;
}

/** One CLP loop (2100) of an 835. All amounts of a reversal (CLP02 = 22) are negative. */
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
  readonly adjustments: readonly Adjustment[];
  /** MOA/MIA remark codes of the claim. */
  readonly rarcs: readonly string[];
  /** NM1*TT: the payer it was crossed over to. */
  readonly crossoverPayerId: string | null;
  /** DTM*050 */
  readonly receivedOn: CivilDate | null;
  readonly servicedFrom: CivilDate | null;
  /** Loop 2100 NM1*QC, for matching only. PHI. */
  readonly patient: { readonly last: string; readonly first: string; readonly memberId: string };
  readonly lines: readonly RemittanceLine[];
  /** From CLP to the byte before the next CLP, PLB or SE. */
  readonly place: SourcePlace;
}

export interface ProviderAdjustment {
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
  /** BPR16; the date of the remittance. */
  readonly paidOn: CivilDate;
  /** TRN02 */
  readonly trace: string;
  /** DTM*405 */
  readonly producedOn: CivilDate | null;
  readonly claims: readonly RemittanceClaim[];
  readonly providerAdjustments: readonly ProviderAdjustment[];
  readonly imbalances: readonly Imbalance[];
  readonly place: SourcePlace;
}

export interface Imbalance {
  readonly level: 'line' | 'claim' | 'check';
  readonly offset: number;
  readonly expectedCents: Cents;
  readonly cameCents: Cents;
}
