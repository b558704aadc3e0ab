import { creditReportingFrom } from '../collection/credit-reporting.ts';
import type { AssistanceApplication } from '../domain/assistance.ts';
import { civilDate, daysBetween } from '../domain/civil-date.ts';
import type { FactValue } from '../domain/decision.ts';
import { badDebtEffortEndsOn } from './bad-debt-standing.ts';
import { applicationPeriod, creditReportingNow, earliestExtraordinary, lastNoticeOn } from './extraordinary.ts';
import type { Question } from './questions.ts';
import type { Turn } from './turn.ts';

type Given = Record<string, FactValue>;

/** What rules may know of assistance and of what must not happen before its day (26 CFR 1.501(r)-6). */
export function assistanceFacts(turn: Turn, { point }: Question): Given {
  const { assistance, patient } = turn.account;
  const last = assistance?.applications.at(-1);
  const decidedOn = last?.decision?.on;
  const since = (on: string | undefined) => (on === undefined ? null : daysBetween(civilDate(on), turn.today));
  return {
    'patient.assistance': inOneWord(last),
    'patient.assistanceScreen': assistance?.screening?.result ?? null,
    'patient.daysSinceAssistanceDecision': since(decidedOn),
    'patient.statementsSinceAward': last?.status === 'approved' ? patient.statements.filter((on) => on >= (decidedOn ?? on)).length : null,
    'patient.daysSinceCollectionNotice': since(lastNoticeOn(turn.account)),
    ...(point === 'patientBalance' || point === 'placed' ? daysLeftFacts(turn) : {}),
  };
}

function daysLeftFacts(turn: Turn): Given {
  const to = (on: string | null | undefined) => (on === null || on === undefined ? null : daysBetween(turn.today, civilDate(on)));
  const refusals = creditReportingNow(turn);
  return {
    'left.applicationDays': to(applicationPeriod(turn)?.legalOn),
    'left.extraordinaryActionDays': to(earliestExtraordinary(turn)?.legalOn),
    'patient.creditReportingDays': refusals.length === 0 ? 0 : to(creditReportingFrom(refusals)),
    'patient.medicareEffortDays': to(badDebtEffortEndsOn(turn.account)),
  };
}

function inOneWord(application: AssistanceApplication | undefined): string {
  switch (application?.status) {
    case 'received':
    case 'complete':
    case 'proposed':
      return 'applied';
    case 'incomplete':
    case 'approved':
    case 'denied':
      return application.status;
    case 'late':
    case 'notTaken':
    case 'lapsed':
    case 'withdrawn':
    case undefined:
      return 'none';
  }
}
