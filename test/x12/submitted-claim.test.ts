import { describe, expect, test } from '@jest/globals';
import { cents } from '../../rules/domain/money.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { outbound, placeless, read, readOnly, wrapped } from './support.ts';

/** A replacement to the second payer for a dependent, after the first paid: hand-written, so that reader and writer cannot err together. */
const body = [
  'BHT*0019*00*42*20260608*0915*CH',
  'NM1*41*2*INVENTED SENDER*****46*TESTSENDER',
  'PER*IC*INVENTED SENDER*TE*5550100100',
  'NM1*40*2*INVENTED RECEIVER*****46*TESTRECEIVER',
  'HL*1**20*1',
  'NM1*85*2*INVENTED CLINIC*****XX*9000000001',
  'N3*1 NOWHERE STREET',
  'N4*NOTOWN*ZZ*00000',
  'REF*EI*000000000',
  'HL*2*1*22*1',
  'SBR*S**TESTGROUP******CI',
  'NM1*IL*1*INVENTED*PARENT****MI*TESTMEMBER',
  'NM1*PR*2*INVENTED PLAN*****PI*PLAN02',
  'HL*3*2*23*0',
  'PAT*19',
  'NM1*QC*1*INVENTED*CHILD*X',
  'N3*2 NOWHERE STREET*UNIT 0',
  'N4*NOTOWN*ZZ*00000',
  'DMG*D8*20190228*F',
  'CLM*TESTKEY-1*150.5***11:B:7*Y*A*Y*Y',
  'REF*G1*TESTAUTH',
  'REF*F8*TESTICN',
  'REF*EA*TESTRECORD',
  'HI*ABK:J209*ABF:I10',
  'NM1*82*1******XX*9000000002',
  'SBR*P*18*******MB',
  'CAS*PR*3*20',
  'AMT*D*100',
  'OI***Y***Y',
  'NM1*IL*1*INVENTED*OTHER****MI*TESTMEMBER-0',
  'NM1*PR*2*INVENTED FIRST*****PI*PLAN01',
  'DTP*573*D8*20260520',
  'LX*1',
  'SV1*HC:99213:25*150.5*UN*2***1:2',
  'DTP*472*RD8*20260501-20260503',
  'REF*6R*TESTLINE-1',
  'SVD*PLAN01*100*HC:99213:25**2',
  'CAS*CO*45*30.5**253*-0.02',
  'DTP*573*D8*20260521',
];

const claim = {
  claimType: 'professional',
  submissionKey: 'TESTKEY-1',
  frequency: '7',
  originalPayerClaimNumber: 'TESTICN',
  chargeCents: 15050,
  facilityCode: '11',
  servicedFrom: '2026-05-01',
  servicedThrough: '2026-05-03',
  billingProvider: {
    name: 'INVENTED CLINIC',
    npi: '9000000001',
    taxId: '000000000',
    address: { line1: '1 NOWHERE STREET', line2: '', city: 'NOTOWN', state: 'ZZ', postalCode: '00000' },
  },
  renderingProviderNpi: '9000000002',
  patient: {
    name: { last: 'INVENTED', first: 'CHILD', middle: 'X' },
    bornOn: '2019-02-28',
    sex: 'F',
    address: { line1: '2 NOWHERE STREET', line2: 'UNIT 0', city: 'NOTOWN', state: 'ZZ', postalCode: '00000' },
    recordNumber: 'TESTRECORD',
  },
  coverages: [
    {
      sequence: 2,
      payerId: 'PLAN02',
      payerName: 'INVENTED PLAN',
      memberId: 'TESTMEMBER',
      groupNumber: 'TESTGROUP',
      filingIndicator: 'CI',
      relationship: '19',
      subscriber: { last: 'INVENTED', first: 'PARENT', middle: '' },
    },
    {
      sequence: 1,
      payerId: 'PLAN01',
      payerName: 'INVENTED FIRST',
      memberId: 'TESTMEMBER-0',
      groupNumber: '',
      filingIndicator: 'MB',
      relationship: '18',
      subscriber: { last: 'INVENTED', first: 'OTHER', middle: '' },
    },
  ],
  destination: 2,
  diagnoses: ['J209', 'I10'],
  authorizationNumber: 'TESTAUTH',
  referralNumber: null,
  clearinghouseTrace: null,
  otherPayers: [
    { payerId: 'PLAN01', paidCents: 10000, adjudicatedOn: '2026-05-20', adjustments: [{ group: 'PR', carc: '3', cents: 2000 }] },
  ],
  lines: [
    {
      number: 1,
      controlNumber: 'TESTLINE-1',
      revenueCode: null,
      procedureQualifier: 'HC',
      procedureCode: '99213',
      modifiers: ['25'],
      chargeCents: 15050,
      units: 2,
      diagnosisPointers: [1, 2],
      servicedOn: '2026-05-01',
      servicedThrough: '2026-05-03',
      otherPayers: [
        {
          payerId: 'PLAN01',
          paidCents: 10000,
          adjudicatedOn: '2026-05-21',
          adjustments: [
            { group: 'CO', carc: '45', cents: 3050 },
            { group: 'CO', carc: '253', cents: -2 },
          ],
        },
      ],
    },
  ],
};

