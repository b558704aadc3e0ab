import type {
  BatchAcknowledgement,
  ClaimAcknowledgement,
  FunctionalAcknowledgement,
  InterchangeAcknowledgement,
} from './acknowledgement.ts';
import type { ClaimStatusAnswer, DocumentRequest } from './claim-status.ts';
import type { CivilDate } from './civil-date.ts';
import type { SubmittedClaim } from './claim.ts';
import type { Cents } from './money.ts';
import type { VendorStatus } from './vendor-report.ts';
import type { Envelope } from './x12-file.ts';

/** The outcomes a person may give to what came in and has no account, per kind of task. A task closes only with one of them. */
export const unmatchedOutcomes = {
  matchRemittance: ['matched', 'notOurs', 'sentBack'],
  /** Many claims of one remittance: their accounts usually come later, or the remittance is somebody else's. */
  matchRemittances: ['handled', 'notOurs', 'sentBack'],
  matchAcknowledgement: ['matched', 'notOurs', 'sentBack'],
  matchClaim: ['matched', 'notOurs', 'sentBack'],
  matchPayment: ['matched', 'notOurs', 'sentBack'],
  matchVendorEvent: ['matched', 'notOurs', 'sentBack'],
  /** A hold for an account or a person that is not known here. */
  matchHold: ['handled', 'notOurs'],
  /** A vendor does not have our file of placements as it was sent. */
  checkPlacementFile: ['handled', 'sentBack'],
  /** A PLB amount that names no claim we know: money taken from one, or given back. */
  matchProviderAdjustment: ['matched', 'handled', 'notOurs', 'sentBack'],
  // Invariant 7: nothing is posted from these; only the payer can mend them.
  resolveImbalance: ['correctedReceived', 'sentBack'],
  resolveReusedTrace: ['correctedReceived', 'sentBack'],
  /** A file of theirs for which no TA1 or 999 could be written. */
  answerSender: ['handled', 'notOurs'],
  repairFile: ['handled', 'sentBack'],
  /** What a vendor's list or remit and our ledger do not agree on; it comes again while it stands. */
  settleVendorDifferences: ['handled'],
  readUnknown: ['handled', 'notOurs'],
} as const satisfies Record<string, readonly string[]>;

export type UnmatchedKind = keyof typeof unmatchedOutcomes;
export type UnmatchedOutcome = (typeof unmatchedOutcomes)[UnmatchedKind][number];

export function isUnmatchedKind(kind: string): kind is UnmatchedKind {
  return Object.hasOwn(unmatchedOutcomes, kind);
}

/** What a person decided about it, kept in PostgreSQL: the workflow carries the form's id. */
export interface Settlement {
  readonly outcome: UnmatchedOutcome;
  readonly by: string;
  /** With `matched`, the account it belongs to. */
  readonly accountId?: string;
  /** With an account, the submission of it (CLM01) that was answered; the one that fits best when absent. */
  readonly submissionKey?: string;
  /** With `correctedReceived`, TRN02 of the remittance that corrects it. */
  readonly reference?: string;
  /** Why, when it is closed without an account. */
  readonly note?: string;
}

/** What a vendor says about a placement; `reference` is our number for it. */
export type VendorStatement = { readonly reference: string; readonly on: CivilDate; readonly offset: number } & (
  | { readonly event: 'ack-accepted' | 'ack-rejected' | 'returned'; readonly reason: string }
  | { readonly event: 'payment' | 'claimed-payment'; readonly cents: Cents; readonly paymentId: string }
  | { readonly event: 'status'; readonly status: VendorStatus }
);

/** What bears exactly this key, and comes later, ends the task by itself: CLM01 of a claim of ours, or GS06 or ISA13 of a file of ours. */
export interface AwaitedKey {
  readonly kind: 'submission' | 'group' | 'interchange';
  readonly key: string;
  /** The remittance claim that waits; null for an acknowledgement. */
  readonly remittanceClaimId: string | null;
}

/** What answers a whole file or group of ours, or a batch in it: everything that was sent in it hears the same. */
export type FileAnswer = { readonly envelope: Envelope } & (
  | { readonly kind: 'interchange'; readonly acknowledgement: InterchangeAcknowledgement }
  | { readonly kind: 'functional'; readonly acknowledgement: FunctionalAcknowledgement }
  /** `named` = keys of claims that the same transaction answers one by one. */
  | { readonly kind: 'batch'; readonly acknowledgement: BatchAcknowledgement; readonly named: readonly string[] }
);

export function isFileAnswer(item: UnmatchedItem | null): item is FileAnswer {
  return item?.kind === 'interchange' || item?.kind === 'functional' || item?.kind === 'batch';
}

/** What came in, as it was read; from it a person's choice is carried out. PHI. */
export type UnmatchedItem =
  | { readonly kind: 'remittanceClaim'; readonly remittanceClaimId: string }
  | { readonly kind: 'acknowledgement'; readonly acknowledgement: ClaimAcknowledgement }
  | { readonly kind: 'status'; readonly answer: ClaimStatusAnswer }
  | { readonly kind: 'documents'; readonly request: DocumentRequest }
  | FileAnswer
  | { readonly kind: 'claim'; readonly claim: SubmittedClaim; readonly envelope: Envelope }
  | { readonly kind: 'payment'; readonly paymentId: string }
  | { readonly kind: 'providerAdjustment'; readonly providerAdjustmentId: string }
  | { readonly kind: 'vendor'; readonly statement: VendorStatement }
  /** An unbalanced one, one whose trace was used before, or one with many claims that are unmatched. */
  | { readonly kind: 'remittance'; readonly remittanceId: string };
