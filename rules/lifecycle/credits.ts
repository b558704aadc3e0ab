import type { Account, ClaimTrack } from '../domain/account.ts';
import type { DerivedDeadline } from '../domain/deadline.ts';
import type { CreditCause } from '../domain/ledger.ts';
import { dollars } from '../domain/money.ts';
import type { Bucket, Subject } from '../domain/task.ts';
import { bucketBalance, buckets, payerBucket, standingRemittances } from './balances.ts';
import { refundOwed } from './refund-owed.ts';
import { isOtherPart } from './denials.ts';
import { subjectKey, type Turn } from './turn.ts';

/** 42 CFR 401.305 binds what Medicare paid, and by statute what Medicaid paid: the 60-day clock runs. */
const governmentClasses: ReadonlySet<string> = new Set(['medicare', 'medicaid']);

export function holderOf(account: Account, bucket: Bucket): ClaimTrack | null {
  return account.claims.find((claim) => payerBucket(claim.sequence) === bucket) ?? null;
}

/** Credits in the order in which they are given back (DOMAIN §6.5): what is only posted wrong, government payers, other payers, the patient. */
export function creditsInOrder(account: Account): readonly Bucket[] {
  return buckets.filter((bucket) => bucketBalance(account, bucket) < 0).toSorted((a, b) => rank(account, a) - rank(account, b));
}

function rank(account: Account, bucket: Bucket): number {
  if (bucket === 'patient') return 3;
  if (causeOf(account, bucket) === 'postedTwice') return 0;
  return governmentClasses.has(holderOf(account, bucket)?.payerClass ?? '') ? 1 : 2;
}

export function causeOf(account: Account, bucket: Bucket): CreditCause {
  const holder = holderOf(account, bucket);
  const isForgiven = account.lines.some((line) => line.bucket === bucket && line.kind === 'assistance');
  if (holder === null) return isForgiven && refundOwed(-bucketBalance(account, bucket)) > 0 ? 'assistanceGranted' : 'patientOverpaid';
  const paying = standingRemittances(holder).filter((r) => r.paidCents > 0);
  const charge = account.opened?.chargeCents ?? 0;
  const isTwice = paying.some((r, n) => paying.slice(n + 1).some((later) => !isOtherPart(r, later, charge)));
  if (isTwice) return 'postedTwice';
  const others = account.claims.filter((claim) => claim !== holder).flatMap(standingRemittances);
  return others.some((r) => r.paidCents > 0) ? 'twoPayersPaid' : 'payerOverpaid';
}

/** What may be given back now: never more than the credit, and never what is on its way already. */
export function refundableCents(account: Account, bucket: Bucket): number {
  const pending = account.commands.filter(
    ({ command, status }) =>
      command.kind === 'requestRefund' && command.params.bucket === bucket && (status === 'issued' || status === 'unknown'),
  );
  const onItsWay = pending.reduce((total, { command }) => total + Number(command.params.amountCents ?? 0), 0);
  return Math.max(0, -bucketBalance(account, bucket) - onItsWay);
}

/** Why this credit is not given back now, in words for the person who approves it; null when it may be. */
export function refundRefusal(account: Account, subject: Subject): string | null {
  if (subject.kind !== 'credit') return null;
  const [first] = creditsInOrder(account);
  if (refundableCents(account, subject.bucket) === 0) return 'there is no credit left to give back';
  if (first === undefined || first === subject.bucket) return null;
  return `the credit of ${first} (${dollars(bucketBalance(account, first))}) comes first: what becomes of it may change this one`;
}

/** The date by which the credit must be given back, or its investigation ended. */
export function creditDeadline(account: Account, subject: Subject): DerivedDeadline | null {
  const key = subjectKey(subject);
  const open = account.deadlines.filter((d) => d.status === 'open' && subjectKey(d.subject) === key);
  return open.find(({ deadline }) => deadline.kind === 'refund' || deadline.kind === 'refundInvestigation')?.deadline ?? null;
}

/** Ends what was asked about a credit that is gone or another, and starts the clock of a government payer's. `before`: the account as the turn began. */
export function keepCreditClocks(turn: Turn, before: Account): void {
  for (const bucket of buckets) {
    const [was, is] = [bucketBalance(before, bucket), bucketBalance(turn.account, bucket)];
    const subject: Subject = { kind: 'credit', bucket };
    if (is >= 0) settleCredit(turn, subject);
    else {
      if (was !== is) withdrawAbout(turn, subject, `the credit is ${dollars(is)} now`);
      startClock(turn, bucket, subject);
    }
  }
}

function settleCredit(turn: Turn, subject: Subject): void {
  withdrawAbout(turn, subject, 'there is no credit any more');
  turn.meetDeadlines(['refund', 'refundInvestigation'], subject);
}

function withdrawAbout(turn: Turn, subject: Subject, reason: string): void {
  const key = subjectKey(subject);
  turn.withdrawTasks((t) => t.kind === 'approveRefund' && subjectKey(t.subject) === key, reason);
}

/** The first day on which we know of it: quantifying it does not move the day (42 CFR 401.305). */
function startClock(turn: Turn, bucket: Bucket, subject: Subject): void {
  const holder = holderOf(turn.account, bucket);
  if (holder === null || !governmentClasses.has(holder.payerClass) || creditDeadline(turn.account, subject) !== null) return;
  const key = subjectKey(subject);
  const isReached = turn.account.deadlines.some((d) => d.status === 'reached' && subjectKey(d.subject) === key);
  if (!isReached) turn.setDeadline('refund', subject, holder, { identifiedOn: turn.today });
}

/** A documented investigation suspends the 60 days, from the same first day to its own end. @returns why it is not possible, or null */
export function investigationRefusal(account: Account, subject: Subject): string | null {
  const running = creditDeadline(account, subject);
  if (running === null) return 'no 60-day clock runs for this credit, so there is nothing to suspend';
  return running.kind === 'refund' ? null : `it is investigated already, to ${running.legalOn} at the latest`;
}

export function investigate(turn: Turn, subject: Subject): void {
  const running = creditDeadline(turn.account, subject);
  if (running === null || subject.kind !== 'credit') return;
  turn.meetDeadlines(['refund'], subject);
  turn.setDeadline('refundInvestigation', subject, holderOf(turn.account, subject.bucket), { identifiedOn: running.anchorOn });
}
