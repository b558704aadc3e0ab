import { describe, expect, test } from '@jest/globals';
import { answered, type Situation, worked } from './situation.ts';

/** The plain case: serviced 2026-02-02 in Ohio, denied 2026-03-02, read that day. */
type Row = readonly [says: string, change: Partial<Situation> & Pick<Situation, 'denied'>, expected: string];

function table(payer: Situation['payer'], rows: readonly Row[]): void {
  test.each(rows)('%s', (_says, change, expected) => {
    expect(worked({ payer, servicedOn: '2026-02-02', remittedOn: '2026-03-02', ...change })).toBe(expected);
  });
}

const appealed = { 'path.attempts': 1, 'path.reconsiderations': 0, 'path.appeals': 1, 'path.lastKind': 'appeal' };
const upheld = { ...appealed, point: 'upheld', 'denial.group': 'CO', 'denial.carc': '50', 'denial.category': 'MED' };

describe('Original Medicare', () => {
  table(
    ['MCARE', 'medicare'],
    [
      [
        'not medically necessary: 120 days, and 5 for the post',
        { denied: 'CO-50 N115' },
        'medicare.medicalNecessity: appeal in appeals by 2026-07-05',
      ],
      ['the last day', { denied: 'CO-50 N115', readOn: '2026-07-05' }, 'medicare.medicalNecessity: appeal in appeals by 2026-07-05'],
      ['a day late', { denied: 'CO-50 N115', readOn: '2026-07-06' }, 'denied.windowClosed: routeToPerson in denials'],
      [
        'no authorization: there is no reconsideration before',
        { denied: 'CO-197' },
        'medicare.authorization: appeal in appeals by 2026-07-05',
      ],
      [
        'unprocessable: a new claim, within the year',
        { denied: 'CO-16 MA130 N290' },
        'denied.unprocessable: newClaim in denials by 2027-02-02',
      ],
      ['filed late is no initial determination', { denied: 'CO-29' }, 'medicare.timelyFiling: routeToPerson in denials'],
      ['nor is the penalty for it', { denied: 'CO-B4' }, 'medicare.timelyFiling: routeToPerson in denials'],
      [
        'an assistant at surgery: the first level, as Medicare has no reconsideration before it',
        { denied: 'CO-54' },
        'medicare.redetermination: appeal in appeals by 2026-07-05',
      ],
      [
        'modifier: adjusted within the year from the service',
        { denied: 'CO-4', readOn: '2027-02-02' },
        'denied.coding: replacementClaim in denials by 2027-02-02',
      ],
      [
        'modifier, the year is over: a reopening within a year of the denial',
        { denied: 'CO-4', readOn: '2027-02-03' },
        'medicare.reopening: routeToPerson in denials',
      ],
      ['day 366 after the denial', { denied: 'CO-4', readOn: '2027-03-03' }, 'denied.windowClosed: routeToPerson in denials'],
      ['a recovery audit', { denied: 'CO-50 N432' }, 'medicare.auditRecovery: routeToPerson in appeals'],
      ['said to be the patient’s, no notice was given', { denied: 'PR-50 N563' }, 'medicare.noNotice: routeToPerson in denials'],
      [
        'said to be the patient’s, who was told in writing',
        { denied: 'PR-50 M38' },
        'medicare.patientWasTold: routeToPerson in patientBalances',
      ],
      ['a qualified Medicare beneficiary', { denied: 'PR-96 N781' }, 'denied.qmbRefund: routeToPerson in patientBalances'],
      ['hospice', { denied: 'CO-B9' }, 'medicare.hospice: routeToPerson in denials'],
      ['a duplicate', { denied: 'OA-18' }, 'medicare.crossedOverDuplicate: routeToPerson in denials'],
      [
        'a duplicate of the crossover',
        { denied: 'OA-18 N522' },
        'denied.crossoverDuplicate: wait in coordinationOfBenefits until 2026-04-01',
      ],
      ['the records are wanted', { denied: 'CO-252 N706' }, 'denied.documents: sendDocuments in denials by 2026-03-09'],
    ],
  );
  test.each([
    ['a redetermination upheld', { ...upheld, 'left.appealDays': 180 }, 'medicare.upheld: routeToPerson in appeals'],
    [
      'Medicare paid too much',
      { point: 'credit', 'credit.bucket': 'payer1', 'credit.cents': 1 },
      'medicare.overpayment: routeToPerson in credits, again in 60 days',
    ],
    [
      'the patient paid too much',
      { point: 'credit', 'credit.bucket': 'patient', 'credit.cents': 1 },
      'medicare.refundPatient: requestRefund in credits',
    ],
  ])('%s', (_says, facts, expected) => expect(answered({ 'payer.id': 'MCARE', 'payer.class': 'medicare', ...facts })).toBe(expected));
});

