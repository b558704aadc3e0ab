import type { CivilDate } from './civil-date.ts';
import type { SourcePlace } from './claim.ts';
import type { Cents } from './money.ts';

/** TA1: the whole interchange. `refused` = never parsed, send again (DOMAIN §2). */
export interface InterchangeAcknowledgement {
  readonly interchangeControlNumber: string;
  /** TA104 */
  readonly code: 'A' | 'E' | 'R';
  readonly note: string;
  readonly place: SourcePlace;
}

/** 999: one functional group of ours, and its transaction sets. */
export interface FunctionalAcknowledgement {
  /** AK101 / AK102: our GS01 and GS06. */
  readonly functionalId: string;
  readonly groupControlNumber: string;
  /** AK901: A accepted, E accepted with errors, P partly accepted, R rejected (and M, W, X: rejected for security). */
  readonly code: string;
  readonly transactions: readonly {
    /** AK202: our ST02. */
    readonly controlNumber: string;
    /** IK501 */
    readonly code: string;
    readonly place: SourcePlace;
  }[];
  readonly place: SourcePlace;
}

/**
 * One claim of a 277CA: STC category and status. A1 received, A2 accepted into adjudication, A3/A6/A7/A8 rejected, A4 not found, A5 split.
 * Only a payer's acceptance is proof of timely filing.
 */
export interface ClaimAcknowledgement {
  /** TRN02 of loop 2200D: our submission key (CLM01). */
  readonly submissionKey: string;
  readonly by: 'payer' | 'clearinghouse';
  readonly sourceId: string;
  readonly category: string;
  readonly status: string;
  /** STC01-3, such as IL or 85. */
  readonly entity: string | null;
  /** STC03: WQ accept, U reject. */
  readonly action: string;
  /** STC02 */
  readonly effectiveOn: CivilDate;
  /** REF*1K */
  readonly payerClaimNumber: string | null;
  /** REF*D9 */
  readonly clearinghouseTrace: string | null;
  /** What it repeats of the claim, for matching only; absent when it repeats nothing. PHI. */
  readonly repeated?: RepeatedClaim;
  readonly place: SourcePlace;
}

/** NM1*QC, STC04 and DTP*472 of loop 2200D. */
export interface RepeatedClaim {
  readonly last: string;
  readonly first: string;
  readonly memberId: string;
  readonly chargeCents: Cents | null;
  readonly servicedFrom: CivilDate | null;
}

/** A status of a whole batch or of all claims of one provider in it (277CA loops 2200B, 2200C): a rejection here names no claim. */
export interface BatchAcknowledgement
  extends Pick<ClaimAcknowledgement, 'category' | 'status' | 'entity' | 'action' | 'effectiveOn' | 'place'> {
  /** TRN02 of that loop. */
  readonly trace: string;
}
