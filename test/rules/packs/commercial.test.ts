import { describe, expect, test } from '@jest/globals';
import { answered, type Situation, worked } from './situation.ts';

/** Situation, what is different from the plain case, and what must be done. The plain case: serviced 2026-02-02, denied 2026-03-02, read that day. */
type Row = readonly [says: string, change: Partial<Situation> & Pick<Situation, 'denied'>, expected: string];

function table(payer: Situation['payer'], rows: readonly Row[]): void {
  test.each(rows)('%s', (_says, change, expected) => {
    expect(worked({ payer, servicedOn: '2026-02-02', remittedOn: '2026-03-02', ...change })).toBe(expected);
  });
}

const reconsidered = { 'path.attempts': 1, 'path.reconsiderations': 1, 'path.appeals': 0, 'path.lastKind': 'reconsideration' };
const appealed = { 'path.attempts': 1, 'path.reconsiderations': 0, 'path.appeals': 1, 'path.lastKind': 'appeal' };
const upheld = { point: 'upheld', 'payer.class': 'commercial', 'denial.group': 'CO', 'denial.carc': '197', 'denial.category': 'AUT' };

describe('UnitedHealthcare: one reconsideration, then the appeal, both within twelve months of the remittance', () => {
  table(
    ['UHC01', 'commercial'],
    [
      ['no authorization', { denied: 'CO-197' }, 'uhc.authorization: reconsideration in denials by 2027-03-02'],
      [
        'under the id of a clearinghouse',
        { denied: 'CO-197', payer: ['87726', 'commercial'] },
        'uhc.authorization: reconsideration in denials by 2027-03-02',
      ],
      ['read with 45 days left', { denied: 'CO-197', readOn: '2027-01-16' }, 'uhc.authorization: reconsideration in denials by 2027-03-02'],
      [
        'read with 44 days left: no time for both',
        { denied: 'CO-197', readOn: '2027-01-17' },
        'uhc.noTimeForBoth: routeToPerson in appeals',
      ],
      ['read a day after the twelve months', { denied: 'CO-197', readOn: '2027-03-03' }, 'denied.windowClosed: routeToPerson in denials'],
      ['not medically necessary', { denied: 'CO-50' }, 'uhc.medicalNecessity: reconsideration in appeals by 2027-03-02'],
      ['the contracted maximum of units', { denied: 'CO-222' }, 'uhc.underpaid: reconsideration in denials by 2027-03-02'],
      [
        'modifier, day 180 of the corrected-claim window',
        { denied: 'CO-4', readOn: '2026-08-29' },
        'denied.coding: replacementClaim in denials by 2026-08-29',
      ],
      ['modifier, day 181', { denied: 'CO-4', readOn: '2026-08-30' }, 'denied.windowClosed: routeToPerson in denials'],
      ['filed late, the acceptance is on file', { denied: 'CO-29' }, 'denied.timelyFilingProven: reconsideration in denials by 2027-03-02'],
      ['filed late, nothing on file', { denied: 'CO-29', accepted: false }, 'denied.timelyFilingLost: writeOff in supervisor'],
      [
        'its Medicare Advantage plan, contract unknown',
        { denied: 'CO-197', payer: ['87726', 'medicareAdvantage'] },
        'advantage.contractUnknown: routeToPerson in appeals',
      ],
      ['the payer’s own reduction', { denied: 'PI-45' }, 'denied.payerInitiated: routeToPerson in denials'],
      ['said to be the patient’s', { denied: 'PR-197' }, 'denied.patientResponsibility: routeToPerson in denials'],
    ],
  );
  test.each([
    ['the reconsideration was upheld', { ...reconsidered, 'left.appealDays': 0 }, 'uhc.upheldReconsideration: appeal in appeals'],
    ['the twelve months are over', { ...reconsidered, 'left.appealDays': -1 }, 'upheld.noWindow: routeToPerson in appeals'],
    ['both steps are used up', { ...appealed, 'path.reconsiderations': 1 }, 'uhc.upheldAppeal: routeToPerson in appeals'],
  ])('%s', (_says, paths, expected) => expect(answered({ ...upheld, 'payer.id': 'UHC01', ...paths })).toBe(expected));
});