describe('Medicare Advantage', () => {
  table(
    ['MAPLAN', 'medicareAdvantage'],
    [
      [
        'no contract, 65 days with a waiver of liability',
        { denied: 'CO-50', contracted: false },
        'advantage.noContractAppeal: appeal in appeals by 2026-05-06',
      ],
      [
        'day 65',
        { denied: 'CO-197', contracted: false, readOn: '2026-05-06' },
        'advantage.noContractAppeal: appeal in appeals by 2026-05-06',
      ],
      ['day 66', { denied: 'CO-197', contracted: false, readOn: '2026-05-07' }, 'advantage.lateWithoutContract: routeToPerson in appeals'],
      [
        'no contract, only the amount',
        { denied: 'PI-45', contracted: false },
        'advantage.amountOnly: reconsideration in denials by 2026-05-01',
      ],
      [
        'contracted: the contract’s dispute process',
        { denied: 'CO-50', contracted: true },
        'advantage.contractDispute: reconsideration in appeals by 2026-05-01',
      ],
      ['nobody knows whether there is a contract', { denied: 'CO-50' }, 'advantage.contractUnknown: routeToPerson in appeals'],
      ['coding is corrected either way', { denied: 'CO-4' }, 'denied.coding: replacementClaim in denials by 2026-05-31'],
      ['an approved admission taken back', { denied: 'CO-186', contracted: true }, 'advantage.approvedAdmission: routeToPerson in appeals'],
      ['the referral is missing', { denied: 'CO-288', contracted: false }, 'denied.referral: routeToPerson in clearance'],
      [
        'filed late by the plan’s count, nothing on file, day 365',
        { denied: 'CO-29', accepted: false, readOn: '2027-02-02' },
        'advantage.timelyFiling: routeToPerson in denials',
      ],
      ['day 366', { denied: 'CO-29', accepted: false, readOn: '2027-02-03' }, 'denied.timelyFilingLost: writeOff in supervisor'],
    ],
  );
  test.each([
    [
      'upheld without a contract: the independent entity',
      { ...upheld, 'payer.contracted': false },
      'advantage.upheldWithoutContract: routeToPerson in appeals',
    ],
    ['upheld with a contract', { ...upheld, 'payer.contracted': true }, 'advantage.upheldContracted: routeToPerson in appeals'],
  ])('%s', (_says, facts, expected) => expect(answered({ 'payer.class': 'medicareAdvantage', ...facts })).toBe(expected));
});

