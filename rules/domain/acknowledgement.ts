import type { CivilDate } from './civil-date.ts';
import type { SourcePlace } from './claim.ts';
import type { Cents } from './money.ts';

/** TA1: the whole interchange. `refused` = never parsed, send again (DOMAIN §2). */
export interface InterchangeAcknowledgement {
  readonly interchangeControlNumber: string;
  /** TA102 and TA103, HHMM: when the interchange says it was made; absent when they are no date and time. */
  readonly madeOn?: CivilDate;
  readonly madeAtTime?: string;
  /** TA104 */
  readonly code: 'A' | 'E' | 'R';
  /** TA105: 000 no error, 001 control numbers differ, 021 group count, 022 structure, 023 end of file, 024 content, 025 duplicate. */
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
  /** AK103: our GS08. */
  readonly version?: string;
  /** AK905 to AK909: what is wrong with the group itself. */
  readonly errorCodes?: readonly string[];
  /** AK902 to AK904, only when they are other than the transactions below. */
  readonly counts?: { readonly included: number; readonly received: number; readonly accepted: number };
  readonly transactions: readonly AcknowledgedTransaction[];
  readonly place: SourcePlace;
}

export interface AcknowledgedTransaction {
  /** AK202: our ST02. */
  readonly controlNumber: string;
  /** IK501: as AK901. */
  readonly code: string;
  /** AK201, only when it is not the one that belongs to the group. */
  readonly transactionSetId?: string;
  /** AK203 */
  readonly version?: string;
  /** IK502 to IK506: 1 not supported, 2 trailer missing, 3 control numbers differ, 4 segment count, 5 segments in error, … */
  readonly errorCodes?: readonly string[];
  readonly segmentErrors?: readonly SegmentError[];
  readonly place: SourcePlace;
}

/** IK3 with its CTX and IK4. The copy of the bad element (IK404) may be a name and stays in the raw file. */
export interface SegmentError {
  /** IK301 */
  readonly segmentId: string;
  /** IK302: from 1 for ST. */
  readonly position: number;
  /** IK303, '' when it is not said. */
  readonly loop: string;
  /** IK304: 1 unknown id, 2 unexpected, 3 missing, 5 too many, 7 order, 8 an element is wrong, I… as the guide says; '' when not said. */
  readonly code: string;
  /** CTX*CLM01: the claim in which it stands. */
  readonly submissionKey?: string;
  readonly elements?: readonly {
    /** IK401-1; with a component as `5-3`. */
    readonly element: string;
    /** IK403: 1 missing, 4 too short, 5 too long, 6 invalid character, 7 invalid code, 8 invalid date, 9 invalid time, I… */
    readonly code: string;
  }[];
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
