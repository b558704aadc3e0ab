import type { ClaimTrack } from '../domain/account.ts';
import { type CivilDate, civilDate, daysBetween } from '../domain/civil-date.ts';
import type { FactValue } from '../domain/decision.ts';
import { holdAgainst, holdsInForce, holdStops } from '../domain/hold.ts';
import type { Subject } from '../domain/task.ts';
import { accountBalance, bucketBalance, payerBucket, standingRemittances } from './balances.ts';
import { causeOf, creditDeadline } from './credits.ts';
import { assistanceFacts } from './facts-assistance.ts';
import { aboveEstimateCents } from './estimate.ts';
import { planFacts } from './facts-plan.ts';
import { owedElsewhere } from './owed-elsewhere.ts';
import type { Question } from './questions.ts';
import type { Turn } from './turn.ts';
import { contractDaysLeft } from './vendor-terms.ts';
import { anchorsOf, daysLeft } from './windows.ts';

type Given = Record<string, FactValue>;

const patientPoints: ReadonlySet<string> = new Set(['patientBalance', 'placed', 'credit', 'nextPayer']);

export function patientFacts(turn: Turn, question: Question): Given {
  if (!patientPoints.has(question.point)) return {};
  const { patient, holds, lines } = turn.account;
  const since = (on: string | undefined) => (on === undefined ? null : daysSince(turn, on));
  const lastReturn = patient.placements.findLast((p) => p.status === 'returned');
  const returnedOn = lastReturn?.returnedOn ?? null;
  const payments = lines.filter((line) => line.kind === 'patientPayment');
  return {
    'patient.balanceCents': bucketBalance(turn.account, 'patient'),
    'patient.statements': patient.statements.length,
    'patient.daysSinceFirstStatement': since(patient.statements[0]),
    'patient.daysSinceLastStatement': since(patient.statements.at(-1)),
    ...planFacts(turn),
    'patient.holds': holdsInForce(holds).map(({ reason }) => reason),
    'patient.stopped': stopped(turn),
    'patient.estimateCents': turn.account.estimate?.cents ?? null,
    'patient.aboveEstimateCents': aboveEstimateCents(turn.account),
    'patient.paidCents': patient.paidCents,
    'patient.daysSinceLastPayment': since(payments.at(-1)?.on),
    'patient.balanceAgeDays': since(lines.find((line) => line.bucket === 'patient' && line.cents > 0)?.on),
    'patient.placements': patient.placements.length,
    'patient.lastPlacement': patient.placements.at(-1)?.status ?? null,
    'patient.lastTier': patient.placements.at(-1)?.tier ?? null,
    'patient.lastReturnReason': lastReturn?.recallReason ?? lastReturn?.returnReason ?? null,
    'patient.statementsSinceReturn': returnedOn === null ? null : patient.statements.filter((on) => on >= returnedOn).length,
    ...guarantorFacts(turn),
    ...assistanceFacts(turn, question),
  };
}

function stopped({ account, knowledge }: Turn): readonly string[] {
  return holdStops.filter((stop) => holdAgainst(knowledge.holds, account.holds, stop) !== null);
}

function guarantorFacts({ account, guarantor, today }: Turn): Given {
  if (guarantor === null) return {};
  const { state, mailReturnedOn, accounts, owedElsewhereCents, lastStatementOn } = guarantor;
  return {
    'patient.state': state === '' ? null : state,
    'patient.mailReturned': mailReturnedOn !== null,
    'guarantor.accounts': accounts,
    'guarantor.balanceCents': bucketBalance(account, 'patient') + owedElsewhereCents,
    'guarantor.daysSinceLastStatement': lastStatementOn === null ? null : daysBetween(lastStatementOn, today),
  };
}

export function placementFacts(turn: Turn, subject: Subject): Given {
  const placement = subject.kind === 'placement' ? turn.account.patient.placements.find((p) => p.id === subject.placementId) : undefined;
  if (placement === undefined) return {};
  const placedOn = placement.placedOn ?? placement.offeredOn;
  const paidOn = turn.account.lines.findLast((line) => line.kind === 'patientPayment' && line.on >= placedOn)?.on;
  return {
    'placement.vendor': placement.vendor,
    'placement.tier': placement.tier,
    'placement.days': daysSince(turn, placedOn),
    'placement.status': placement.status,
    'placement.balanceCents': placement.balanceCents,
    'placement.vendorStatus': placement.vendorStatus ?? null,
    'placement.contractDaysLeft': contractDaysLeft(placement, turn.today),
    'placement.paidCents': placement.paidCents,
    'placement.daysSinceLastPayment': placement.paidCents === 0 || paidOn === undefined ? null : daysSince(turn, paidOn),
  };
}

export function nextPayerFacts(turn: Turn, question: Question): Given {
  if (question.point !== 'nextPayer' || question.subject.kind !== 'claim') return {};
  const { account, today } = turn;
  const { sequence } = question.subject;
  const next = account.claims.find((c) => c.sequence === sequence);
  const earlier = account.claims.find((c) => c.sequence === sequence - 1);
  const left = earlier === undefined ? undefined : standingRemittances(earlier).at(-1);
  return {
    'next.payerId': next?.payerId ?? null,
    'next.class': next?.payerClass ?? null,
    'next.crossover': left?.crossover ?? false,
    'next.waitedDays': left === undefined ? null : daysBetween(left.remittanceOn, today),
    'left.secondaryFilingDays': next === undefined ? null : daysLeft(turn, 'secondaryFiling', next, anchorsOf(turn, next, null)),
  };
}

export function creditFacts(turn: Turn, subject: Subject): Given {
  if (subject.kind !== 'credit') return {};
  const { account } = turn;
  const { bucket } = subject;
  const holder = account.claims.find((claim) => payerBucket(claim.sequence) === bucket) ?? null;
  const touched = account.lines.findLast((line) => line.bucket === bucket)?.on;
  const identifiedOn = touched === undefined ? null : civilDate(touched);
  return {
    'credit.cents': -bucketBalance(account, bucket),
    'credit.owedElsewhereCents': bucket === 'patient' ? owedElsewhere(turn) : null,
    'credit.bucket': bucket,
    'credit.holderClass': holder?.payerClass ?? null,
    'credit.cause': causeOf(account, bucket),
    'credit.ageDays': identifiedOn === null ? null : daysBetween(identifiedOn, turn.today),
    'credit.otherBalanceCents': accountBalance(account) - bucketBalance(account, bucket),
    'left.refundDays': refundDays(turn, subject, { holder, identifiedOn }),
  };
}

/** To the date of the clock that runs, else as if the credit were identified on the day it was last posted to. */
function refundDays(
  turn: Turn,
  subject: Subject,
  { holder, identifiedOn }: { readonly holder: ClaimTrack | null; readonly identifiedOn: CivilDate | null },
): number | null {
  const running = creditDeadline(turn.account, subject);
  if (running !== null) return daysBetween(turn.today, running.legalOn);
  return identifiedOn === null ? null : daysLeft(turn, 'refund', holder, { identifiedOn });
}

/** Ledger lines keep their day as text. */
function daysSince(turn: Turn, on: string): number {
  return daysBetween(civilDate(on), turn.today);
}
