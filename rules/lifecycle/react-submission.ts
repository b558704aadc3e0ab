import type { ClaimTrack } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { type Subject, worksBeside } from '../domain/task.ts';
import { standingRemittances } from './balances.ts';
import { anchorsOf } from './facts.ts';
import { isAboutRequest } from './requests.ts';
import { seekProof } from './timely-filing.ts';
import { claimAt, type Turn } from './turn.ts';

/** Stem of the timer that runs while a voided claim's payment is with us. */
export const takeBackTimer = 'takeBack';

export function opened(turn: Turn, event: Extract<AccountEvent, { kind: 'accountOpened' }>): void {
  const source = { fileId: event.fileId, offset: event.offset };
  const charge: LedgerLine = {
    id: 'charge#1',
    bucket: 'payer1',
    kind: 'charge',
    cents: event.chargeCents,
    on: event.servicedThrough,
    source,
    remittanceClaimId: null,
    carc: null,
    undoes: null,
  };
  turn.record({ kind: 'ledgerPosted', lines: [charge], reason: 'the charge of the claim' });
  const primary = claimAt(turn, 1);
  if (primary !== null) turn.setDeadline('filing', { kind: 'claim', sequence: 1 }, primary, anchorsOf(turn, primary, null));
}

/** Starts the clocks of the acknowledgements. A new submission never restarts the filing clock (invariant 4). */
export function submitted(turn: Turn, sequence: 1 | 2 | 3): void {
  const claim = claimAt(turn, sequence);
  if (claim === null) return;
  const subject: Subject = { kind: 'claim', sequence };
  turn.meetDeadlines(['functionalAcknowledgement', 'claimAcknowledgement', 'statusInquiry', 'payerCall'], subject);
  const anchors = anchorsOf(turn, claim, null);
  turn.setDeadline('functionalAcknowledgement', subject, claim, anchors);
  turn.setDeadline('claimAcknowledgement', subject, claim, anchors);
}

/** A1 is a receipt and no proof, but from then on the payer has the claim and can be asked about it, as after A2. */
export function acknowledged(turn: Turn, event: Extract<AccountEvent, { kind: 'submissionAcknowledged' }>): void {
  const claim = turn.account.claims.find((c) => c.submissions.some((s) => s.key === event.submissionKey));
  if (claim === undefined) return;
  if (event.verdict === 'accepted' && event.by === 'payer' && event.level === 'claim') seekProof(turn, claim.sequence);
  if (claim.submissions.at(-1)?.key !== event.submissionKey || isAdjudicated(claim, event.submissionKey)) return;
  const subject: Subject = { kind: 'claim', sequence: claim.sequence };
  turn.meetDeadlines(['functionalAcknowledgement'], subject);
  if (event.verdict === 'rejected' || event.verdict === 'notFound') return turn.meetDeadlines(['claimAcknowledgement'], subject);
  if (event.level !== 'claim' || event.by !== 'payer') return;
  turn.meetDeadlines(['claimAcknowledgement'], subject);
  turn.withdrawTasks(
    (t) =>
      t.subject.kind === 'claim' &&
      t.subject.sequence === claim.sequence &&
      t.kind !== 'correctClaim' &&
      !isAboutRequest(turn, t) &&
      !worksBeside.has(t.kind),
    'the payer acknowledged the claim',
  );
  turn.meetDeadlines(['statusInquiry', 'payerCall'], subject);
  const anchors = { ...anchorsOf(turn, claim, null), acceptedOn: event.on };
  turn.setDeadline('statusInquiry', subject, claim, anchors);
  turn.setDeadline('payerCall', subject, claim, anchors);
  if (event.verdict === 'accepted') inTime(turn, claim);
}

/** It comes after the remittance: it may prove timely filing, but there is nothing left to wait for. */
function isAdjudicated(claim: ClaimTrack, submissionKey: string): boolean {
  return standingRemittances(claim).some((r) => r.submissionKey === submissionKey);
}

/** Only an acceptance ends the clocks of sending: the claim's own, and those of the cases whose corrected claim this is. */
function inTime(turn: Turn, claim: ClaimTrack): void {
  const { sequence } = claim;
  turn.meetDeadlines(['filing', 'secondaryFiling', 'correctedClaim'], { kind: 'claim', sequence });
  for (const c of claim.cases)
    if (c.status === 'awaitingAnswer') turn.meetDeadlines(['correctedClaim'], { kind: 'case', sequence, caseId: c.id });
}
