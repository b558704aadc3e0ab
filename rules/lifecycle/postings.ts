import type { Account, ClaimTrack, RemittanceOnClaim } from '../domain/account.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import type { PostedRemittance } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { bucketAfter, bucketBalance, caseAmount, liveCases, payerBucket, standingRemittances } from './balances.ts';
import type { Knowledge } from './contract.ts';
import { type Categorised, denialRecords } from './denials.ts';

export interface Posting {
  readonly lines: readonly LedgerLine[];
  readonly denials: readonly Categorised[];
}

/**
 * The ledger lines of a remittance claim (DOMAIN §3.7): payment, contractual adjustments, and what moves to the next payer or the patient.
 * A denied amount posts nothing: it stays with the payer until a case decides it, and so does what the contract says was taken too much
 * (`short`). OA-23 repeats what an earlier payer did and posts nothing.
 *
 * Contractual amounts and transfers stop where the payer's bucket is empty. A later payer is billed the whole charge and repeats the adjustments of
 * the earlier one; a payer that pays twice without a reversal repeats its own. In both cases only the money is new.
 */
export function postingOf(
  account: Account,
  remittance: PostedRemittance,
  knowledge: Knowledge,
  short: readonly Categorised[] = [],
): Posting {
  const categorised = remittance.adjustments.map((a) => ({ ...a, category: knowledge.categorise(a) }));
  const denials = [...denialRecords(categorised), ...short];
  const passed = categorised.filter(isPassed);
  const bucket = payerBucket(remittance.sequence);
  const given = total(passed.filter((a) => a.cents < 0).map((a) => -a.cents));
  const room = bucketBalance(account, bucket) - remittance.paidCents + given;
  const draft = new LineDraft(remittance, linesOf(account, remittance).length);
  draft.add({ bucket, kind: 'payerPayment', cents: -remittance.paidCents, carc: null }, remittance.offset);
  postPassed(draft, account, remittance, { passed: withoutShort(passed, short), room, deniedCents: total(denials.map((d) => d.cents)) });
  return { lines: draft.lines, denials };
}

/**
 * What standing remittances could not post while another stood in their way, now that it was taken back: the corrected remittance that came before
 * its reversal ends as if it had come after.
 */
export function completingOf(account: Account, claim: ClaimTrack, knowledge: Knowledge): readonly LedgerLine[] {
  const bucket = payerBucket(claim.sequence);
  let room = bucketBalance(account, bucket) - total(liveCases(claim).map(caseAmount));
  return standingRemittances(claim).flatMap((r) => {
    const draft = new LineDraft(r, linesOf(account, r).length);
    const passed = missing(account, r, knowledge);
    postPassed(draft, account, r, { passed: withoutShort(passed, shortOf(claim, r)), room, deniedCents: 0 });
    room += total(draft.lines.filter((line) => line.bucket === bucket).map((line) => line.cents));
    return draft.lines;
  });
}

interface Passed {
  readonly passed: readonly Categorised[];
  /** What is left in the bucket for them. */
  readonly room: number;
  readonly deniedCents: number;
}

function postPassed(draft: LineDraft, account: Account, remittance: PostedRemittance, { passed, room, deniedCents }: Passed): void {
  const bucket = payerBucket(remittance.sequence);
  const transfers = within(
    passed.filter((a) => a.category === 'PTR'),
    room,
  );
  const contractual = within(
    passed.filter((a) => a.category === 'CTR'),
    room - taken(transfers) - deniedCents,
  );
  for (const a of contractual) draft.add({ bucket, kind: 'contractual', cents: -a.cents, carc: a.carc }, a.offset);
  for (const a of transfers) {
    draft.add({ bucket, kind: 'transfer', cents: -a.cents, carc: a.carc }, a.offset);
    draft.add({ bucket: bucketAfter(account, remittance.sequence), kind: 'transfer', cents: a.cents, carc: a.carc }, a.offset);
  }
}

function within(adjustments: readonly Categorised[], room: number): readonly Categorised[] {
  let left = Math.max(0, room);
  return adjustments.flatMap((a) => {
    if (a.cents < 0) return [a];
    const some = Math.min(a.cents, left);
    left -= some;
    return some === 0 ? [] : [{ ...a, cents: some }];
  });
}

function taken(adjustments: readonly Categorised[]): number {
  return total(adjustments.filter((a) => a.cents > 0).map((a) => a.cents));
}

function isPassed({ category }: Categorised): boolean {
  return category === 'CTR' || category === 'PTR';
}

/** Of each contractual adjustment only what the contract agrees to. */
function withoutShort(passed: readonly Categorised[], short: readonly Pick<Categorised, 'lineNumber' | 'group' | 'carc' | 'cents'>[]) {
  const left = short.map((record) => ({ ...record }));
  return passed.map((a) => {
    const same = left.find((record) => record.lineNumber === a.lineNumber && record.group === a.group && record.carc === a.carc);
    if (same === undefined || a.cents <= 0) return a;
    const held = Math.min(a.cents, same.cents);
    same.cents -= held;
    return { ...a, cents: a.cents - held };
  });
}

/** What the claim's cases hold back of this remittance as paid short; it was settled some other way once such a case is closed. */
function shortOf(claim: ClaimTrack, r: RemittanceOnClaim) {
  return claim.cases.filter((c) => c.remittanceClaimId === r.remittanceClaimId && c.category === 'UND').flatMap((c) => c.denials);
}

/** The adjustments of a posted remittance less what was posted of them. */
function missing(account: Account, r: PostedRemittance, knowledge: Knowledge): readonly Categorised[] {
  const bucket = payerBucket(r.sequence);
  const posted = linesOf(account, r)
    .filter((line) => line.bucket === bucket && (line.kind === 'contractual' || line.kind === 'transfer'))
    .map((line) => ({ carc: line.carc, kind: line.kind, cents: -line.cents }));
  return r.adjustments
    .map((a) => ({ ...a, category: knowledge.categorise(a) }))
    .filter((a) => isPassed(a) && a.cents > 0)
    .map((a) => {
      const kind = a.category === 'CTR' ? 'contractual' : 'transfer';
      let left = a.cents;
      for (const line of posted.filter((one) => one.kind === kind && one.carc === a.carc && one.cents > 0)) {
        const some = Math.min(left, line.cents);
        line.cents -= some;
        left -= some;
      }
      return { ...a, cents: left };
    });
}

export function linesOf(account: Account, { remittanceClaimId }: Pick<PostedRemittance, 'remittanceClaimId'>): readonly LedgerLine[] {
  return account.lines.filter((line) => line.remittanceClaimId === remittanceClaimId);
}

/** Numbers the lines of one remittance claim, after those it has, and leaves out zeros. */
export class LineDraft {
  readonly lines: LedgerLine[] = [];
  readonly #remittance: Pick<PostedRemittance, 'remittanceClaimId' | 'fileId' | 'remittanceOn'>;
  readonly #before: number;
  constructor(remittance: Pick<PostedRemittance, 'remittanceClaimId' | 'fileId' | 'remittanceOn'>, before: number) {
    this.#remittance = remittance;
    this.#before = before;
  }
  add(line: Pick<LedgerLine, 'bucket' | 'kind' | 'cents' | 'carc'>, offset: number, undoes: string | null = null): void {
    if (line.cents === 0) return;
    const { remittanceClaimId, fileId, remittanceOn } = this.#remittance;
    const id = `${remittanceClaimId}#${this.#before + this.lines.length + 1}`;
    const on: CivilDate = remittanceOn;
    this.lines.push({ ...line, id, on, source: { fileId, offset }, remittanceClaimId, undoes });
  }
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}
