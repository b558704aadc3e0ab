import { describe, expect, test } from '@jest/globals';
import { choosePolicy, deadlineFor, type PolicyQuestion } from '../../../rules/deadlines/policies.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { deadlineKinds, noContract } from '../../../rules/domain/deadline.ts';
import { dates, policies, policyNamed, policyWith, question } from './cases.ts';

const notice = { basisDates: dates({ noticeOn: '2026-03-02' }) };

describe('precedence', () => {
  const layers = [
    policyWith({ id: 'by-default' }),
    policyWith({ id: 'by-class', applies: { payerClasses: ['commercial'] } }),
    policyWith({ id: 'by-payer', applies: { payerIds: ['UHC01'] } }),
    policyWith({ id: 'by-payer-state-line', applies: { payerIds: ['UHC01'], states: ['TX'], linesOfBusiness: ['exchange'] } }),
    policyWith({ id: 'by-contract', applies: { contract: 'C-7' } }),
  ];

  test.each<[string, Partial<PolicyQuestion>]>([
    ['by-default', { payerId: 'MCARE', payerClass: 'medicare' }],
    ['by-class', { payerId: 'AETNA1' }],
    ['by-payer', { state: 'TX' }],
    ['by-payer-state-line', { state: 'TX', lineOfBusiness: 'exchange' }],
    ['by-contract', { state: 'TX', lineOfBusiness: 'exchange', contract: 'C-7' }],
  ])('%s wins when it is the most particular that matches', (id, change) => {
    expect(choosePolicy(layers, question('UHC01', 'appeal1', { ...notice, ...change }))?.id).toBe(id);
    expect(choosePolicy(layers.toReversed(), question('UHC01', 'appeal1', { ...notice, ...change }))?.id).toBe(id);
  });

  test('claim type and medium select but give no precedence: both rules of a class are heard', () => {
    const both = [
      policyWith({ id: 'of-class', amount: 40, applies: { payerClasses: ['commercial'] } }),
      policyWith({ id: 'on-paper', applies: { payerClasses: ['commercial'], claimTypes: ['professional'], media: ['paper'] } }),
    ];
    expect(deadlineFor(both, question('UHC01', 'appeal1', { ...notice, medium: 'paper' }))).toMatchObject({
      deadline: { policyId: 'on-paper', conflict: expect.stringContaining('of-class says Saturday 2026-04-11') },
    });
    expect(choosePolicy(both, question('UHC01', 'appeal1', notice))?.id).toBe('of-class');
  });

  test('nothing for the kind is said so', () => {
    expect(deadlineFor(layers, question('UHC01', 'refund', notice))).toEqual({ kind: 'noPolicy' });
    expect(choosePolicy(layers, question('UHC01', 'refund', notice))).toBeNull();
  });

  test('the version is that of the date which decides; when that is unknown, the stricter version', () => {
    const versions = [
      policyWith({
        id: 'rule-v1',
        amount: 90,
        effective: { from: null, to: civilDate('2025-12-31'), basis: 'servicedOn' },
      }),
      policyWith({
        id: 'rule-v2',
        amount: 60,
        effective: { from: civilDate('2026-01-01'), to: null, basis: 'servicedOn' },
      }),
    ];
    const chosen = (servicedOn: string | null) =>
      choosePolicy(
        versions,
        question('UHC01', 'appeal1', { basisDates: dates({ noticeOn: '2026-03-02', ...(servicedOn && { servicedOn }) }) }),
      )?.id;
    expect([chosen('2025-12-31'), chosen('2026-01-01'), chosen(null)]).toEqual(['rule-v1', 'rule-v2', 'rule-v2']);
  });
});

