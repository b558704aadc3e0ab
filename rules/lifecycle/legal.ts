import type { ClaimTrack, DenialCase } from '../domain/account.ts';
import type { Action, DecisionPoint } from '../domain/decision.ts';
import type { Subject } from '../domain/task.ts';
import { type StepPath, stepPaths } from '../domain/way-of-appeal.ts';
import { bucketBalance, findCase, standingRemittances } from './balances.ts';
import { anchorsOf, claimOf } from './facts.ts';
import { holdStopping, stoppedBy } from './holds.ts';
import { isNotOnFile, isVoided, otherPathOpen, ownPathOpen } from './open-paths.ts';
import { mayBecomePatients } from './patient-share.ts';
import { hasPlacementOut } from './phase.ts';
import { vendorHasIt } from './placement-gates.ts';
import { subjectKey, type Turn } from './turn.ts';
import { isMedical, nextStep } from './ways.ts';

/** The actions that make sense at each point at all; a rule that answers another one is refused by name. */
const actionsAt: Readonly<Record<DecisionPoint, readonly Action[]>> = {
  rejected: ['newClaim', 'resendClaim', 'writeOff'],
  silent: ['sendStatusInquiry', 'callPayer', 'resendClaim', 'wait'],
  denied: [
    'newClaim',
    'replacementClaim',
    'voidClaim',
    'sendDocuments',
    ...stepPaths,
    'billOtherPayer',
    'moveToPatient',
    'writeOff',
    'callPayer',
    'wait',
  ],
  upheld: [...stepPaths, 'sendDocuments', 'replacementClaim', 'voidClaim', 'billOtherPayer', 'moveToPatient', 'writeOff', 'wait'],
  nextPayer: ['billNextPayer', 'callPayer', 'wait'],
  patientBalance: [
    'sendStatement',
    'offerPaymentPlan',
    'placeWithVendor',
    'sendCollectionNotice',
    'allowExtraordinaryAction',
    'writeOff',
    'wait',
  ],
  placed: ['recallFromVendor', 'sendCollectionNotice', 'allowExtraordinaryAction', 'wait'],
  credit: ['requestRefund', 'wait'],
};

/** Why the lifecycle refuses this action where the account stands, in words for the person who gets the task; null when it is legal. */
export function refusalOf(turn: Turn, point: DecisionPoint, subject: Subject, action: Action): string | null {
  if (action === 'routeToPerson') return null;
  if (!actionsAt[point].includes(action)) return `"${action}" is not possible at the point "${point}"`;
  const claim = claimOf(turn.account, subject);
  const found = subject.kind === 'case' ? findCase(turn.account, subject.caseId)?.case : undefined;
  if (claim !== null) return claimRefusal(turn, claim, found ?? null, action);
  return patientRefusal(turn, action);
}

function claimRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null, action: Action): string | null {
  switch (action) {
    case 'newClaim':
    case 'resendClaim':
      return newClaimRefusal(turn, claim, c);
    case 'replacementClaim':
      return replacementRefusal(turn, claim, c);
    case 'voidClaim':
      return voidRefusal(turn, claim, c);
    case 'reconsideration':
    case 'appeal':
    case 'reopening':
    case 'openNegotiation':
    case 'disputeResolution':
      return disputeRefusal(turn, claim, c, action);
    case 'sendDocuments':
    case 'billOtherPayer':
      return c === null ? 'it is only for a denial' : otherPathOpen(turn, { claim, case: c }, action);
    case 'moveToPatient':
      return c !== null && mayBecomePatients(c)
        ? null
        : 'only an amount under group PR, or PI after review, may become the patient’s (CO never)';
    case 'billNextPayer':
      return crossedOver(turn, claim);
    case 'sendStatusInquiry':
      return inquiryRefusal(turn, claim);
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
  const open = c === null ? null : otherPathOpen(turn, { claim, case: c }, 'newClaim');
  return open ?? lateFor(turn, 'filing', claim, c);
}

/** No word of the claim by the payer, or the payer said on the phone that it does not have it. */
function neverArrived(turn: Turn, claim: ClaimTrack): boolean {
  const last = claim.submissions.at(-1);
  if (last === undefined || claim.remittances.length > 0) return false;
  return !last.claimAcknowledged || isNotOnFile(turn, claim);
}

function replacementRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null): string | null {
  if (c !== null && isUnprocessable(c)) return 'MA130 means the claim was never adjudicated: send a new claim, not a replacement';
  const notFinal = changeRefusal(claim, c, 'replacement');
  if (notFinal !== null) return notFinal;
  if (c !== null) {
    const said = claim.evidence?.ourDataWrong;
    if (said === false) return 'our data was right: a corrected claim changes nothing and is no appeal, dispute the decision';
    if (said === undefined && isMedical(turn, { claim, case: c }))
      return 'the denial rests on a medical judgement, not on our data: a corrected claim does not keep the right to appeal (say ourDataWrong if it was)';
    const open = ownPathOpen(turn, { claim, case: c }, 'replacementClaim') ?? otherPathOpen(turn, { claim, case: c }, 'replacementClaim');
    if (open !== null) return open;
  }
  return lateFor(turn, 'correctedClaim', claim, c);
}

