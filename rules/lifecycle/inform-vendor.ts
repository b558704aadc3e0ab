import type { Account, Hold } from '../domain/account.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { bucketBalance } from './balances.ts';
import { holdSaid } from '../vendors/vendor-statuses.ts';
import { recall } from './consequences-patient.ts';
import { isRecallable, subjectOf } from './react-vendor.ts';
import { subjectKey, type Turn } from './turn.ts';

/**
 * Whoever works a balance knows what it is: whatever changed it, and what the vendor did not report itself, is told within a business day (DOMAIN §8).
 * What is owed no longer comes back. `before`: the account as the turn began.
 */
export function keepVendorInformed(turn: Turn, before: Account): void {
  const placement = turn.account.patient.placements.at(-1);
  if (placement === undefined || !isRecallable(placement)) return;
  const subject = subjectOf(placement);
  if (isOnItsWay(turn.account, 'recallFromVendor', placement.id)) return;
  const balanceCents = bucketBalance(turn.account, 'patient');
  if (balanceCents <= 0 && placement.status === 'placed') {
    turn.cancelTimers(subject);
    return recall(turn, subject, 'nothing is owed');
  }
  const about = { placementId: placement.id, vendor: placement.vendor, on: turn.today, balanceCents };
  const changed = balanceCents - (placement.toldCents ?? placement.balanceCents - placement.paidCents);
  const updates = [
    ...(changed !== 0 ? [{ ...about, what: whatChanged(turn, before), cents: changed, reference: null }] : []),
    ...holdsSince(turn, before).map((hold) => ({ ...about, ...hold, cents: null })),
  ];
  for (const update of updates) turn.issueCommand('updateVendor', subject, update);
  const isDated = turn.account.deadlines.some(
    (d) => d.status === 'open' && d.deadline.kind === 'vendorUpdate' && subjectKey(d.subject) === subjectKey(subject),
  );
  if (updates.length > 0 && !isDated) turn.setDeadline('vendorUpdate', subject, null, { balanceChangedOn: turn.today });
}

function isOnItsWay({ commands }: Account, kind: string, placementId: string): boolean {
  return commands.some(
    ({ command, status }) =>
      command.kind === kind && command.params.placementId === placementId && (status === 'issued' || status === 'unknown'),
  );
}

/** By the lines of this turn: a payment of the patient to us, a payer’s doing, or an adjustment of ours. */
function whatChanged(turn: Turn, before: Account): string {
  const known = new Set(before.lines.map(({ id }) => id));
  const fresh = turn.account.lines.filter((line) => line.bucket === 'patient' && !known.has(line.id));
  const isPayers = (line: LedgerLine) => line.remittanceClaimId !== null;
  if (fresh.some(isPayers)) return 'insurancePayment';
  return fresh.length > 0 && fresh.every(({ kind }) => kind === 'patientPayment') ? 'payment' : 'adjustment';
}

function holdsSince(turn: Turn, before: Account): readonly { readonly what: 'hold' | 'holdReleased'; readonly reference: string }[] {
  const inForce = (holds: readonly Hold[]) => new Set(holds.filter((h) => h.releasedOn === null).map((h) => h.reason));
  const [were, are] = [inForce(before.holds), inForce(turn.account.holds)];
  const word = turn.account.patient.placements.at(-1)?.vendorStatus;
  const said = word === undefined ? null : holdSaid(word);
  return [
    ...[...are].filter((reason) => !were.has(reason) && reason !== said).map((reference) => ({ what: 'hold' as const, reference })),
    ...[...were].filter((reason) => !are.has(reason)).map((reference) => ({ what: 'holdReleased' as const, reference })),
  ];
}

/** Everything that was to be told is. */
export function vendorInformed(turn: Turn, placementId: string): void {
  if (isOnItsWay(turn.account, 'updateVendor', placementId)) return;
  turn.meetDeadlines(['vendorUpdate'], { kind: 'placement', placementId });
}