describe('policies of equal precedence', () => {
  test('that disagree give the earliest safe date and say so', () => {
    const answer = deadlineFor(policies, question('HUMANA1', 'filing', { basisDates: dates({ servicedOn: '2026-03-02' }) }));
    expect(answer).toMatchObject({
      kind: 'derived',
      deadline: {
        policyId: 'humana-filing-commercial',
        nominalOn: '2026-05-31',
        safeByOn: '2026-05-29',
        conflict:
          'Sources disagree: humana-filing-commercial says Sunday 2026-05-31 and is kept as the safer; humana-filing-180-days says Saturday 2026-08-29.',
      },
    });
  });

  test('Medi-Cal: six months or 180 days, the lists say; the 180 days are always the safer', () => {
    const asked = question('TXMCD', 'filing', { payerId: 'X', state: 'CA', basisDates: dates({ servicedOn: '2026-03-02' }) });
    expect(deadlineFor(policies, asked)).toMatchObject({
      deadline: {
        policyId: 'medicaid-filing-180-days',
        nominalOn: '2026-08-29',
        conflict:
          'Sources disagree: medicaid-filing-180-days says Saturday 2026-08-29 and is kept as the safer; medicaid-filing-ca-6-months says Wednesday 2026-09-02.',
      },
    });
  });

  test('that agree are no conflict', () => {
    const twins = [policyWith({ id: 'one-rule' }), policyWith({ id: 'same-rule' })];
    expect(deadlineFor(twins, question('UHC01', 'appeal1', notice))).toMatchObject({ deadline: { policyId: 'one-rule', conflict: null } });
  });

  test('S10: no extraordinary action before both 120 days and the notice have passed, and none without a notice', () => {
    const ask = (basisDates: PolicyQuestion['basisDates']) =>
      deadlineFor(policies, question('UHC01', 'earliestExtraordinaryAction', { payerId: null, payerClass: 'selfPay', basisDates }));
    expect(ask(dates({ firstStatementOn: '2026-03-16', noticeOn: '2026-06-22' }))).toMatchObject({
      deadline: { policyId: 'default-earliestExtraordinaryAction-notice', nominalOn: '2026-07-23', safeByOn: '2026-07-23', conflict: null },
    });
    expect(ask(dates({ firstStatementOn: '2026-03-16', noticeOn: '2026-04-15' }))).toMatchObject({ deadline: { nominalOn: '2026-07-15' } });
    expect(ask(dates({ firstStatementOn: '2026-03-16' }))).toEqual({
      kind: 'anchorMissing',
      policyId: 'default-earliestExtraordinaryAction-notice',
      anchor: 'noticeOn',
    });
  });

  test('an extraordinary action due on a Sunday waits for Monday', () => {
    const basisDates = dates({ firstStatementOn: '2026-03-20', noticeOn: '2026-03-20' });
    expect(deadlineFor(policies, question('UHC01', 'earliestExtraordinaryAction', { basisDates }))).toMatchObject({
      deadline: { nominalOn: '2026-07-19', safeByOn: '2026-07-20' },
    });
  });
});