/** The claim should not exist: wrong patient, wrong payer. It touches all lines and takes all money back. */
function voidRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null): string | null {
  if (c !== null && isUnprocessable(c)) return 'MA130 means the claim was never adjudicated: there is nothing to void';
  const notFinal = changeRefusal(claim, c, 'void');
  if (notFinal !== null || c === null) return notFinal;
  return ownPathOpen(turn, { claim, case: c }, 'voidClaim') ?? otherPathOpen(turn, { claim, case: c }, 'voidClaim');
}

/** What changes or ends a claim that the payer has needs its final word about it, and its number. */
function changeRefusal(claim: ClaimTrack, c: DenialCase | null, what: 'replacement' | 'void'): string | null {
  if (standingRemittances(claim).length === 0)
    return `a ${what} needs an adjudicated claim; this one was never adjudicated${what === 'void' ? ', wait for the remittance' : ', send a new claim'}`;
  if (c?.category === 'PND') return `a ${what} before the claim is final is refused: the payer has only pended it`;
  if (isVoided(claim)) return `the claim was voided: there is nothing left for a ${what}`;
  return claim.payerClaimNumber === null ? `a ${what} needs the payer claim number (REF*F8), which is not known` : null;
}

function disputeRefusal(turn: Turn, claim: ClaimTrack, c: DenialCase | null, path: StepPath): string | null {
  if (c === null) return 'only a denial can be disputed; a rejection has no appeal rights';
  if (isUnprocessable(c)) return 'MA130: the claim was unprocessable and has no appeal rights, send a new claim';
  if (c.category === 'PND') return 'the payer has not decided yet: what is pended cannot be disputed';
  if (isVoided(claim)) return 'the claim was voided: there is nothing left to dispute';
  if (path !== 'reopening' && c.denials.some((d) => d.rarcs.includes('N211')))
    return 'N211: the payer says this decision cannot be appealed';
  if (claim.evidence?.ourDataWrong === true && path !== 'reopening')
    return 'what we sent was wrong: a replacement corrects it, a dispute does not';
  const at = { claim, case: c };
  const { step, refusal } = nextStep(turn, at, path);
  if (refusal !== null) return refusal;
  return ownPathOpen(turn, at, path, step) ?? otherPathOpen(turn, at, path) ?? lateFor(turn, step.deadline, claim, c);
}

function isUnprocessable(c: DenialCase): boolean {
  return c.denials.some((d) => d.rarcs.includes('MA130'));
}

/** The payer before forwarded the claim itself: ours would be its duplicate (N522), unless the next payer says that it never came. */
function crossedOver(turn: Turn, next: ClaimTrack): string | null {
  const before = turn.account.claims.find((claim) => claim.sequence === next.sequence - 1);
  const forwarded = before === undefined ? undefined : standingRemittances(before).findLast((r) => r.crossover);
  if (forwarded === undefined || isNotOnFile(turn, next)) return null;
  return `the payer before forwarded the claim on ${forwarded.remittanceOn}: billed again it is a duplicate (N522)`;
}

/** A payer that has accepted a claim is not asked before its time. */
function inquiryRefusal({ account }: Turn, claim: ClaimTrack): string | null {
  const last = claim.submissions.at(-1);
  if (last === undefined) return 'nothing was submitted to ask about';
  const quiet = account.deadlines.find(
    (d) => d.status === 'open' && d.deadline.kind === 'statusInquiry' && subjectKey(d.subject) === `claim${claim.sequence}`,
  );
  return last.acceptedOn === null || quiet === undefined
    ? null
    : `the payer accepted the claim on ${last.acceptedOn}: it is asked from ${quiet.deadline.nominalOn} on (${quiet.deadline.policyId})`;
}

/** No path past its deadline without a person (invariant 4). */
function lateFor(turn: Turn, kind: Parameters<Turn['derive']>[0], claim: ClaimTrack, c: DenialCase | null): string | null {
  const deadline = turn.derive(kind, claim, anchorsOf(turn, claim, c));
  return deadline !== null && turn.today > deadline.legalOn ? `it had to be done by ${deadline.legalOn} (${deadline.policyId})` : null;
}

function patientRefusal({ account, knowledge }: Turn, action: Action): string | null {
  const hold = holdStopping(knowledge.holds, account.holds, action);
  if (hold !== null) return stoppedBy(hold);
  if (action === 'sendCollectionNotice' && account.patient.statements.length === 0) return 'the notice follows the first statement';
  if ((action === 'sendStatement' || action === 'offerPaymentPlan' || action === 'placeWithVendor') && hasPlacementOut(account))
    return vendorHasIt(account);
  if (action === 'placeWithVendor' && account.patient.plan.status === 'active') return 'the patient pays on a plan';
  if (action === 'placeWithVendor' && account.patient.statements.length === 0)
    return 'a balance is placed only after the patient got a statement';
  if (
    (action === 'sendStatement' || action === 'placeWithVendor' || action === 'sendCollectionNotice') &&
    bucketBalance(account, 'patient') <= 0
  )
    return 'the patient owes nothing';
  return null;
}
