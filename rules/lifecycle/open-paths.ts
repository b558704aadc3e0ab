import type { ClaimTrack, DenialCase } from '../domain/account.ts';
import type { Action } from '../domain/decision.ts';
import type { PathKind } from '../domain/event.ts';
import type { WayStep } from '../domain/way-of-appeal.ts';
import { liveCases } from './balances.ts';
import { claimOf } from './windows.ts';
import type { Turn } from './turn.ts';
import { type CaseAt, hasLateAnswer, stepTaken, waysOf } from './ways.ts';

/** They touch every line of the claim. */
const wholeClaim: ReadonlySet<Action | PathKind> = new Set([
  'newClaim',
  'resendClaim',
  'replacement',
  'replacementClaim',
  'void',
  'voidClaim',
]);

/** Never two paths at once on a line, nor beside one that touches them all, nor on a claim where the payer refuses the second (DOMAIN §1.3 rule a). */
export function otherPathOpen(turn: Turn, at: CaseAt, action: Action): string | null {
  const isWhole = wholeClaim.has(action) || waysOf(turn, at).some((way) => way.oneAtATimePer === 'claim');
  const other = liveCases(at.claim).find((live) => live.id !== at.case.id && isOpen(live) && (isWhole || meets(live, at.case)));
  return other === undefined ? null : `another path is open on this claim (${other.paths.at(-1)?.kind ?? 'unknown'}); finish it first`;
}

function isOpen(c: DenialCase): boolean {
  return c.status === 'working' || c.status === 'awaitingAnswer';
}

function meets(open: DenialCase, c: DenialCase): boolean {
  const path = open.paths.at(-1)?.kind;
  return (path !== undefined && wholeClaim.has(path)) || shareLine(open, c);
}

/** A denial at claim level is about every line. */
export function shareLine(a: DenialCase, b: DenialCase): boolean {
  const lines = new Set(a.denials.map((d) => d.lineNumber));
  return lines.has(null) || b.denials.some(({ lineNumber }) => lineNumber === null || lines.has(lineNumber));
}

/**
 * What was filed about the same case has no answer yet. Documents sent are no dispute; a corrected claim of which the payer knows nothing is none
 * either; and where the law lets the next level begin when the answer is late, it does.
 */
export function ownPathOpen(turn: Turn, at: CaseAt, action: Action, step: WayStep | null = null): string | null {
  const { claim, case: c } = at;
  const path = c.paths.at(-1);
  if (c.status !== 'awaitingAnswer' || path === undefined || path.kind === 'documents' || path.kind === 'otherPayer') return null;
  if (wholeClaim.has(path.kind) && (isNotOnFile(turn, claim) || claim.submissions.at(-1)?.status === 'rejected')) return null;
  const filed = stepTaken(turn, at);
  if (step?.afterSilence === true && filed !== null && hasLateAnswer(turn, c, filed)) return null;
  return `the ${path.kind} filed on ${path.filedOn ?? path.takenOn} has no answer yet, so "${action}" would be a second path on the same lines`;
}

/** The payer said on the phone that it does not have what was sent last. */
export function isNotOnFile({ account }: Turn, claim: ClaimTrack): boolean {
  const sentOn = claim.submissions.at(-1)?.sentOn ?? '';
  return account.tasks.some(
    (t) => t.outcome === 'notOnFile' && (t.closedOn ?? '') >= sentOn && claimOf(account, t.subject)?.sequence === claim.sequence,
  );
}

export function isVoided({ submissions }: ClaimTrack): boolean {
  const last = submissions.at(-1);
  return last?.frequency === '8' && last.status !== 'rejected';
}