describe('a claim', () => {
  const file = wrapped('837', '005010X222A1', body);

  test('is read with its levels, its other payers and what they did', () => {
    expect(readOnly(file, 'claims').claims.map(placeless)).toEqual([claim]);
  });

  test('is written as it was read, segment by segment', () => {
    const written = write837(outbound, readOnly(file, 'claims').claims).split('\n');
    expect(written.slice(3, -4)).toEqual(body.map((segment) => `${segment}~`));
    expect(written.slice(-4)).toEqual([`SE*${body.length + 2}*0001~`, 'GE*1*7~', 'IEA*1*000000042~', '']);
  });

  test('has the place from CLM to before the next level', () => {
    const { claims } = readOnly(file, 'claims');
    expect(claims.map(({ place }) => file.slice(place.offset, place.offset + place.length))).toEqual([
      `${body.slice(body.findIndex((segment) => segment.startsWith('CLM'))).join('~\n')}~\n`,
    ]);
  });

  test("keeps another payer's claim number apart from its own", () => {
    const theirs = body.toSpliced(32, 0, 'REF*F8*TESTOTHER');
    expect(readOnly(wrapped('837', '005010X222A1', theirs), 'claims').claims[0]?.originalPayerClaimNumber).toBe('TESTICN');
  });

  test('keeps a number of its rendering provider apart from its own', () => {
    const theirs = body.toSpliced(25, 0, 'REF*EA*TESTOTHER');
    expect(readOnly(wrapped('837', '005010X222A1', theirs), 'claims').claims[0]?.patient.recordNumber).toBe('TESTRECORD');
  });

  test('orders its other payers by sequence, however they were sent', () => {
    const third = ['SBR*T*18*******CI', 'NM1*IL*1*INVENTED*OTHER****MI*TESTMEMBER-3', 'NM1*PR*2*INVENTED THIRD*****PI*PLAN03'];
    const { claims } = readOnly(wrapped('837', '005010X222A1', body.toSpliced(25, 0, ...third)), 'claims');
    expect(claims[0]?.coverages.map(({ sequence, payerId }) => [sequence, payerId])).toEqual([
      [2, 'PLAN02'],
      [1, 'PLAN01'],
      [3, 'PLAN03'],
    ]);
  });

  test('repeats more than six adjustments of a group in a second CAS', () => {
    const { claims } = readOnly(file, 'claims');
    const seven = Array.from({ length: 7 }, (_, index) => ({ group: 'CO', carc: String(index + 1), cents: cents(100) }));
    const changed = claims.map((one) => ({ ...one, otherPayers: one.otherPayers.map((payer) => ({ ...payer, adjustments: seven })) }));
    expect(write837(outbound, changed)).toContain('\nCAS*CO*1*1**2*1**3*1**4*1**5*1**6*1~\nCAS*CO*7*1~\n');
  });

  test('of a sibling version is read alike, and of another guide not at all', () => {
    expect(read(wrapped('837', '005010X222A2', body))[0]?.kind).toBe('claims');
    expect(read(wrapped('837', '005010X224A2', body))[0]?.kind).toBe('unknown');
  });
});
