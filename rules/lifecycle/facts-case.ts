import type { CasePath, ClaimTrack, DenialCase } from '../domain/account.ts';
import { daysBetween } from '../domain/civil-date.ts';
import type { FactValue } from '../domain/decision.ts';
import type { PostedAdjustment } from '../domain/event.ts';
import { serviceCategory } from '../domain/service.ts';
import type { Subject } from '../domain/task.ts';
import { caseAmount, findCase, liveCases } from './balances.ts';
import type { Turn } from './turn.ts';
import { anchorsOf, daysLeft, unique } from './windows.ts';
import { asked, type CaseAt, nextStep, waysOf } from './ways.ts';

type Given = Record<string, FactValue>;

export function caseFacts(turn: Turn, subject: Subject): Given {
  const found = subject.kind === 'case' ? findCase(turn.account, subject.caseId) : null;
  if (found === null) return {};
  const { claim, case: c } = found;
  return {
    ...denialFacts(turn, claim, c),
    ...denialMoney(claim, c),
    ...serviceFacts(c.denials),
    ...historyFacts(claim, c),
    ...pathFacts(turn, claim, c),
    ...wayFacts(turn, found),
    ...proofFacts(c),
    ...windowFacts(turn, claim, c),
  };
}

function denialFacts({ today, knowledge }: Turn, claim: ClaimTrack, c: DenialCase): Given {
  const lead = leadOf(c);
  const remittance = remittanceOf(claim, c);
  return {
    'denial.group': lead.group,
    'denial.carc': lead.carc,
    'denial.groups': unique(c.denials.map((d) => d.group)),
    'denial.carcs': unique(c.denials.map((d) => d.carc)),
    'denial.rarcs': unique(c.denials.flatMap((d) => d.rarcs)),
    'denial.category': c.category,
    'denial.usualAction': knowledge.usualAction(lead.carc),
    'denial.amountCents': caseAmount(c),
    'denial.lines': unique(c.denials.map((d) => String(d.lineNumber ?? 0))).length,
    'denial.wholeClaim': remittance?.paidCents === 0,
    'denial.ageDays': daysBetween(c.deniedOn, today),
    'denial.receivedOn': remittance?.receivedOn ?? null,
    'denial.claimStatus': remittance?.status ?? null,
    'denial.level': lead.lineNumber === null ? 'claim' : 'line',
    'denial.liveCases': liveCases(claim).length,
  };
}

function denialMoney(claim: ClaimTrack, c: DenialCase): Given {
  const remittance = remittanceOf(claim, c);
  const charge = remittance?.chargeCents ?? 0;
  const perLine = new Map(c.denials.map((d) => [d.lineNumber, d.service] as const));
  const lines = [...perLine.values()];
  const known = lines.filter((line) => line !== undefined);
  const allowed = known.flatMap((line) => line.allowedCents ?? []);
  return {
    'denial.paidCents': remittance?.paidCents ?? null,
    'denial.sharePercent': charge > 0 ? Math.floor((caseAmount(c) * 100) / charge) : null,
    'denial.billedCents': perLine.has(null) ? (remittance?.chargeCents ?? null) : lineCharges(known, lines.length),
    'denial.allowedCents': allowed.length === lines.length ? allowed.reduce((a, b) => a + b, 0) : null,
  };
}

/** Null when not every line's charge is known. */
function lineCharges(known: readonly { readonly chargeCents: number }[], lines: number): number | null {
  return known.length < lines ? null : known.reduce((total, line) => total + line.chargeCents, 0);
}

function serviceFacts(denials: readonly PostedAdjustment[]): Given {
  const services = denials.flatMap((d) => d.service ?? []);
  return {
    'denial.serviceCodes': unique(services.flatMap((s) => s.procedureCode ?? [])),
    'denial.revenueCodes': unique(services.flatMap((s) => s.revenueCode ?? [])),
    'denial.serviceCategories': unique(services.map((s) => serviceCategory(s.procedureCode, s.revenueCode))),
  };
}

