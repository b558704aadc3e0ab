import { describe, expect, test } from '@jest/globals';
import type { Facts } from '../../../rules/domain/decision.ts';
import { answered } from './situation.ts';

type Row = readonly [says: string, facts: Facts, expected: string];

function table(plain: Facts, rows: readonly Row[]): void {
  test.each(rows)('%s', (_says, facts, expected) => expect(answered({ ...plain, ...facts })).toBe(expected));
}

const owes = {
  point: 'patientBalance',
  'patient.balanceCents': 185_000,
  'patient.plan': 'none',
  'patient.holds': [],
  'patient.placements': 0,
};

describe('Self-pay: 1,850.00 and no payer on the account', () => {
  table({ ...owes, 'payer.class': 'selfPay' }, [
    ['nothing sent yet', { 'patient.statements': 0 }, 'selfPay.firstStatement: sendStatement in patientBalances, again in 30 days'],
    [
      'billed 400.00 above the estimate',
      { 'patient.statements': 0, 'patient.estimateCents': 100_000, 'patient.aboveEstimateCents': 40_000 },
      'selfPay.aboveEstimate: routeToPerson in patientBalances',
    ],
    [
      'billed 399.99 above the estimate',
      { 'patient.statements': 0, 'patient.estimateCents': 100_000, 'patient.aboveEstimateCents': 39_999 },
      'selfPay.firstStatement: sendStatement in patientBalances, again in 30 days',
    ],
    [
      'day 30',
      { 'patient.statements': 1, 'patient.daysSinceFirstStatement': 30, 'patient.daysSinceLastStatement': 30 },
      'selfPay.planEarly: offerPaymentPlan in patientBalances, again in 30 days',
    ],
    [
      'day 29',
      { 'patient.statements': 1, 'patient.daysSinceFirstStatement': 29, 'patient.daysSinceLastStatement': 29 },
      'patientBalance.statementNotDue: wait in patientBalances, again in 1 week',
    ],
    [
      'an assistance application',
      { 'patient.statements': 1, 'patient.holds': ['assistanceApplication'] },
      'patientBalance.held: wait in patientBalances, again in 30 days',
    ],
    [
      'with a payer the plan comes after the second statement',
      { 'payer.class': 'commercial', 'patient.statements': 1, 'patient.daysSinceFirstStatement': 30, 'patient.daysSinceLastStatement': 30 },
      'patientBalance.nextStatement: sendStatement in patientBalances, again in 30 days',
    ],
  ]);
});

const returned = { 'patient.placements': 1, 'patient.lastPlacement': 'returned' };

describe('Vendor placement: early-out, bad debt 1, bad debt 2', () => {
  table({ ...owes, 'patient.statements': 3, 'patient.daysSinceFirstStatement': 120, 'patient.daysSinceLastStatement': 60 }, [
    ['day 120: first placement', {}, 'patientBalance.place: placeWithVendor in vendors'],
    ['day 119', { 'patient.daysSinceFirstStatement': 119 }, 'patientBalance.awaitDay120: wait in patientBalances, again in 30 days'],
    [
      'plan declined, day 60: early-out',
      { 'patient.plan': 'declined', 'patient.statements': 2, 'patient.daysSinceFirstStatement': 60, 'patient.daysSinceLastStatement': 30 },
      'vendor.earlyOut: placeWithVendor in vendors',
    ],
    [
      'plan declined, 999.99',
      {
        'patient.plan': 'declined',
        'patient.balanceCents': 99_999,
        'patient.statements': 2,
        'patient.daysSinceFirstStatement': 60,
        'patient.daysSinceLastStatement': 30,
      },
      'patientBalance.nextStatement: sendStatement in patientBalances, again in 30 days',
    ],
    ['back from early-out, day 120', { ...returned, 'patient.lastTier': 'earlyOut' }, 'vendor.afterEarlyOut: placeWithVendor in vendors'],
    [
      'back from early-out, day 119',
      { ...returned, 'patient.lastTier': 'earlyOut', 'patient.daysSinceFirstStatement': 119 },
      'vendor.earlyOutReturned: wait in patientBalances, again in 1 week',
    ],
    [
      'returned by the first agency, 500.00',
      { ...returned, 'patient.lastTier': 'badDebt1', 'patient.balanceCents': 50_000 },
      'vendor.secondPlacement: placeWithVendor in vendors',
    ],
    [
      'returned by the first agency, 499.99',
      { ...returned, 'patient.lastTier': 'badDebt1', 'patient.balanceCents': 49_999 },
      'patientBalance.returnedUnpaid: writeOff in supervisor',
    ],
    [
      'returned by the second',
      { ...returned, 'patient.placements': 2, 'patient.lastTier': 'badDebt2' },
      'patientBalance.returnedUnpaid: writeOff in supervisor',
    ],
    [
      'returned, but on hold',
      { ...returned, 'patient.lastTier': 'badDebt1', 'patient.holds': ['dispute'] },
      'patientBalance.held: wait in patientBalances, again in 30 days',
    ],
    [
      'refused by the vendor',
      { 'patient.placements': 1, 'patient.lastPlacement': 'refused', 'patient.lastTier': 'badDebt1' },
      'patientBalance.placedBefore: routeToPerson in patientBalances',
    ],
  ]);
});