describe('the reference', () => {
  test.each<[string, PolicyQuestion]>([
    [
      'medicare-filing-professional',
      question('MCARE', 'filing', { basisDates: dates({ servicedOn: '2026-01-05', servicedThrough: '2026-01-09' }) }),
    ],
    ['medicare-filing-institutional', question('MCARE', 'filing', { claimType: 'institutional' })],
    ['uhc-filing', question('UHC01', 'filing', {})],
    ['uhc-appeal1', question('UHC01', 'appeal1', {})],
    ['aetna-reconsideration', question('AETNA1', 'reconsideration', {})],
    ['cigna-filing', question('CIGNA1', 'filing', {})],
    ['cigna-filing-noContract', question('CIGNA1', 'filing', { contract: noContract })],
    ['anthem-filing-ny', question('ANTHEM1', 'filing', { state: 'NY' })],
    ['blue-filing', question('BCBS01', 'filing', {})],
    ['txmcd-filing', question('TXMCD', 'filing', { state: 'TX' })],
    ['medicaid-filing-ny', question('TXMCD', 'filing', { payerId: 'NYMCD', state: 'NY' })],
    ['medicaid-filing', question('TXMCD', 'filing', { payerId: 'OHMCD', state: 'OH' })],
    ['blue-filing-federalEmployee', question('BCBS01', 'filing', { lineOfBusiness: 'federalEmployee' })],
    ['champva-filing', question('BCBS01', 'filing', { payerClass: 'tricare', lineOfBusiness: 'champva' })],
    ['erisa-appeal1', question('BCBS01', 'appeal1', { funding: 'selfFunded' })],
    ['aetna-appeal1', question('AETNA1', 'appeal1', { funding: 'selfFunded' })],
    ['texas-promptPayment-paper', question('BCBS01', 'promptPayment', { funding: 'insured', state: 'TX', medium: 'paper' })],
    ['erisa-promptPayment', question('BCBS01', 'promptPayment', { funding: 'selfFunded', state: 'TX' })],
    ['default-promptPayment', question('BCBS01', 'promptPayment', { state: 'TX' })],
    [
      'medicaid-filing-180-days',
      question('TXMCD', 'filing', { payerId: 'X', state: 'CA', basisDates: dates({ servicedOn: '2026-03-02' }) }),
    ],
    ['medicaid-correctedClaim-ca', question('TXMCD', 'correctedClaim', { payerId: 'X', state: 'CA' })],
    ['medicaid-appeal1', question('TXMCD', 'appeal1', { payerId: 'X', state: 'OH' })],
    ['txmcd-appeal1', question('TXMCD', 'appeal1', { payerId: 'X', state: 'TX' })],
    ['cigna-appeal2', question('CIGNA1', 'appeal2', {})],
    ['cigna-appeal1', question('CIGNA1', 'appeal1', { payerId: '62308' })],
    [
      'california-reconsiderationAnswer',
      question('BCBS01', 'reconsiderationAnswer', { state: 'CA', basisDates: dates({ filedOn: '2026-01-01' }) }),
    ],
    [
      'default-reconsiderationAnswer',
      question('BCBS01', 'reconsiderationAnswer', { state: 'CA', basisDates: dates({ filedOn: '2025-12-31' }) }),
    ],
    ['default-externalReview', question('BCBS01', 'externalReview', {})],
    ['default-appeal1', question('UHC01', 'appeal1', { payerId: '87726', payerClass: 'medicareAdvantage' })],
    ['medicaid-filing-12-months', question('TXMCD', 'filing', { payerId: 'FLMCD', state: 'FL' })],
    ['default-filing', question('UHC01', 'filing', { payerId: 'X', payerClass: 'workersCompensation' })],
    ['default-claimAcknowledgement', question('MCARE', 'claimAcknowledgement', {})],
    [
      'medicareAdvantage-appeal1-noContract',
      question('UHC01', 'appeal1', { payerId: 'X', payerClass: 'medicareAdvantage', contract: noContract }),
    ],
  ])('answers with %s', (id, asked) => {
    expect(choosePolicy(policies, asked)?.id).toBe(id);
  });

  test('has a default for every kind, except what only one law knows', () => {
    const withDefault = new Set(policies.filter((policy) => policy.id.startsWith('default-')).map((policy) => policy.kind));
    expect(deadlineKinds.filter((kind) => !withDefault.has(kind))).toEqual(
      (
        'appeal4 appeal4Answer appeal5 appeal5Answer escalationAnswer stateFairHearing reopening reopeningForGoodCause ' +
        'priorAuthorizationAnswer priorAuthorizationUrgentAnswer claimantInformation paymentFloor disputePayment initialPayment ' +
        'openNegotiation idrEarliest idrInitiation idrPayment idrCoolingOff refundInvestigation refundLookback overpaymentRebuttal overpaymentAnswer ' +
        'overpaymentInterest overpaymentRecoupment overpaymentAppeal2 estimateDispute'
      ).split(' '),
    );
  });

  test('has something to say about every kind', () => {
    const kinds = new Set(policies.map(({ kind }) => kind));
    expect(deadlineKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('never calls a default confirmed', () => {
    const defaults = policies.filter((policy) => policy.id.startsWith('default-'));
    expect(new Set(defaults.map((policy) => policy.confirmed))).toEqual(new Set(['unconfirmed']));
  });

  test('tells which anchor an appeal still needs', () => {
    expect(deadlineFor(policies, question('AETNA1', 'appeal1', { basisDates: dates({ remittanceOn: '2026-04-10' }) }))).toEqual({
      kind: 'anchorMissing',
      policyId: 'aetna-appeal1',
      anchor: 'answeredOn',
    });
  });

  test('both UnitedHealthcare steps end with the same twelve months', () => {
    const basisDates = dates({ remittanceOn: '2026-04-17', answeredOn: '2027-03-01' });
    const ends = (['reconsideration', 'appeal1'] as const).map((kind) => deadlineFor(policies, question('UHC01', kind, { basisDates })));
    expect(ends).toMatchObject([{ deadline: { nominalOn: '2027-04-17' } }, { deadline: { nominalOn: '2027-04-17' } }]);
    expect(policyNamed('uhc-appeal1').unit).toBe('month');
  });
});
