import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../rules/domain/decision.ts';
import { DeniedAccount, personDecides } from '../../support/denied-account.ts';

/** DOMAIN §1.3: the path by which a situation is pursued, and why every other one is refused. */

const sent = (payer = 'AETNA1', payerClass: 'commercial' | 'medicare' | 'medicaid' = 'commercial') =>
  new DeniedAccount(personDecides).sent('2026-03-02', payer, payerClass);

const situations = {
  'rejected before adjudication': () => sent().acknowledged('2026-03-03', 'A7'),
  'accepted, not adjudicated': () => sent().acknowledged('2026-03-03', 'A2'),
  'unprocessable (MA130)': () => sent().remitted('2026-03-20', ['claim CO-16 MA130 1000']),
  'our data was wrong': () => sent().remitted('2026-03-20', ['1 CO-16 N290 1000']).knows({ ourDataWrong: true }),
  'the payer was wrong': () => sent().remitted('2026-03-20', ['1 CO-16 N290 1000']).knows({ ourDataWrong: false }),
  'medical judgement': () => sent().remitted('2026-03-20', ['1 CO-50 1000']),
  'another path is open on the line': () => {
    const account = sent().remitted('2026-03-20', ['1 CO-50 600', '1 CO-16 N290 400']);
    account.done('2026-03-20', 'chooseNextStep', 'appeal');
    return account;
  },
  'an appeal of it is open': () => {
    const account = sent().remitted('2026-03-20', ['1 CO-50 1000']);
    account.done('2026-03-20', 'chooseNextStep', 'appeal');
    account.done('2026-03-21', 'prepareAppeal', 'ready');
    return account.out('2026-03-21');
  },
  'pended, not final': () => sent().remitted('2026-03-20', ['1 OA-133 1000']),
  N211: () => sent().remitted('2026-03-20', ['1 CO-50 N211 1000']),
  'all windows closed': () => sent().remitted('2026-03-20', ['1 CO-197 1000']),
  'group PR': () => sent().remitted('2026-03-20', ['1 PR-204 1000']),
  voided: () => {
    const account = sent().remitted('2026-03-20', ['1 CO-109 1000']);
    account.done('2026-03-20', 'chooseNextStep', 'voidClaim');
    account.done('2026-03-21', 'correctClaim', 'ready');
    account.done('2026-03-21', 'approveSending', 'approved', { by: 'sam', role: 'supervisor' });
    return account.out('2026-03-21');
  },
  'Original Medicare, late filing': () => sent('MCARE', 'medicare').remitted('2026-03-20', ['1 CO-29 1000']),
} as const;

const paths = [
  'newClaim',
  'replacementClaim',
  'voidClaim',
  'sendDocuments',
  'reconsideration',
  'appeal',
  'reopening',
  'openNegotiation',
  'moveToPatient',
] as const;
type Cell = string | null;

const duplicate = 'denied as a duplicate';
const never = 'never adjudicated';
const noStep = 'there is no such step';
const onlyPr = 'only an amount under group PR';
const wrongPoint = 'is not possible at the point';