describe('Recall, by age and by event', () => {
  const placed = {
    point: 'placed',
    'placement.tier': 'badDebt1',
    'placement.status': 'placed',
    'placement.days': 30,
    'placement.paidCents': 0,
    'patient.holds': [],
    'patient.daysSinceFirstStatement': 150,
  };
  table(placed, [
    ['nothing special', {}, 'placed.review: wait in vendors, again in 30 days'],
    ['bankruptcy', { 'patient.holds': ['bankruptcy'] }, 'placed.bankruptcy: recallFromVendor in vendors'],
    ['the patient died', { 'patient.holds': ['deceased'] }, 'vendor.patientProtected: recallFromVendor in vendors'],
    ['a lawyer', { 'patient.holds': ['attorney'] }, 'vendor.patientProtected: recallFromVendor in vendors'],
    [
      'an assistance application',
      { 'patient.holds': ['assistanceApplication'] },
      'vendor.assistanceApplied: wait in vendors, again in 30 days',
    ],
    ['a dispute against the estimate', { 'patient.holds': ['billDispute'] }, 'vendor.billDisputed: recallFromVendor in vendors'],
    ['insurance found', { 'patient.holds': ['insurancePending'] }, 'vendor.insuranceFound: recallFromVendor in vendors'],
    ['returned mail is the vendor’s to trace', { 'patient.holds': ['returnedMail'] }, 'placed.review: wait in vendors, again in 30 days'],
    [
      'early-out, day 120 from the first statement',
      { 'placement.tier': 'earlyOut', 'patient.daysSinceFirstStatement': 120 },
      'vendor.endOfEarlyOut: recallFromVendor in vendors',
    ],
    [
      'early-out, day 119',
      { 'placement.tier': 'earlyOut', 'patient.daysSinceFirstStatement': 119 },
      'placed.review: wait in vendors, again in 30 days',
    ],
    ['nothing paid in 180 days', { 'placement.days': 180 }, 'placed.nothingPaid: recallFromVendor in vendors'],
    ['nothing paid in 179', { 'placement.days': 179 }, 'placed.review: wait in vendors, again in 30 days'],
    [
      'a year, 90 days without a payment',
      { 'placement.days': 365, 'placement.paidCents': 1, 'placement.daysSinceLastPayment': 90 },
      'vendor.paymentsStopped: recallFromVendor in vendors',
    ],
    [
      'a year, paying',
      { 'placement.days': 365, 'placement.paidCents': 1, 'placement.daysSinceLastPayment': 89 },
      'placed.review: wait in vendors, again in 30 days',
    ],
    [
      'second agency, a year',
      { 'placement.tier': 'badDebt2', 'placement.days': 365, 'placement.paidCents': 1, 'placement.daysSinceLastPayment': 3 },
      'vendor.secondPlacementOver: recallFromVendor in vendors',
    ],
  ]);
});

