import type { Account, ClaimTrack } from '../domain/account.ts';
import { isDenial } from '../domain/denial.ts';
import type { PostedAdjustment, PostedRemittance } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { bucketAfter, bucketBalance, payerBucket } from './balances.ts';
import type { Knowledge } from './contract.ts';
import { lastMatching } from './evolve-claims.ts';

export interface Posting {
  readonly lines: readonly LedgerLine[];
  readonly denials: readonly (PostedAdjustment & { readonly category: string })[];
}

/**
 * The ledger lines of a remittance claim (DOMAIN §3.7): payment, contractual adjustments, and what moves to the next payer or the patient.
 * A denied amount posts nothing: it stays with the payer until a case decides it. OA-23 repeats what an earlier payer did and posts nothing.
 */
export function postingOf(account: Account, remittance: PostedRemittance, knowledge: Knowledge): Posting {
  const bucket = payerBucket(remittance.sequence);
  const categorised = remittance.adjustments.map((a) => ({ ...a, category: knowledge.categorise(a) }));
  const denials = categorised.filter(isDenial);
  const transferred = categorised.filter((a) => a.category === 'PTR');
  const contractual = cappedContractual(account, remittance, categorised, denials);
  const draft = new LineDraft(remittance);
  draft.add({ bucket, kind: 'payerPayment', cents: -remittance.paidCents, carc: null }, remittance.offset);
  for (const a of contractual) draft.add({ bucket, kind: 'contractual', cents: -a.cents, carc: a.carc }, a.offset);
  for (const a of transferred) {
    draft.add({ bucket, kind: 'transfer', cents: -a.cents, carc: a.carc }, a.offset);
    draft.add({ bucket: bucketAfter(account, remittance.sequence), kind: 'transfer', cents: a.cents, carc: a.carc }, a.offset);
  }
  return { lines: draft.lines, denials };
}

/**
 * Contractual postings stop where the payer's bucket is empty. A later payer is billed the whole charge and repeats the adjustments of the
 * earlier one; a payer that pays twice without a reversal repeats its own. In both cases only the money is new.
 */
function cappedContractual(
  account: Account,
  remittance: PostedRemittance,
  categorised: readonly (PostedAdjustment & { category: string })[],
  denials: readonly PostedAdjustment[],
): readonly PostedAdjustment[] {
  const contractual = categorised.filter((a) => a.category === 'CTR');
  const moved = categorised.filter((a) => a.category === 'PTR').reduce((total, a) => total + a.cents, 0);
  const denied = denials.reduce((total, a) => total + a.cents, 0);
  const added = contractual.filter((a) => a.cents < 0).reduce((total, a) => total - a.cents, 0);
  let room = bucketBalance(account, payerBucket(remittance.sequence)) - remittance.paidCents - moved - denied + added;
  return contractual.flatMap((a) => {
    if (a.cents < 0) return [a];
    const taken = Math.min(a.cents, Math.max(0, room));
    room -= taken;
    return taken === 0 ? [] : [{ ...a, cents: taken }];
  });
}

export type Undoing =
  | { readonly kind: 'undone'; readonly remittanceClaimId: string; readonly lines: readonly LedgerLine[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Takes an earlier posting back exactly, line by line (DOMAIN §3.6). A reversal of other amounts than were posted is refused. */
export function undoingOf(account: Account, claim: ClaimTrack, reversal: PostedRemittance): Undoing {
  const id = lastMatching(claim, reversal);
  const earlier = claim.remittances.find((r) => r.remittanceClaimId === id);
  if (earlier === undefined) return { kind: 'refused', reason: 'the reversal takes back a remittance that was never posted here' };
  if (earlier.paidCents !== -reversal.paidCents || earlier.chargeCents !== -reversal.chargeCents)
    return { kind: 'refused', reason: 'the reversal takes back other amounts than were posted' };
  const draft = new LineDraft(reversal);
  for (const line of account.lines.filter((l) => l.remittanceClaimId === earlier.remittanceClaimId && l.undoes === null))
    draft.add({ bucket: line.bucket, kind: line.kind, cents: -line.cents, carc: line.carc }, reversal.offset, line.id);
  return { kind: 'undone', remittanceClaimId: earlier.remittanceClaimId, lines: draft.lines };
}

/** Numbers the lines of one remittance claim and leaves out zeros. */
class LineDraft {
  readonly lines: LedgerLine[] = [];
  readonly #remittance: PostedRemittance;
  constructor(remittance: PostedRemittance) {
    this.#remittance = remittance;
  }
  add(line: Pick<LedgerLine, 'bucket' | 'kind' | 'cents' | 'carc'>, offset: number, undoes: string | null = null): void {
    if (line.cents === 0) return;
    const { remittanceClaimId, fileId, remittanceOn } = this.#remittance;
    const id = `${remittanceClaimId}#${this.lines.length + 1}`;
    this.lines.push({ ...line, id, on: remittanceOn, source: { fileId, offset }, remittanceClaimId, undoes });
  }
}
