import { describe, expect, test } from '@jest/globals';
import { answered, type Situation, worked } from './situation.ts';

/** The plain case: serviced 2026-02-02, denied 2026-03-02, read that day. */
type Row = readonly [says: string, change: Partial<Situation> & Pick<Situation, 'denied'>, expected: string];

function table(payer: Situation['payer'], rows: readonly Row[]): void {
  test.each(rows)('%s', (_says, change, expected) => {
    expect(worked({ payer, servicedOn: '2026-02-02', remittedOn: '2026-03-02', ...change })).toBe(expected);
  });
}

describe('Blue plans', () => {
  table(
    ['BCBS01', 'blue'],
    [
      [
        'modifier, the shortest window known, day 90',
        { denied: 'CO-4', readOn: '2026-05-31' },
        'blue.replacement: replacementClaim in denials by 2026-05-31',
      ],
      ['day 91', { denied: 'CO-4', readOn: '2026-06-01' }, 'denied.windowClosed: routeToPerson in denials'],
      ['not this plan’s member', { denied: 'CO-109' }, 'blue.homePlan: routeToPerson in coordinationOfBenefits'],
      [
        'filed late, nothing on file, day 365',
        { denied: 'CO-29', accepted: false, readOn: '2027-02-02' },
        'blue.timelyFiling: routeToPerson in denials',
      ],
      ['day 366', { denied: 'CO-29', accepted: false, readOn: '2027-02-03' }, 'denied.timelyFilingLost: writeOff in supervisor'],
      [
        'no authorization, the short default window',
        { denied: 'CO-197' },
        'denied.authorization: reconsideration in denials by 2026-05-01',
      ],
      ['not medically necessary', { denied: 'CO-50' }, 'denied.medicalNecessity: appeal in appeals by 2026-05-01'],
      [
        'the surprise-billing remark: open negotiation possible',
        { denied: 'PI-45 N877' },
        'denied.surpriseBilling: routeToPerson in denials',
      ],
    ],
  );
  test.each([
    [
      'upheld: external review may be left',
      {
        point: 'upheld',
        'payer.class': 'blue',
        'denial.carc': '50',
        'denial.category': 'MED',
        'path.appeals': 1,
        'path.reconsiderations': 0,
      },
      'blue.upheldAppeal: routeToPerson in appeals',
    ],
    [
      'the Federal Employee Program, filed late, day 700',
      {
        point: 'denied',
        'payer.lineOfBusiness': 'federalEmployee',
        'denial.carc': '29',
        'claim.ageDays': 700,
        'evidence.timelyFiling': false,
      },
      'federalEmployee.timelyFiling: routeToPerson in denials',
    ],
  ])('%s', (_says, facts, expected) => expect(answered(facts)).toBe(expected));
});

describe('Workers’ compensation', () => {
  table(
    ['COMP', 'workersCompensation'],
    [
      [
        'not a work injury: the health plan owes it',
        { denied: 'CO-P2' },
        'compensation.notTheirs: billOtherPayer in coordinationOfBenefits by 2026-05-03',
      ],
      ['not compensable', { denied: 'CO-P4' }, 'compensation.notTheirs: billOtherPayer in coordinationOfBenefits by 2026-05-03'],
      ['under investigation', { denied: 'CO-P8' }, 'compensation.pending: wait in followUp until 2026-04-01'],
      ['under investigation, day 90', { denied: 'CO-P8', readOn: '2026-05-31' }, 'denied.waitedLong: callPayer in followUp'],
      ['something is missing', { denied: 'CO-16 N706' }, 'compensation.documents: sendDocuments in denials by 2026-03-09'],
      ['beyond the treatment guideline', { denied: 'CO-P15' }, 'compensation.medicalDispute: routeToPerson in appeals'],
      ['the carrier’s own reasonable fee', { denied: 'PI-P5' }, 'compensation.price: routeToPerson in denials'],
      ['the fee schedule', { denied: 'CO-P12' }, 'no denial'],
      ['the case was settled', { denied: 'PR-P3' }, 'compensation.settled: routeToPerson in coordinationOfBenefits'],
      ['said to be the worker’s', { denied: 'PR-204' }, 'compensation.patientProtected: routeToPerson in denials'],
      ['a duplicate, under CO as some states want it', { denied: 'CO-18' }, 'compensation.duplicate: routeToPerson in denials'],
      ['a code the fee schedule does not know', { denied: 'CO-P7' }, 'denied.usualCoder: routeToPerson in denials'],
    ],
  );
});

describe('Any payer: each category of denial', () => {
  table(
    ['PAYERX', 'commercial'],
    [
      ['eligibility', { denied: 'CO-27' }, 'denied.eligibility: routeToPerson in clearance'],
      ['coordination of benefits', { denied: 'OA-22' }, 'denied.otherPayer: billOtherPayer in coordinationOfBenefits by 2026-05-03'],
      ['authorization', { denied: 'CO-197' }, 'denied.authorization: reconsideration in denials by 2026-05-01'],
      ['timely filing, the acceptance on file', { denied: 'CO-29' }, 'denied.timelyFilingProven: reconsideration in denials by 2026-05-01'],
      ['an appeal that came late', { denied: 'CO-286' }, 'denied.appealFaults: routeToPerson in appeals'],
      ['medical necessity', { denied: 'CO-50' }, 'denied.medicalNecessity: appeal in appeals by 2026-05-01'],
      ['coding', { denied: 'CO-97' }, 'denied.coding: replacementClaim in denials by 2026-05-31'],
      ['several procedures: a coder first', { denied: 'CO-59' }, 'denied.usualCoder: routeToPerson in denials'],
      ['enrollment', { denied: 'CO-B7' }, 'denied.enrollment: routeToPerson in denials'],
      ['duplicate', { denied: 'OA-18' }, 'denied.duplicate: routeToPerson in denials'],
      ['not covered', { denied: 'CO-96 N130' }, 'denied.notCovered: routeToPerson in denials'],
      ['documentation', { denied: 'CO-252' }, 'denied.documents: sendDocuments in denials by 2026-03-09'],
      ['documentation, asked by the remark', { denied: 'CO-16 M127' }, 'denied.recordsAsked: sendDocuments in denials by 2026-03-09'],
      ['pending', { denied: 'OA-133' }, 'denied.pending: wait in followUp until 2026-04-01'],
      [
        'a premium in its grace period, day 90',
        { denied: 'OA-257', readOn: '2026-05-31' },
        'denied.pendingLong: routeToPerson in clearance',
      ],
      ['underpayment', { denied: 'CO-222' }, 'denied.contract: routeToPerson in denials'],
      ['other', { denied: 'CO-192' }, 'denied.usualCall: callPayer in followUp'],
      ['a deductible under CO', { denied: 'CO-1' }, 'denied.wrongGroup: routeToPerson in denials'],
      ['contractual', { denied: 'CO-253' }, 'no denial'],
      ['the patient’s own share', { denied: 'PR-1' }, 'no denial'],
      ['forwarded to the dental plan', { denied: 'OA-291' }, 'denied.usualWait: wait in followUp until 2026-04-01'],
      ['do not send again', { denied: 'CO-16 N185' }, 'denied.doNotResubmit: routeToPerson in denials'],
    ],
  );
});
