import type { Account, ClaimTrack, DenialCase } from '../domain/account.ts';
import type { Action, DecisionPoint } from '../domain/decision.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance, findCase, liveCases, standingRemittances } from './balances.ts';
import { anchorsOf, appealKind, claimOf } from './facts.ts';
import type { Turn } from './turn.ts';

/** The actions that make sense at each point at all; a rule that answers another one is refused by name. */
const actionsAt: Readonly<Record<DecisionPoint, readonly Action[]>> = {
  rejected: ['newClaim', 'resendClaim', 'writeOff'],
  silent: ['sendStatusInquiry', 'callPayer', 'resendClaim', 'wait'],
  denied: [
    'newClaim',
    'replacementClaim',
    'sendDocuments',
    'reconsideration',
    'appeal',
    'billOtherPayer',
    'moveToPatient',
    'writeOff',
    'callPayer',
    'wait',
  ],
  upheld: ['reconsideration', 'appeal', 'sendDocuments', 'replacementClaim', 'billOtherPayer', 'moveToPatient', 'writeOff', 'wait'],
  nextPayer: ['billNextPayer', 'callPayer', 'wait'],
  patientBalance: ['sendStatement', 'offerPaymentPlan', 'placeWithVendor', 'writeOff', 'wait'],
  placed: ['recallFromVendor', 'wait'],
  credit: ['requestRefund', 'wait'],
};

/** Why the lifecycle refuses this action where the account stands, in words for the person who gets the task; null when it is legal. */
export function refusalOf(turn: Turn, point: DecisionPoint, subject: Subject, action: Action): string | null {
  if (action === 'routeToPerson') return null;
  if (!actionsAt[point].includes(action)) return `"${action}" is not possible at the point "${point}"`;
  const claim = claimOf(turn.account, subject);
  const found = subject.kind === 'case' ? findCase(turn.account, subject.caseId)?.case : undefined;
  if (claim !== null) return claimRefusal(turn, claim, found ?? null, action);
  return patientRefusal(turn.account, action);
}

function claimRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null, action: Action): string | null {
  switch (action) {
    case 'newClaim':
    case 'resendClaim':
      return newClaimRefusal(turn, claim, c);
    case 'replacementClaim':
      return replacementRefusal(turn, claim, c);
    case 'reconsideration':
    case 'appeal':
      return disputeRefusal(turn, claim, c, action);
    case 'sendDocuments':
    case 'billOtherPayer':
      return otherPathOpen(claim, c);
    case 'moveToPatient':
      return c?.denials.every((d) => d.group === 'PR') === true
        ? null
        : 'only an amount under group PR may become the patient’s (CO never; PI after review)';
    case 'sendStatusInquiry':
      return claim.submissions.length === 0 ? 'nothing was submitted to ask about' : null;
    default:
      return null;
  }
}

/** Frequency 1 again is right only when the payer never adjudicated: rejected, unprocessable (MA130), or never arrived. Otherwise it is a duplicate (CARC 18). */
function newClaimRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null): string | null {
  const rejected = claim.submissions.at(-1)?.status === 'rejected';
  const unprocessable = c !== null && isUnprocessable(c);
  if (!rejected && !unprocessable && !neverArrived(turn, claim))
    return 'a new claim needs a rejection, MA130 or a claim that never arrived: an adjudicated claim sent as new is denied as a duplicate, send a replacement';
  return lateFor(turn, 'filing', claim, c);
}

/** No word of the claim by the payer, or the payer said on the phone that it does not have it. */
function neverArrived(turn: Turn, claim: ClaimTrack): boolean {
  const last = claim.submissions.at(-1);
  if (last === undefined || claim.remittances.length > 0) return false;
  const isNotOnFile = turn.account.tasks.some(
    (t) => t.outcome === 'notOnFile' && (t.closedOn ?? '') >= last.sentOn && claimOf(turn.account, t.subject) === claim,
  );
  return !last.claimAcknowledged || isNotOnFile;
}

function replacementRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null): string | null {
  if (standingRemittances(claim).length === 0)
    return 'a replacement needs an adjudicated claim; this one was never adjudicated, send a new claim';
  if (c !== null && isUnprocessable(c)) return 'MA130 means the claim was never adjudicated: send a new claim, not a replacement';
  if (claim.payerClaimNumber === null) return 'a replacement needs the payer claim number (REF*F8), which is not known';
  return otherPathOpen(claim, c) ?? lateFor(turn, 'correctedClaim', claim, c);
}

function disputeRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null, action: 'reconsideration' | 'appeal'): string | null {
  if (c === null) return 'only a denial can be disputed; a rejection has no appeal rights';
  if (isUnprocessable(c)) return 'MA130: the claim was unprocessable and has no appeal rights, send a new claim';
  if (c.denials.some((d) => d.rarcs.includes('N211'))) return 'N211: the payer says this decision cannot be appealed';
  return otherPathOpen(claim, c) ?? lateFor(turn, action === 'reconsideration' ? 'reconsideration' : appealKind(c), claim, c);
}

function isUnprocessable(c: DenialCase): boolean {
  return c.denials.some((d) => d.rarcs.includes('MA130'));
}

/** Never two paths at once on a claim (DOMAIN §1.3 rule a). */
function otherPathOpen(claim: ClaimTrack, c: DenialCase | null): string | null {
  const other = liveCases(claim).find((live) => live.id !== c?.id && (live.status === 'working' || live.status === 'awaitingAnswer'));
  return other === undefined ? null : `another path is open on this claim (${other.paths.at(-1)?.kind ?? 'unknown'}); finish it first`;
}

/** No path past its deadline without a person (invariant 4). */
function lateFor(turn: Turn, kind: Parameters<Turn['derive']>[0], claim: ClaimTrack, c: DenialCase | null): string | null {
  const deadline = turn.derive(kind, claim, anchorsOf(turn, claim, c));
  return deadline !== null && turn.today > deadline.legalOn ? `it had to be done by ${deadline.legalOn} (${deadline.policyId})` : null;
}

function patientRefusal(account: Account, action: Action): string | null {
  const held = account.holds.find((h) => h.releasedOn === null);
  if (held !== undefined && (action === 'sendStatement' || action === 'offerPaymentPlan' || action === 'placeWithVendor'))
    return `the hold "${held.reason}" stops it until ${held.reviewOn}`;
  if (action === 'placeWithVendor' && account.patient.statements.length === 0)
    return 'a balance is placed only after the patient got a statement';
  if ((action === 'sendStatement' || action === 'placeWithVendor') && bucketBalance(account, 'patient') <= 0)
    return 'the patient owes nothing';
  return null;
}
