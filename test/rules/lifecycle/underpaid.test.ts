import { describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import type { PostedAdjustment, PostedLine } from '../../../rules/domain/event.ts';
import { referenceNames } from '../../../rules/domain/provider-reference.ts';
import { denialRecords } from '../../../rules/lifecycle/denials.ts';
import { lineStandings } from '../../../rules/lifecycle/line-status.ts';
import { bucketBalance } from '../../../rules/lifecycle/balances.ts';
import { PureAccount } from '../../support/pure-account.ts';

const knowledge = loadKnowledge();
const adjustment = (lineNumber: number, code: string, cents: number): PostedAdjustment => {
  const group = code.startsWith('PR') ? 'PR' : 'CO';
  return { lineNumber, group, carc: code.slice(3), rarcs: [], cents, offset: lineNumber };
};
const line = (number: number, chargeCents: number, paidCents: number): PostedLine => {
  return { number, procedureCode: '20610', revenueCode: null, modifiers: [], units: 1, chargeCents, paidCents };
};

/** Three lines of 62.5% each: one paid short by 50.00, one denied, one as agreed. */
function paidShort(paused: readonly string[], others: readonly PostedAdjustment[] = []): PureAccount {
  const pure = new PureAccount(knowledge);
  pure.paused = paused;
  pure.open('2026-03-02', { payerId: 'CONTRACT1' });
  const adjustments = [
    adjustment(1, 'CO-45', 20_000),
    adjustment(2, 'CO-197', 30_000),
    adjustment(3, 'CO-45', 11_250),
    adjustment(3, 'PR-3', 2_000),
    ...others,
  ];
  const lines = [line(1, 40_000, 20_000), line(2, 30_000, 0), line(3, 30_000, 16_750)];
  const place = { remittanceClaimId: 'r1', fileId: 'f2', offset: 0, remittanceOn: civilDate('2026-03-20'), crossover: false };
  const said = { submissionKey: 'A1', sequence: 1, status: '1', payerClaimNumber: 'P1', chargeCents: 100_000, paidCents: 36_750 } as const;
  pure.turn('2026-03-20', [{ kind: 'remittancePosted', ...place, ...said, adjustments, lines }]);
  return pure;
}

describe('a claim that was paid below the contract', () => {
  test('is underpaid until somebody works on it; what is short and what is denied stays with the payer', () => {
    const { account } = paidShort(['denied.paidShort']);
    const [claim] = account.claims;
    expect(
      claim?.cases.map(({ category, status, denials }) => [category, status, denials.map((d) => [d.lineNumber, d.carc, d.cents])]),
    ).toEqual([
      ['AUT', expect.any(String), [[2, '197', 30_000]]],
      ['UND', 'open', [[1, '45', 5_000]]],
    ]);
    expect(claim?.status).toBe('underpaid');
    expect([bucketBalance(account, 'payer1'), bucketBalance(account, 'patient')]).toEqual([35_000, 2_000]);
  });

  test('tells line by line what the payer said, whatever work is done', () => {
    for (const paused of [['denied.paidShort'], []]) {
      const [claim] = paidShort(paused).account.claims;
      const told =
        claim === undefined ? [] : lineStandings(claim).map((one) => [one.lineNumber, one.status, one.paidCents, one.deniedCents]);
      expect(told).toEqual([
        [1, 'underpaid', 20_000, 5_000],
        [2, 'denied', 0, 30_000],
        [3, 'paid', 16_750, 0],
      ]);
    }
  });

  test('is not judged where one adjustment says what another payer paid before: the contract prices a first payer', () => {
    const [claim] = paidShort(['denied.paidShort'], [adjustment(1, 'CO-23', 0)]).account.claims;
    expect(claim?.cases.map(({ category }) => category)).toEqual(['AUT']);
  });

  test('tells the rules what was expected and how much is short', () => {
    const pure = paidShort([]);
    const asked = pure.standing.find(({ answer }) => answer.ruleId === 'denied.paidShort');
    const names = ['payer.contracted', 'payer.contract', 'payer.funding', 'claim.expectedCents', 'claim.varianceCents'];
    expect(names.map((name) => asked?.facts[name])).toEqual([true, 'sandbox-2026', 'insured', 43_750, 5_000]);
    expect(pure.story.join('\n')).toContain('Line 1, 20610: 62.5% of $400.00 = $250.00');
  });
});

describe('a denial record', () => {
  const coded = (a: PostedAdjustment, category: string) => ({ ...a, category });
  test('is one per line, group and CARC: a code that comes twice is one, and what is given back was not refused', () => {
    const records = denialRecords([
      coded(adjustment(1, 'CO-197', 100), 'AUT'),
      coded({ ...adjustment(1, 'CO-197', 50), rarcs: ['N54'] }, 'AUT'),
      coded(adjustment(2, 'CO-197', 70), 'AUT'),
      coded(adjustment(1, 'CO-97', 40), 'COD'),
      coded(adjustment(1, 'CO-97', -40), 'COD'),
      coded(adjustment(1, 'CO-45', 500), 'CTR'),
    ]);
    expect(records.map(({ lineNumber, carc, cents, rarcs }) => [lineNumber, carc, cents, rarcs])).toEqual([
      [1, '197', 150, ['N54']],
      [2, '197', 70, []],
    ]);
  });
});

test.each([
  ['BCBSICN1', ['BCBSICN1']],
  ['ICN77-20260223', ['ICN77-20260223', 'ICN77', '20260223']],
  ['A-100/2026', ['A-100/2026', 'A-100', '100', '2026']],
  ['', []],
])('a PLB reference %s may name %j', (reference, names) => {
  expect(referenceNames(reference)).toEqual(names);
});