describe('Follow-up: when to ask whom', () => {
  const asked = { 'silence.waitingFor': 'statusInquiry', 'silence.days': 14, 'silence.inquiries': 0, 'evidence.timelyFiling': true };
  const call = { 'silence.waitingFor': 'payerCall', 'silence.days': 30, 'silence.inquiries': 2, 'evidence.timelyFiling': true };
  const noAnswer = { 'silence.waitingFor': 'claimAcknowledgement', 'silence.days': 2, 'evidence.timelyFiling': false };
  table({ point: 'silent', 'payer.class': 'commercial', 'payer.state': 'OH', 'left.filingDays': 60 }, [
    [
      'no 999 after a business day',
      { ...noAnswer, 'silence.waitingFor': 'functionalAcknowledgement', 'silence.days': 1 },
      'silent.noAcknowledgement: routeToPerson in followUp',
    ],
    ['no 277CA after two', noAnswer, 'silent.noAcknowledgement: routeToPerson in followUp'],
    [
      'no 277CA, 14 days to the filing limit',
      { ...noAnswer, 'left.filingDays': 14 },
      'silent.nearFilingLimit: routeToPerson in supervisor',
    ],
    ['no 277CA, 15 days', { ...noAnswer, 'left.filingDays': 15 }, 'silent.noAcknowledgement: routeToPerson in followUp'],
    ['commercial, day 14', asked, 'silent.statusInquiry: sendStatusInquiry in followUp, again in 14 days'],
    ['commercial, three in vain', { ...asked, 'silence.inquiries': 3 }, 'silent.inquiriesInVain: callPayer in followUp'],
    ['commercial, day 30', call, 'silent.payerCall: callPayer in followUp'],
    [
      'Medicare, day 14',
      { ...asked, 'payer.class': 'medicare' },
      'followUp.medicareStatus: sendStatusInquiry in followUp, again in 14 days',
    ],
    ['Medicare, day 30', { ...call, 'payer.class': 'medicare' }, 'followUp.medicareCeiling: callPayer in followUp'],
    [
      'Medicare Advantage without contract, day 30',
      { ...call, 'payer.class': 'medicareAdvantage', 'payer.contracted': false },
      'followUp.advantageNoContract: callPayer in followUp',
    ],
    [
      'Medicaid, day 14',
      { ...asked, 'payer.class': 'medicaid' },
      'followUp.medicaidStatus: sendStatusInquiry in followUp, again in 3 weeks',
    ],
    ['Medicaid, day 30', { ...call, 'payer.class': 'medicaid' }, 'followUp.medicaidLate: callPayer in followUp'],
    ['California, day 30', { ...call, 'payer.state': 'CA' }, 'followUp.california: callPayer in followUp'],
    [
      'California, a self-funded plan',
      { ...call, 'payer.state': 'CA', 'payer.funding': 'selfFunded' },
      'silent.payerCall: callPayer in followUp',
    ],
    ['New York, day 30', { ...call, 'payer.state': 'NY', 'payer.class': 'blue' }, 'followUp.newYork: callPayer in followUp'],
    ['Texas, day 30', { ...call, 'payer.state': 'TX' }, 'followUp.texas: callPayer in followUp'],
    ['TRICARE, day 14', { ...asked, 'payer.class': 'tricare' }, 'followUp.tricareStatus: sendStatusInquiry in followUp, again in 3 weeks'],
    [
      'compensation: the adjuster is called',
      { ...asked, 'payer.class': 'workersCompensation' },
      'followUp.compensationCall: callPayer in followUp',
    ],
    ['an answer to an appeal is late', { ...asked, 'silence.waitingFor': 'appealAnswer' }, 'silent.appealAnswer: callPayer in appeals'],
  ]);
});