describe('Medicaid', () => {
  table(
    ['OHMCD', 'medicaid'],
    [
      ['not medically necessary: whose appeal is it', { denied: 'CO-50' }, 'medicaid.clinicalDispute: routeToPerson in appeals'],
      ['another payer owes it first', { denied: 'OA-22' }, 'medicaid.thirdParty: billOtherPayer in coordinationOfBenefits by 2026-05-03'],
      ['said to be the patient’s', { denied: 'PR-204' }, 'medicaid.patientProtected: routeToPerson in denials'],
      [
        'filed late, nothing on file, day 365',
        { denied: 'CO-29', accepted: false, readOn: '2027-02-02' },
        'medicaid.timelyFiling: routeToPerson in denials',
      ],
      ['day 366', { denied: 'CO-29', accepted: false, readOn: '2027-02-03' }, 'denied.timelyFilingLost: writeOff in supervisor'],
      ['modifier in Ohio, the shortest window known', { denied: 'CO-4' }, 'denied.coding: replacementClaim in denials by 2026-05-31'],
      [
        'Texas: no authorization, day 120',
        { denied: 'CO-197', state: 'TX', readOn: '2026-06-30' },
        'medicaid.tx.appeal: appeal in appeals by 2026-06-30',
      ],
      ['Texas: day 121', { denied: 'CO-197', state: 'TX', readOn: '2026-07-01' }, 'medicaid.tx.late: routeToPerson in appeals'],
      [
        'Texas: filed late, the acceptance is on file',
        { denied: 'CO-29', state: 'TX' },
        'medicaid.tx.timelyFiling: appeal in appeals by 2026-06-30',
      ],
      [
        'California: modifier, six months',
        { denied: 'CO-4', state: 'CA', readOn: '2026-09-02' },
        'medicaid.ca.replacement: replacementClaim in denials by 2026-09-02',
      ],
      ['California: a day late', { denied: 'CO-4', state: 'CA', readOn: '2026-09-03' }, 'denied.windowClosed: routeToPerson in denials'],
    ],
  );
  test.each([
    ['upheld in Ohio: a fair hearing is the member’s', { ...upheld, 'payer.state': 'OH' }, 'medicaid.upheld: routeToPerson in appeals'],
    [
      'California: an appeal is open on it',
      {
        ...appealed,
        point: 'denied',
        'payer.state': 'CA',
        'denial.group': 'CO',
        'denial.carc': '4',
        'denial.category': 'COD',
        'denial.rarcs': [],
      },
      'medicaid.ca.disputeOpen: routeToPerson in denials',
    ],
    [
      'Medicaid paid twice',
      { point: 'credit', 'credit.bucket': 'payer1', 'credit.cents': 1 },
      'medicaid.overpayment: routeToPerson in credits',
    ],
  ])('%s', (_says, facts, expected) => expect(answered({ 'payer.class': 'medicaid', ...facts })).toBe(expected));
});

describe('TRICARE and the VA', () => {
  table(
    ['TRICARE', 'tricare'],
    [
      ['unusable, within the year', { denied: 'CO-16 MA130' }, 'denied.unprocessable: newClaim in denials by 2027-02-02'],
      [
        'unusable, the year is over, day 90 of the return',
        { denied: 'CO-16 MA130', remittedOn: '2027-01-20', readOn: '2027-04-20' },
        'tricare.returned: routeToPerson in denials',
      ],
      [
        'day 91',
        { denied: 'CO-16 MA130', remittedOn: '2027-01-20', readOn: '2027-04-21' },
        'denied.unprocessableTooLate: routeToPerson in denials',
      ],
      ['filed late, day 365', { denied: 'CO-29', accepted: false, readOn: '2027-02-02' }, 'tricare.timelyFiling: routeToPerson in denials'],
      ['day 366', { denied: 'CO-29', accepted: false, readOn: '2027-02-03' }, 'denied.timelyFilingLost: writeOff in supervisor'],
      ['no authorization: no text of the window was seen', { denied: 'CO-197' }, 'tricare.dispute: routeToPerson in appeals'],
      ['modifier', { denied: 'CO-4' }, 'denied.coding: replacementClaim in denials by 2026-05-31'],
    ],
  );
  test.each([
    ['upheld', { ...upheld, 'payer.class': 'tricare' }, 'tricare.upheld: routeToPerson in appeals'],
    [
      'the VA says that the veteran owes it',
      {
        point: 'denied',
        'payer.class': 'other',
        'payer.lineOfBusiness': 'veterans',
        'denial.group': 'PR',
        'denial.carc': '204',
        'denial.category': 'NCV',
      },
      'veterans.patientProtected: routeToPerson in denials',
    ],
  ])('%s', (_says, facts, expected) => expect(answered(facts)).toBe(expected));
});