describe('Aetna: reconsideration in 180 days, appeal in 60', () => {
  table(
    ['AETNA1', 'commercial'],
    [
      [
        'no authorization, day 180',
        { denied: 'CO-197', readOn: '2026-08-29' },
        'aetna.authorization: reconsideration in denials by 2026-08-29',
      ],
      ['day 181', { denied: 'CO-197', readOn: '2026-08-30' }, 'denied.windowClosed: routeToPerson in denials'],
      [
        'not medically necessary, day 60',
        { denied: 'CO-50', readOn: '2026-05-01' },
        'aetna.medicalNecessity: appeal in appeals by 2026-05-01',
      ],
      [
        'day 61: what is left is the reconsideration',
        { denied: 'CO-50', readOn: '2026-05-02' },
        'aetna.clinicalReconsideration: reconsideration in appeals by 2026-08-29',
      ],
      [
        'the authorization is for another service',
        { denied: 'CO-284' },
        'denied.providerIdentifiers: replacementClaim in denials by 2026-06-02',
      ],
      [
        'diagnosis, day 120 from the service',
        { denied: 'CO-11', readOn: '2026-06-02' },
        'denied.coding: replacementClaim in denials by 2026-06-02',
      ],
      [
        'day 121: a corrected claim falls under the filing limit',
        { denied: 'CO-11', readOn: '2026-06-03' },
        'aetna.correctedTooLate: routeToPerson in denials',
      ],
      ['filed late, the acceptance is on file', { denied: 'CO-29' }, 'aetna.timelyFiling: reconsideration in denials by 2026-08-29'],
      ['filed late, nothing on file', { denied: 'CO-29', accepted: false }, 'denied.timelyFilingLost: writeOff in supervisor'],
      ['records wanted', { denied: 'CO-252 M127' }, 'denied.documents: sendDocuments in denials by 2026-03-09'],
      [
        'its Medicare Advantage plan, contracted',
        { denied: 'CO-197', payer: ['60054', 'medicareAdvantage'], contracted: true },
        'advantage.contractDispute: reconsideration in appeals by 2026-05-01',
      ],
    ],
  );
  test.each([
    ['the reconsideration was upheld, day 60', { ...reconsidered, 'left.appealDays': 0 }, 'aetna.upheldReconsideration: appeal in appeals'],
    ['day 61', { ...reconsidered, 'left.appealDays': -1 }, 'upheld.noWindow: routeToPerson in appeals'],
    ['the appeal was upheld', { ...appealed, 'path.reconsiderations': 1 }, 'upheld.appeal: writeOff in supervisor'],
  ])('%s', (_says, paths, expected) => expect(answered({ ...upheld, 'payer.id': 'AETNA1', ...paths })).toBe(expected));
});

describe('Cigna: one appeal, 180 days', () => {
  table(
    ['CIGNA1', 'commercial'],
    [
      ['no authorization, day 180', { denied: 'CO-197', readOn: '2026-08-29' }, 'cigna.appeal: appeal in appeals by 2026-08-29'],
      ['day 181', { denied: 'CO-197', readOn: '2026-08-30' }, 'cigna.late: routeToPerson in appeals'],
      ['not medically necessary', { denied: 'CO-50 N115' }, 'cigna.appeal: appeal in appeals by 2026-08-29'],
      [
        'the authorization is for another service',
        { denied: 'CO-284' },
        'cigna.authorizationMismatch: replacementClaim in denials by 2026-05-31',
      ],
      ['filed late, the acceptance is on file', { denied: 'CO-29' }, 'cigna.timelyFiling: appeal in appeals by 2026-08-29'],
      ['filed late, nothing on file', { denied: 'CO-29', accepted: false }, 'denied.timelyFilingLost: writeOff in supervisor'],
      [
        'modifier, day 90, participating',
        { denied: 'CO-4', readOn: '2026-05-31' },
        'denied.coding: replacementClaim in denials by 2026-05-31',
      ],
      [
        'modifier, not participating',
        { denied: 'CO-4', contracted: false, readOn: '2026-06-01' },
        'denied.coding: replacementClaim in denials by 2026-08-29',
      ],
      ['another payer is primary', { denied: 'OA-22' }, 'denied.otherPayer: billOtherPayer in coordinationOfBenefits by 2026-05-03'],
      ['no appeal rights, the payer says', { denied: 'CO-197 N211' }, 'denied.noAppealRights: routeToPerson in denials'],
    ],
  );
  test('the single level was lost: arbitration is a person’s decision', () => {
    expect(answered({ ...upheld, ...appealed, 'payer.id': 'CIGNA1' })).toBe('cigna.upheld: routeToPerson in appeals');
  });
});

