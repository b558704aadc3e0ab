import type { Account, ClaimTrack, DenialCase } from '../domain/account.ts';
import { daysBetween } from '../domain/civil-date.ts';
import type { DeadlineKind } from '../domain/deadline.ts';
import type { Facts, FactValue } from '../domain/decision.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance, caseAmount, findCase, standingRemittances } from './balances.ts';
import type { Anchors } from './contract.ts';
import { planStatus } from './plan.ts';
import type { Question } from './questions.ts';
import type { Turn } from './turn.ts';

/** What the rules may look at for this question (rules/engine/catalogue.ts): the facts that are known; the catalogue fills the rest with null. */
export function factsFor(turn: Turn, question: Question): Facts {
  const { account } = turn;
  const claim = claimOf(account, question.subject);
  return {
    point: question.point,
    ...claimFacts(turn, claim),
    ...rejectionFacts(turn, claim, question),
    ...silenceFacts(turn, claim, question),
    ...caseFacts(turn, question.subject),
    ...patientFacts(turn),
    ...placementFacts(turn, question.subject),
    ...nextPayerFacts(turn, question),
    ...creditFacts(account, question.subject),
  };
}

export function claimOf(account: Account, subject: Subject): ClaimTrack | null {
  if (subject.kind === 'case' || subject.kind === 'claim') return account.claims.find((c) => c.sequence === subject.sequence) ?? null;
  return null;
}

function claimFacts(turn: Turn, about: ClaimTrack | null): Record<string, FactValue> {
  const { opened } = turn;
  const claim = about ?? turn.account.claims[0] ?? null;
  return {
    'payer.id': claim?.payerId ?? null,
    'payer.class': claim?.payerClass ?? 'selfPay',
    'payer.sequence': claim?.sequence ?? null,
    'payer.state': opened.state,
    'claim.type': opened.claimType,
    'claim.frequency': claim?.submissions.at(-1)?.frequency ?? null,
    'claim.chargeCents': opened.chargeCents,
    'claim.ageDays': daysBetween(opened.servicedThrough, turn.today),
    'claim.submissions': claim?.submissions.length ?? 0,
    'evidence.authorization': hasAuthorization(turn.account),
    'evidence.timelyFiling': claim?.submissions.some((s) => s.acceptedOn !== null) ?? false,
  };
}

/** An authorisation number on the claim or given by a person; null when nobody has looked yet. */
function hasAuthorization(account: Account): boolean | null {
  return account.opened?.authorizationOnFile === true ? true : null;
}

function rejectionFacts(turn: Turn, claim: ClaimTrack | null, question: Question): Record<string, FactValue> {
  const rejection = claim?.submissions.at(-1)?.rejection ?? null;
  const filing = claim === null || question.point !== 'rejected' ? null : daysLeft(turn, 'filing', claim, anchorsOf(turn, claim, null));
  if (rejection === null) return {};
  return {
    'rejection.level': rejection.level,
    'rejection.category': rejection.category,
    'rejection.status': rejection.status,
    'rejection.daysSince': daysBetween(rejection.on, turn.today),
    'left.filingDays': filing,
  };
}

function silenceFacts(turn: Turn, claim: ClaimTrack | null, question: Question): Record<string, FactValue> {
  if (question.point !== 'silent') return {};
  return {
    'left.filingDays': claim === null ? null : daysLeft(turn, 'filing', claim, anchorsOf(turn, claim, null)),
    'silence.waitingFor': question.waitingFor,
    'silence.days': daysBetween(question.since, turn.today),
    'silence.inquiries': turn.account.commands.filter((c) => c.command.kind === 'sendStatusInquiry').length,
  };
}

function caseFacts(turn: Turn, subject: Subject): Record<string, FactValue> {
  const found = subject.kind === 'case' ? findCase(turn.account, subject.caseId) : null;
  if (found === null) return {};
  const { claim, case: c } = found;
  const lead = c.denials.reduce((a, b) => (b.cents > a.cents ? b : a));
  const remittance = claim.remittances.find((r) => r.remittanceClaimId === c.remittanceClaimId);
  const paths = claim.cases.filter((other) => other.category === c.category).flatMap((other) => other.paths);
  const anchors = anchorsOf(turn, claim, c);
  return {
    'denial.group': lead.group,
    'denial.carc': lead.carc,
    'denial.groups': unique(c.denials.map((d) => d.group)),
    'denial.carcs': unique(c.denials.map((d) => d.carc)),
    'denial.rarcs': unique(c.denials.flatMap((d) => d.rarcs)),
    'denial.category': c.category,
    'denial.usualAction': turn.knowledge.usualAction(lead.carc),
    'denial.amountCents': caseAmount(c),
    'denial.lines': unique(c.denials.map((d) => String(d.lineNumber ?? 0))).length,
    'denial.wholeClaim': remittance?.paidCents === 0,
    'denial.ageDays': daysBetween(c.deniedOn, turn.today),
    'path.attempts': paths.length,
    'path.lastKind': paths.at(-1)?.kind ?? null,
    'path.reconsiderations': paths.filter((p) => p.kind === 'reconsideration').length,
    'path.appeals': paths.filter((p) => p.kind === 'appeal').length,
    'left.filingDays': daysLeft(turn, 'filing', claim, anchors),
    'left.correctedClaimDays': daysLeft(turn, 'correctedClaim', claim, anchors),
    'left.reconsiderationDays': daysLeft(turn, 'reconsideration', claim, anchors),
    'left.appealDays': daysLeft(turn, appealKind(c), claim, anchors),
  };
}

