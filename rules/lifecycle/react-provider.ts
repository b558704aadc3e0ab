import type { ClaimTrack } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance, payerBucket } from './balances.ts';
import { interestCame, providerInterest } from './late-payment.ts';
import { claimAt, type Turn } from './turn.ts';

/** What a payer keeps and gives back on account of an overpayment: WO, and 72, by which it acknowledges our refund. */
const takeBacks: ReadonlySet<string> = new Set(['WO', '72']);

/** A carried-forward balance (FB) belongs to no claim; its ledger is by payer and payee. */
const ofNoClaim: ReadonlySet<string> = new Set(['FB']);

/**
 * What the payer settled beside the claim. Negative is lent back or acknowledged, positive is kept: only what is kept beyond both is taken from this
 * claim, and it is the payer's to owe again, never the patient's (DOMAIN §6.4).
 */
export function providerAdjusted(turn: Turn, event: Extract<AccountEvent, { kind: 'providerAdjusted' }>): void {
  const claim = claimAt(turn, event.sequence);
  if (claim === null) return;
  const codes = event.adjustments.map(({ code }) => code);
  if (codes.some((code) => takeBacks.has(code))) recoup(turn, claim, event);
  if (codes.includes('L6'))
    interestCame(
      turn,
      claim.sequence,
      providerInterest({ providerAdjustments: event.adjustments.map((a) => ({ ...a, on: event.remittanceOn })) }),
    );
  for (const other of event.adjustments.filter(({ code }) => !takeBacks.has(code) && code !== 'L6' && !ofNoClaim.has(code)))
    turn.openTask({
      kind: 'checkPosting',
      queue: 'followUp',
      title: `The payer ${other.cents > 0 ? 'kept' : 'paid'} ${dollars(cents(Math.abs(other.cents)))} beside the claim (PLB ${other.code})`,
      reason: `PLB ${other.code} of ${event.remittanceOn} names this claim. Nothing was posted from it: find out what it is for.`,
      ruleId: 'lifecycle',
      subject: { kind: 'claim', sequence: claim.sequence },
      amountCents: other.cents,
    });
}

function recoup(turn: Turn, claim: ClaimTrack, event: Extract<AccountEvent, { kind: 'providerAdjusted' }>): void {
  const bucket = payerBucket(claim.sequence);
  const kept = (claim.providerAdjustments ?? []).filter(({ code }) => takeBacks.has(code)).reduce((total, one) => total + one.cents, 0);
  const posted = turn.account.lines.filter((line) => line.bucket === bucket && line.kind === 'recoupment');
  const amount = Math.max(0, kept) - posted.reduce((total, line) => total + line.cents, 0);
  if (amount === 0) return;
  const line: LedgerLine = {
    id: `recoupment:${event.fileId}:${event.offset}#${claim.sequence}`,
    bucket,
    kind: 'recoupment',
    cents: amount,
    on: event.remittanceOn,
    source: { fileId: event.fileId, offset: event.offset },
    remittanceClaimId: null,
    carc: null,
    undoes: null,
  };
  turn.record({
    kind: 'ledgerPosted',
    lines: [line],
    reason: amount > 0 ? 'the payer took it from another payment' : 'the payer gave it back',
  });
  const owed = bucketBalance(turn.account, bucket);
  const subject: Subject = { kind: 'claim', sequence: claim.sequence };
  if (amount < 0 || owed <= 0)
    return turn.withdrawTasks((t) => t.ruleId === takeBackRule && isSame(t.subject, subject), 'it was given back');
  turn.openTask({
    kind: 'chooseNextStep',
    queue: 'followUp',
    title: `The payer took ${dollars(cents(amount))} back from another payment`,
    reason: `PLB WO of ${event.remittanceOn} names this claim, and no reversal says why. The payer owes ${dollars(owed)} again until it is known; none of it is the patient’s.`,
    ruleId: takeBackRule,
    subject,
    amountCents: amount,
  });
}

const takeBackRule = 'lifecycle.takeBack';

function isSame(a: Subject, b: Subject): boolean {
  return a.kind === 'claim' && b.kind === 'claim' && a.sequence === b.sequence;
}
