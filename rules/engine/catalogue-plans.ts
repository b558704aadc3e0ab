import { planStatuses } from '../domain/plan.ts';
import { count, days, money, percent, text } from './declare-fact.ts';

const ofPatient = ['patientBalance', 'placed', 'credit', 'nextPayer'] as const;

/** Facts about payment plans, promises, and a patient’s credit. */
export const planFactsDeclared = {
  'patient.plan': text('Where the payment plan stands.', ofPatient, { values: planStatuses }),
  'patient.planInstalmentCents': money('Monthly instalment agreed.', ofPatient),
  'patient.planAgeDays': days('Days since the plan was agreed.', ofPatient),
  'patient.planMissed': count('Instalments whose days of grace have passed unpaid.', ofPatient),
  'patient.planOverdueCents': money('Of the plan, due before today and unpaid.', ofPatient),
  'patient.planOffers': count('Plans offered or agreed so far.', ofPatient),
  'patient.planPaidPercent': percent('How much of the plan was paid.', ofPatient),
  'patient.daysSincePlanEnded': days('Days since the plan broke, was kept, declined or ended.', ofPatient),
  'patient.promise': text('What became of the last promise to pay.', ofPatient, { values: ['open', 'kept', 'partlyKept', 'broken'] }),
  'credit.owedElsewhereCents': money('Of a patient’s credit: what the guarantor owes on other accounts.', ['credit']),
} as const;