/** The level that would be filed next: the first appeal, or the one after those already filed. */
export function appealKind(c: DenialCase): DeadlineKind {
  const filed = c.paths.filter((p) => p.kind === 'appeal').length;
  return filed === 0 ? 'appeal1' : filed === 1 ? 'appeal2' : 'appeal3';
}

function daysLeft(turn: Turn, kind: DeadlineKind, claim: ClaimTrack, anchors: Anchors): number | null {
  const derived = turn.derive(kind, claim, anchors);
  return derived === null ? null : daysBetween(turn.today, derived.legalOn);
}

/** The dates a deadline may count from. `noticeOn` and `answeredOn` are the last word of the payer: the answer to a dispute, else the remittance. */
export function anchorsOf(turn: Turn, claim: ClaimTrack, c: DenialCase | null): Anchors {
  const { servicedFrom, servicedThrough } = turn.opened;
  const answered = c?.paths.findLast((p) => p.answeredOn !== null)?.answeredOn ?? null;
  const previous = standingRemittances(turn.account.claims.find((other) => other.sequence === claim.sequence - 1) ?? claim).at(-1);
  const sent = claim.submissions.at(-1)?.sentOn;
  return {
    servicedOn: servicedFrom,
    servicedThrough,
    ...(sent === undefined ? {} : { sentOn: sent }),
    ...(c === null ? {} : { remittanceOn: c.deniedOn, noticeOn: answered ?? c.deniedOn, answeredOn: answered ?? c.deniedOn }),
    ...(c === null && claim.sequence > 1 && previous !== undefined ? { remittanceOn: previous.remittanceOn } : {}),
  };
}

function patientFacts(turn: Turn): Record<string, FactValue> {
  const { patient, holds } = turn.account;
  const first = patient.statements[0];
  const last = patient.statements.at(-1);
  return {
    'patient.balanceCents': bucketBalance(turn.account, 'patient'),
    'patient.statements': patient.statements.length,
    'patient.daysSinceFirstStatement': first === undefined ? null : daysBetween(first, turn.today),
    'patient.daysSinceLastStatement': last === undefined ? null : daysBetween(last, turn.today),
    'patient.plan': planStatus(turn.account, turn.today),
    'patient.holds': holds.filter((h) => h.releasedOn === null).map((h) => h.reason),
    'patient.paidCents': patient.paidCents,
    'patient.placements': patient.placements.length,
    'patient.lastPlacement': patient.placements.at(-1)?.status ?? null,
    'patient.lastTier': patient.placements.at(-1)?.tier ?? null,
  };
}

function placementFacts(turn: Turn, subject: Subject): Record<string, FactValue> {
  const placement = subject.kind === 'placement' ? turn.account.patient.placements.find((p) => p.id === subject.placementId) : undefined;
  if (placement === undefined) return {};
  return {
    'placement.vendor': placement.vendor,
    'placement.tier': placement.tier,
    'placement.days': daysBetween(placement.placedOn ?? placement.offeredOn, turn.today),
    'placement.status': placement.status,
    'placement.paidCents': placement.paidCents,
  };
}

function nextPayerFacts({ account, today }: Turn, question: Question): Record<string, FactValue> {
  if (question.point !== 'nextPayer' || question.subject.kind !== 'claim') return {};
  const { sequence } = question.subject;
  const next = account.claims.find((c) => c.sequence === sequence);
  const earlier = account.claims.find((c) => c.sequence === sequence - 1);
  const left = earlier === undefined ? undefined : standingRemittances(earlier).at(-1);
  return {
    'next.payerId': next?.payerId ?? null,
    'next.class': next?.payerClass ?? null,
    'next.crossover': left?.crossover ?? false,
    'next.waitedDays': left === undefined ? null : daysBetween(left.remittanceOn, today),
  };
}

function creditFacts(account: Account, subject: Subject): Record<string, FactValue> {
  if (subject.kind !== 'credit') return {};
  return { 'credit.cents': -bucketBalance(account, subject.bucket), 'credit.bucket': subject.bucket };
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
