import { screeningResults } from '../domain/assistance.ts';
import { count, days, type FactDeclaration, text } from './declare-fact.ts';

const ofPatient = ['patientBalance', 'placed', 'credit', 'nextPayer'] as const;
const ofBalance = ['patientBalance', 'placed'] as const;

/** Financial assistance, and what must not happen before its day. */
export const assistanceFacts = {
  'left.extraordinaryActionDays': days(
    'Days until extraordinary collection actions are allowed as far as days decide; negative after; null while statement, notice or oral attempt is missing.',
    ofBalance,
  ),
  'left.applicationDays': days('Days to the end of the time to apply for assistance.', ofBalance),
  'patient.creditReportingDays': days(
    'Days until the balance may stand on a credit report; 0 when it may; null when more than time stands in the way.',
    ofBalance,
  ),
  'patient.medicareEffortDays': days(
    'Days to the end of the 120 days of effort that Medicare bad debt needs; null where it is no Medicare balance or nobody was billed.',
    ofBalance,
  ),
  'patient.assistance': text('Where the last application for financial assistance stands.', ofPatient, {
    values: ['none', 'applied', 'incomplete', 'approved', 'denied'],
  }),
  'patient.assistanceScreen': text('What a presumptive screening said last; null when nobody screened.', ofPatient, {
    values: screeningResults,
  }),
  'patient.daysSinceAssistanceDecision': days('Days since the last application was decided.', ofPatient),
  'patient.statementsSinceAward': count('Statements since assistance was granted; null when it was not.', ofPatient),
  'patient.daysSinceCollectionNotice': days('Days since the written notice before extraordinary actions.', ofPatient),
} satisfies Record<string, FactDeclaration>;
