import type { Account, ClaimTrack, RemittanceOnClaim } from '../domain/account.ts';
import type { PostedRemittance } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { standingRemittances } from './balances.ts';
import { LineDraft, linesOf } from './postings.ts';

export type Undoing =
  | { readonly kind: 'undone'; readonly taken: readonly RemittanceOnClaim[]; readonly lines: readonly LedgerLine[] }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Takes an earlier posting back exactly, line by line (DOMAIN §3.6): the one of which the reversal is the negative, whatever stands later, or all
 * parts of a split claim when it negates their sum. At which level the reversal tells it (claim or line) does not matter: what we posted is undone.
 */
export function undoingOf(account: Account, claim: ClaimTrack, reversal: PostedRemittance): Undoing {
  const named = namedBy(claim, reversal);
  if (named.length === 0) return { kind: 'refused', reason: 'the reversal takes back a remittance that was never posted here' };
  const exact = named.findLast((r) => isNegativeOf([r], reversal));
  const taken = exact !== undefined ? [exact] : isNegativeOf(named, reversal) ? named : [];
  if (taken.length === 0) return { kind: 'refused', reason: 'the reversal takes back other amounts than were posted' };
  return { kind: 'undone', taken, lines: undoingLines(account, taken, reversal) };
}

/** In the order of posting; a line that undid or was undone stays as it is. */
export function undoingLines(account: Account, taken: readonly RemittanceOnClaim[], reversal: PostedRemittance): readonly LedgerLine[] {
  const draft = new LineDraft(reversal, linesOf(account, reversal).length);
  for (const r of taken)
    for (const line of linesOf(account, r))
      if (line.undoes === null && isOfPosting(line))
        draft.add({ bucket: line.bucket, kind: line.kind, cents: -line.cents, carc: line.carc }, reversal.offset, line.id);
  return draft.lines;
}

/** A person's move to the patient stands under the remittance too, and is undone with it. */
function isOfPosting({ kind }: LedgerLine): boolean {
  return kind !== 'patientPayment' && kind !== 'refund';
}

/** A reversal that came before what it takes back. */
export function waitingReversal(account: Account, claim: ClaimTrack, original: PostedRemittance): RemittanceOnClaim | null {
  const waiting = claim.remittances.filter(
    (r) => r.status === '22' && r.undid === undefined && linesOf(account, r).length === 0 && r.remittanceOn >= original.remittanceOn,
  );
  return waiting.find((reversal) => isSameClaim(original, reversal) && isNegativeOf([original], reversal)) ?? null;
}

/** Those of its payer claim number (CLP07, else REF*F8), else those of its submission. */
function namedBy(claim: ClaimTrack, reversal: PostedRemittance): readonly RemittanceOnClaim[] {
  const standing = standingRemittances(claim);
  const numbers = [reversal.payerClaimNumber, reversal.originalPayerClaimNumber].filter((number) => number !== undefined && number !== '');
  const byNumber = standing.filter((r) => numbers.includes(r.payerClaimNumber));
  const exactByNumber = byNumber.some((r) => isNegativeOf([r], reversal)) || isNegativeOf(byNumber, reversal);
  const byKey = standing.filter((r) => r.submissionKey === reversal.submissionKey);
  return exactByNumber || byKey.length === 0 ? byNumber : byKey;
}

function isSameClaim(original: PostedRemittance, reversal: PostedRemittance): boolean {
  const { payerClaimNumber: number, submissionKey } = original;
  return number === reversal.payerClaimNumber || number === reversal.originalPayerClaimNumber || submissionKey === reversal.submissionKey;
}

function isNegativeOf(taken: readonly PostedRemittance[], reversal: PostedRemittance): boolean {
  const total = (of: 'paidCents' | 'chargeCents') => taken.reduce((sum, r) => sum + r[of], 0);
  return taken.length > 0 && total('paidCents') === -reversal.paidCents && total('chargeCents') === -reversal.chargeCents;
}