/** Earlier cases of the claim: an undone one was never a denial. */
function historyFacts(claim: ClaimTrack, c: DenialCase): Given {
  const earlier = claim.cases
    .slice(
      0,
      claim.cases.findIndex((other) => other.id === c.id),
    )
    .filter((other) => other.status !== 'undone');
  const previous = earlier.at(-1);
  return {
    'denial.repeats': earlier.filter((other) => other.category === c.category).length,
    'denial.previousCarc': previous === undefined ? null : leadOf(previous).carc,
    'denial.changeCents': previous === undefined ? null : caseAmount(c) - caseAmount(previous),
  };
}

function pathFacts({ today }: Turn, claim: ClaimTrack, c: DenialCase): Given {
  const paths = claim.cases.filter((other) => other.category === c.category).flatMap((other) => other.paths);
  const of = (kind: CasePath['kind']) => paths.filter((p) => p.kind === kind);
  const lastAnswer = (answered: readonly CasePath[]) => answered.findLast((p) => p.answer !== null)?.answer ?? null;
  const filedOn = paths.findLast((p) => p.filedOn !== null)?.filedOn ?? null;
  return {
    'path.attempts': paths.length,
    'path.lastKind': paths.at(-1)?.kind ?? null,
    'path.reconsiderations': of('reconsideration').length,
    'path.appeals': of('appeal').length,
    'path.newClaims': of('newClaim').length,
    'path.replacements': of('replacement').length,
    'path.documents': of('documents').length,
    'path.lastAnswer': lastAnswer(paths),
    'path.lastReconsideration': lastAnswer(of('reconsideration')),
    'path.lastAppeal': lastAnswer(of('appeal')),
    'path.daysSinceFiled': filedOn === null ? null : daysBetween(filedOn, today),
  };
}

function proofFacts({ timelyFilingProof: proof }: DenialCase): Given {
  if (proof === undefined) return {};
  const file = proof?.fileId ?? null;
  return {
    'evidence.timelyFilingProof': proof?.isInTime === true,
    'evidence.timelyFilingProofOn': proof?.acceptedOn ?? null,
    'evidence.timelyFilingProofFile': file === null ? null : `${file}@${proof?.offset ?? 0}`,
  };
}

/** The way of appeal of the case: what it may take next, and what must be known for it. */
function wayFacts(turn: Turn, at: CaseAt): Given {
  const appeal = nextStep(turn, at, 'appeal');
  const isOpen = (path: 'reconsideration' | 'reopening') => nextStep(turn, at, path).refusal === null;
  return {
    'way.id': waysOf(turn, at)[0]?.id ?? null,
    'way.nextAppeal': appeal.refusal === null ? appeal.step.name : null,
    'way.reconsiderationOpen': isOpen('reconsideration'),
    'way.reopeningOpen': isOpen('reopening'),
    'way.asked': appeal.refusal === null ? asked(turn, at, appeal.step) : [],
    'path.nextAppealLevel': appeal.step?.level ?? null,
    'left.appealDays': appeal.step === null ? null : daysLeft(turn, appeal.step.deadline, at.claim, anchorsOf(turn, at.claim, at.case)),
  };
}

function windowFacts(turn: Turn, claim: ClaimTrack, c: DenialCase): Given {
  const anchors = anchorsOf(turn, claim, c);
  return {
    'left.filingDays': daysLeft(turn, 'filing', claim, anchors),
    'left.correctedClaimDays': daysLeft(turn, 'correctedClaim', claim, anchors),
    'left.reconsiderationDays': daysLeft(turn, 'reconsideration', claim, anchors),
    'left.documentsDays': daysLeft(turn, 'documents', claim, anchors),
  };
}

/** The denial of the largest amount. */
function leadOf(c: DenialCase): PostedAdjustment {
  return c.denials.reduce((a, b) => (b.cents > a.cents ? b : a));
}

function remittanceOf(claim: ClaimTrack, c: DenialCase) {
  return claim.remittances.find((r) => r.remittanceClaimId === c.remittanceClaimId);
}
