import type { Account, ClaimTrack } from '../domain/account.ts';
import { daysBetween } from '../domain/civil-date.ts';
import type { FactValue } from '../domain/decision.ts';
import type { Opened } from '../domain/event.ts';
import { facilityType, serviceCategory } from '../domain/service.ts';
import { agreementOf } from './agreement.ts';
import { accountBalance, bucketBalance, payerBucket, standingRemittances } from './balances.ts';
import { lineOfBusiness, productOf } from './line-of-business.ts';
import type { Question } from './questions.ts';
import { timelyFilingProof } from './timely-filing.ts';
import { subjectKey, type Turn } from './turn.ts';
import { varianceOf } from './underpaid.ts';
import { anchorsOf, daysLeft, unique } from './windows.ts';

type Given = Record<string, FactValue>;

/** The claim the question is about; at the patient's points the first payer's. */
export function claimFacts(turn: Turn, about: ClaimTrack | null): Given {
  const { account } = turn;
  const claim = about ?? account.claims[0] ?? null;
  return {
    'payer.id': claim?.payerId ?? null,
    'payer.class': claim?.payerClass ?? 'selfPay',
    'payer.sequence': claim?.sequence ?? null,
    'payer.state': turn.opened.state,
    'payer.lineOfBusiness': lineOfBusiness(claim),
    'payer.product': productOf(claim),
    'facility.taxExempt': turn.knowledge.facility?.taxExempt ?? null,
    'coverage.payers': account.claims.length,
    'coverage.otherKnown': account.claims.some((other) => other.sequence !== claim?.sequence),
    'coverage.classes': unique(account.claims.map((c) => c.payerClass)),
    'account.balanceCents': accountBalance(account),
    ...agreementFacts(turn, claim),
    ...openedFacts(turn),
    ...(claim === null ? { 'claim.submissions': 0 } : trackFacts(turn, claim)),
  };
}

/** A stored contract, or what people said; what the contract lets expect of the last remittance. */
function agreementFacts(turn: Turn, claim: ClaimTrack | null): Given {
  const { contract, contracted, funding } = agreementOf(turn, claim);
  const said = { 'payer.contracted': contracted, 'payer.funding': funding };
  const last = claim === null ? undefined : standingRemittances(claim).at(-1);
  if (claim === null || contract === null) return said;
  const variance = last === undefined ? null : varianceOf(turn, claim, last);
  return {
    ...said,
    'payer.contract': contract.id,
    'claim.expectedCents': variance?.expectedCents ?? null,
    'claim.varianceCents': variance?.varianceCents ?? null,
  };
}

function openedFacts({ opened, today }: Turn): Given {
  return {
    'claim.type': opened.claimType,
    'claim.chargeCents': opened.chargeCents,
    'claim.ageDays': daysBetween(opened.servicedThrough, today),
    'claim.servicedOn': opened.servicedFrom,
    'claim.servicedThrough': opened.servicedThrough,
    ...placeFacts(opened),
    ...serviceFacts(opened.services),
  };
}

function placeFacts({ claimType, facilityCode }: Opened): Given {
  if (facilityCode === undefined) return {};
  return {
    [claimType === 'professional' ? 'claim.placeOfService' : 'claim.billType']: facilityCode,
    'claim.facilityType': facilityType(claimType, facilityCode),
  };
}

function serviceFacts(services: Opened['services']): Given {
  if (services === undefined) return {};
  return {
    'claim.serviceCodes': unique(services.flatMap((s) => s.procedureCode ?? [])),
    'claim.revenueCodes': unique(services.flatMap((s) => s.revenueCode ?? [])),
    'claim.serviceCategories': unique(services.map((s) => serviceCategory(s.procedureCode, s.revenueCode))),
    'claim.modifiers': unique(services.flatMap((s) => s.modifiers)),
  };
}

function trackFacts({ account, today }: Turn, claim: ClaimTrack): Given {
  const standing = standingRemittances(claim);
  const paid = standing.reduce((total, r) => total + r.paidCents, 0);
  const share = standing.flatMap((r) => r.adjustments).reduce((total, a) => total + (a.group === 'PR' ? a.cents : 0), 0);
  const [first] = claim.submissions;
  const last = claim.submissions.at(-1);
  return {
    'claim.frequency': last?.frequency ?? null,
    'claim.submissions': claim.submissions.length,
    'claim.paidCents': paid,
    'claim.allowedCents': standing.length === 0 ? null : paid + share,
    'claim.patientShareCents': share,
    'claim.balanceCents': bucketBalance(account, payerBucket(claim.sequence)),
    'claim.remittances': standing.length,
    'claim.payerNumberKnown': claim.payerClaimNumber !== null,
    'claim.daysSinceFirstSubmission': first === undefined ? null : daysBetween(first.sentOn, today),
    'claim.daysSinceSubmission': last === undefined ? null : daysBetween(last.sentOn, today),
  };
}

const patientPoints: ReadonlySet<string> = new Set(['patientBalance', 'placed']);

export function evidenceFacts(turn: Turn, about: ClaimTrack | null, question: Question): Given {
  const { account, opened } = turn;
  if (patientPoints.has(question.point)) return {};
  const claim = about ?? account.claims[0] ?? null;
  const cases = new Set(claim?.cases.map((c) => c.id));
  return {
    'evidence.authorization': hasAuthorization(account),
    'evidence.timelyFiling': claim !== null && timelyFilingProof(turn, claim)?.isInTime === true,
    'evidence.referral': opened.referralOnFile ?? null,
    'evidence.advanceNotice': opened.services?.some((s) => s.modifiers.includes('GA')) ?? null,
    'evidence.patientConsent': claim?.evidence?.memberConsent ?? claim?.evidence?.waiverOfLiability ?? null,
    'evidence.ourDataWrong': claim?.evidence?.ourDataWrong ?? null,
    'evidence.medicalJudgement': claim?.evidence?.medicalJudgement ?? null,
    'evidence.documentsSent': account.commands.some(
      (c) => c.command.kind === 'sendDocuments' && c.status === 'sent' && cases.has(subjectKey(c.command.subject)),
    ),
  };
}

/** An authorization number on the claim; null when nobody has looked yet. */
function hasAuthorization(account: Account): boolean | null {
  return account.opened?.authorizationOnFile === true ? true : null;
}

export function rejectionFacts(turn: Turn, claim: ClaimTrack | null, question: Question): Given {
  const rejection = claim?.submissions.at(-1)?.rejection ?? null;
  if (claim === null || rejection === null || question.point !== 'rejected') return {};
  return {
    'rejection.level': rejection.level,
    'rejection.category': rejection.category,
    'rejection.status': rejection.status,
    'rejection.daysSince': daysBetween(rejection.on, turn.today),
    'left.filingDays': daysLeft(turn, 'filing', claim, anchorsOf(turn, claim, null)),
  };
}

export function silenceFacts(turn: Turn, claim: ClaimTrack | null, question: Question): Given {
  if (question.point !== 'silent') return {};
  return {
    'left.filingDays': claim === null ? null : daysLeft(turn, 'filing', claim, anchorsOf(turn, claim, null)),
    'silence.waitingFor': question.waitingFor,
    'silence.days': daysBetween(question.since, turn.today),
    'silence.inquiries': turn.account.commands.filter((c) => c.command.kind === 'sendStatusInquiry').length,
  };
}