describe('Anthem: reconsideration in 365 days, claim payment appeal in 90', () => {
  table(
    ['ANTHEM1', 'blue'],
    [
      [
        'no authorization, day 365',
        { denied: 'CO-197', readOn: '2027-03-02' },
        'anthem.reconsideration: reconsideration in denials by 2027-03-02',
      ],
      ['day 366', { denied: 'CO-197', readOn: '2027-03-03' }, 'denied.windowClosed: routeToPerson in denials'],
      ['not medically necessary', { denied: 'CO-50' }, 'anthem.reconsideration: reconsideration in denials by 2027-03-02'],
      [
        'filed late in New York, day 120, nothing on file',
        { denied: 'CO-29', state: 'NY', accepted: false, readOn: '2026-06-02' },
        'anthem.newYorkFiling: routeToPerson in denials',
      ],
      ['filed late, the acceptance is on file', { denied: 'CO-29' }, 'anthem.timelyFiling: reconsideration in denials by 2027-03-02'],
      ['modifier', { denied: 'CO-4' }, 'blue.replacement: replacementClaim in denials by 2027-02-02'],
    ],
  );
  test.each([
    [
      'the reconsideration was upheld, day 90',
      { ...reconsidered, 'left.appealDays': 0 },
      'anthem.upheldReconsideration: appeal in appeals',
    ],
    ['day 91', { ...reconsidered, 'left.appealDays': -1 }, 'upheld.noWindow: routeToPerson in appeals'],
  ])('%s', (_says, paths, expected) =>
    expect(answered({ ...upheld, 'payer.id': 'ANTHEM1', 'payer.class': 'blue', ...paths })).toBe(expected),
  );
});

describe('Humana: where sources disagree, a person and the earlier date', () => {
  table(
    ['HUMANA1', 'commercial'],
    [
      ['no authorization, the short default window', { denied: 'CO-197' }, 'humana.dispute: reconsideration in appeals by 2026-05-01'],
      [
        'filed late, day 180, nothing on file',
        { denied: 'CO-29', accepted: false, readOn: '2026-08-01' },
        'humana.timelyFiling: routeToPerson in denials',
      ],
      ['day 181', { denied: 'CO-29', accepted: false, readOn: '2026-08-02' }, 'denied.timelyFilingLost: writeOff in supervisor'],
      [
        'modifier, day 90 from the service: nothing starts anew',
        { denied: 'CO-4', readOn: '2026-05-03' },
        'denied.coding: replacementClaim in denials by 2026-05-03',
      ],
      ['day 91', { denied: 'CO-4', readOn: '2026-05-04' }, 'humana.correctedTooLate: routeToPerson in denials'],
      [
        'Medicare Advantage, filed late, day 300',
        { denied: 'CO-29', payer: ['61101', 'medicareAdvantage'], accepted: false, readOn: '2026-11-29' },
        'humana.advantageFiling: routeToPerson in denials',
      ],
    ],
  );
  test.each([
    [
      'record review, day 60 of the letter',
      { 'denial.carc': '151', 'denial.category': 'MED', 'left.appealDays': 0 },
      'humana.recordReviewLevel2: appeal in appeals',
    ],
    ['day 61', { 'denial.carc': '151', 'denial.category': 'MED', 'left.appealDays': -1 }, 'upheld.noWindow: routeToPerson in appeals'],
  ])('%s', (_says, facts, expected) => expect(answered({ ...upheld, ...reconsidered, 'payer.id': 'HUMANA1', ...facts })).toBe(expected));
});