/** In the order of `paths`; null = open. One row per situation, one cell per path. */
const table: Readonly<Record<keyof typeof situations, readonly Cell[]>> = {
  'rejected before adjudication': [null, wrongPoint, wrongPoint, wrongPoint, wrongPoint, wrongPoint, wrongPoint, wrongPoint, wrongPoint],
  'accepted, not adjudicated': [
    duplicate,
    never,
    never,
    'only for a denial',
    'only a denial can be disputed',
    'only a denial can be disputed',
    'only a denial can be disputed',
    'only a denial can be disputed',
    onlyPr,
  ],
  'unprocessable (MA130)': [null, 'MA130', 'MA130', null, 'MA130', 'MA130', 'MA130', 'MA130', onlyPr],
  'our data was wrong': [
    duplicate,
    null,
    null,
    null,
    'a replacement corrects it',
    'a replacement corrects it',
    noStep,
    'a replacement corrects it',
    onlyPr,
  ],
  'the payer was wrong': [duplicate, 'our data was right', null, null, null, 'comes after "Reconsideration"', noStep, noStep, onlyPr],
  'medical judgement': [duplicate, 'medical judgement', null, null, null, null, noStep, noStep, onlyPr],
  'another path is open on the line': [
    duplicate,
    'another path is open',
    'another path is open',
    'another path is open',
    'another path is open',
    'comes after "Reconsideration"',
    noStep,
    noStep,
    onlyPr,
  ],
  'an appeal of it is open': [
    duplicate,
    'medical judgement',
    'has no answer yet',
    null,
    'has no answer yet',
    'comes after "Appeal"',
    noStep,
    noStep,
    onlyPr,
  ],
  'pended, not final': [
    duplicate,
    'before the claim is final',
    'before the claim is final',
    null,
    'has not decided yet',
    'has not decided yet',
    'has not decided yet',
    'has not decided yet',
    onlyPr,
  ],
  N211: [duplicate, 'medical judgement', null, null, 'N211', 'N211', noStep, 'N211', onlyPr],
  'all windows closed': [
    duplicate,
    'it had to be done by',
    null,
    null,
    'it had to be done by',
    'it had to be done by',
    noStep,
    noStep,
    onlyPr,
  ],
  'group PR': [duplicate, null, null, null, null, 'comes after', noStep, noStep, null],
  voided: [duplicate, 'was voided', 'was voided', null, 'was voided', 'was voided', 'was voided', 'was voided', onlyPr],
  'Original Medicare, late filing': [
    duplicate,
    null,
    null,
    null,
    'cannot be disputed',
    'cannot be disputed',
    'cannot be disputed',
    'cannot be disputed',
    onlyPr,
  ],
};

const cells = Object.entries(table).flatMap(([situation, row]) => row.map((expected, i) => [situation, paths[i] ?? '', expected] as const));

describe('the wrong path is refused and says why', () => {
  test.each(cells)('%s: %s', (situation, path, expected) => {
    const make = Object.entries(situations).find(([name]) => name === situation)?.[1];
    const action = paths.find((known): known is (typeof paths)[number] & Action => known === path);
    if (make === undefined || action === undefined) throw new Error('the table names a situation and a path');
    const on = situation === 'all windows closed' ? '2027-03-01' : '2026-03-25';
    const refusal = make().refused(on, action);
    if (expected === null) expect(refusal).toBeNull();
    else expect(refusal).toContain(expected);
  });

  test('a refused choice comes back to the person with the reason, and the case keeps its next step', () => {
    const account = situations['the payer was wrong']();
    account.done('2026-03-25', 'chooseNextStep', 'replacementClaim');
    expect(account.account.tasks.at(-1)).toMatchObject({
      kind: 'chooseNextStep',
      status: 'open',
      reason: expect.stringContaining('our data was right'),
    });
    expect(account.lastPath).toBe('none');
  });

  test('cases of other lines may be disputed at the same time, unless the payer refuses the second or a path touches all lines', () => {
    const two = ['1 CO-50 600', '2 CO-197 400'];
    const openOn = (payer: string, payerClass: 'commercial' | 'medicaid', first: 'appeal' | 'voidClaim') => {
      const account = sent(payer, payerClass).remitted('2026-03-20', two).knows({ memberConsent: true });
      account.done('2026-03-20', 'chooseNextStep', first);
      return account.refused('2026-03-25', 'appeal');
    };
    expect(openOn('AETNA1', 'commercial', 'appeal')).toBeNull();
    expect(openOn('AETNA1', 'commercial', 'voidClaim')).toContain('another path is open');
    expect(openOn('STATE1', 'medicaid', 'appeal')).toContain('another path is open');
  });

  test('a replacement waits for the end of every dispute of the claim', () => {
    const account = sent().remitted('2026-03-20', ['1 CO-50 600', '2 CO-16 N290 400']);
    account.done('2026-03-20', 'chooseNextStep', 'appeal');
    expect(account.refused('2026-03-25', 'replacementClaim')).toContain('another path is open');
  });
});
