import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civilDate } from '../../rules/domain/civil-date.ts';
import { type ClaimDescription, evidenceOf, evidenceText, isSomebodyElses, type KnownClaim } from '../../rules/matching/evidence.ts';
import { bestSubmission, rankCandidates } from '../../rules/matching/rank.ts';

const served = civilDate('2026-06-08');

const known: KnownClaim = {
  accountId: 'a1',
  accountNumber: 'HB1',
  submissionKey: 'HB1',
  last: 'SAMPLE',
  first: 'AVERY',
  chargeCents: 12_000,
  servicedFrom: served,
  lineChargeCents: [4_000, 8_000],
  coverages: [{ payerId: 'UHC01', memberId: 'M-123 45' }],
};

const exact: ClaimDescription = {
  payerId: 'UHC01',
  memberId: 'm12345',
  last: 'Sample',
  first: 'Avery',
  chargeCents: 12_000,
  servicedFrom: served,
  lineChargeCents: [8_000, 4_000],
};

const silent: ClaimDescription = {
  payerId: '',
  memberId: '',
  last: '',
  first: '',
  chargeCents: null,
  servicedFrom: null,
  lineChargeCents: [],
};

function textOf(said: Partial<ClaimDescription>): string {
  return evidenceText(evidenceOf({ ...silent, ...said }, known));
}

describe('evidence', () => {
  test.each<[Partial<ClaimDescription>, string]>([
    [{}, ''],
    [exact, 'member id equal, charge equal, service date equal, name equal, line charges equal, payer equal'],
    [{ memberId: 'M99999' }, 'member id differs'],
    [{ chargeCents: -12_000 }, 'charge equal'],
    [{ servicedFrom: addDays(served, 1) }, 'service date 1 day off'],
    [{ servicedFrom: addDays(served, -3) }, 'service date 3 days off'],
    [{ lineChargeCents: [12_000] }, 'line charges differ'],
    [{ payerId: 'OTHER' }, 'payer differs'],
    [{ last: 'Sámple Jr.', first: 'avery lee' }, 'name equal'],
    [{ last: 'SAMPLE', first: 'A' }, 'name similar'],
    [{ last: 'AVERY', first: 'SAMPLE' }, 'name similar'],
    [{ last: 'SAMPEL', first: 'AVERY' }, 'name differs'],
  ])('%j reads "%s"', (said, text) => {
    expect(textOf(said)).toBe(text);
  });

  test('names no value of what it compares', () => {
    const text = textOf({ ...exact, last: 'SAMPEL', chargeCents: 99, memberId: 'M1' });
    for (const value of ['SAMP', 'AVERY', '120', '99', 'M1', '2026']) expect(text).not.toContain(value);
  });
});

describe('a number that stands on somebody else’s claim', () => {
  const other = { last: 'OTHER', first: 'PERSON', chargeCents: 5_000, servicedFrom: addDays(served, 40) };
  const { last, chargeCents, servicedFrom } = exact;

  test.each<[string, Partial<ClaimDescription>, boolean]>([
    ['charge, name and date all differ', { payerId: 'UHC01', ...other }, true],
    ['charge and name differ and no date is said', { payerId: 'UHC01', ...other, servicedFrom: null }, true],
    ['the charge alone agrees', { payerId: 'UHC01', ...other, chargeCents }, false],
    ['the date alone is near', { payerId: 'UHC01', ...other, servicedFrom: addDays(served, 2) }, false],
    ['the name alone is similar', { payerId: 'UHC01', ...other, last, first: 'A' }, false],
    ['no name is said', { payerId: 'UHC01', ...other, last: '', first: '' }, false],
    ['nothing is said', {}, false],
    ['another payer, and charge alone agrees', { payerId: 'OTHER', ...other, chargeCents }, true],
    ['another payer, and charge and date agree', { payerId: 'OTHER', ...other, chargeCents, servicedFrom }, false],
    ['another payer, as in a crossover', { ...exact, payerId: 'OTHER' }, false],
  ])('%s: %j is %s', (_, said, isOther) => {
    expect(isSomebodyElses({ ...silent, ...said }, known)).toBe(isOther);
  });
});

const description: fc.Arbitrary<ClaimDescription> = fc.record({
  payerId: fc.constantFrom('', 'UHC01', 'OTHER'),
  memberId: fc.constantFrom('', 'M12345', 'M2'),
  last: fc.constantFrom('', 'SAMPLE', 'OTHER'),
  first: fc.constantFrom('', 'AVERY', 'A', 'BLAKE'),
  chargeCents: fc.constantFrom(null, 12_000, -12_000, 5_000),
  servicedFrom: fc.constantFrom(null, served, addDays(served, 2), addDays(served, 30)),
  lineChargeCents: fc.constantFrom([], [4_000, 8_000], [12_000]),
});

const claims: fc.Arbitrary<readonly KnownClaim[]> = fc.uniqueArray(
  fc.record({
    accountId: fc.integer({ min: 1, max: 12 }).map((n) => `a${String(n).padStart(2, '0')}`),
    accountNumber: fc.constant('HB'),
    submissionKey: fc.string({ minLength: 1, maxLength: 6 }),
    last: fc.constantFrom('SAMPLE', 'OTHER'),
    first: fc.constantFrom('AVERY', 'ANNE', 'BLAKE'),
    chargeCents: fc.constantFrom(12_000, 5_000),
    servicedFrom: fc.constantFrom(served, addDays(served, 2), addDays(served, 60)),
    lineChargeCents: fc.constantFrom([], [4_000, 8_000]),
    coverages: fc.constantFrom([], [{ payerId: 'UHC01', memberId: 'M12345' }], [{ payerId: 'OTHER', memberId: 'M2' }]),
  }),
  { selector: (claim) => claim.submissionKey, maxLength: 20 },
);

const seed = Number(process.env.SEED ?? 20_261_125);

describe(`the ranking of candidates (seed ${seed})`, () => {
  const holds = (property: fc.IProperty<[ClaimDescription, readonly KnownClaim[]]>) => fc.assert(property, { seed, numRuns: 500 });

  test('is the same in whatever order the claims are read, names no account twice, and at most five', () => {
    holds(
      fc.property(description, claims, (said, all) => {
        const ranked = rankCandidates(said, all);
        expect(rankCandidates(said, all.toReversed())).toEqual(ranked);
        expect(new Set(ranked.map(({ accountId }) => accountId)).size).toBe(ranked.length);
        expect(ranked.length).toBeLessThanOrEqual(5);
        expect(bestSubmission(said, all.toReversed())).toEqual(bestSubmission(said, all));
      }),
    );
  });

  test('puts an exact candidate before every partial one', () => {
    holds(
      fc.property(description, claims, (_, all) => {
        const others = all.filter((claim) => evidenceText(evidenceOf(exact, claim)) !== textOf(exact));
        const last = { ...known, accountId: 'z99', submissionKey: 'exact' };
        expect(rankCandidates(exact, [...others, last])[0]?.accountId).toBe('z99');
      }),
    );
  });

  test('orders equal candidates by the id of the account', () => {
    const same = ['a7', 'a2', 'a9'].map((accountId) => ({ ...known, accountId, submissionKey: accountId }));
    expect(rankCandidates(exact, same).map(({ accountId }) => accountId)).toEqual(['a2', 'a7', 'a9']);
  });

  test.each<[string, Partial<ClaimDescription>, number]>([
    ['the payer alone', { payerId: 'UHC01' }, 0],
    ['a charge without a date', { chargeCents: 12_000, payerId: 'UHC01' }, 0],
    ['a charge on that day', { chargeCents: 12_000, servicedFrom: served }, 1],
    ['a member id', { memberId: 'M12345' }, 1],
  ])('%s names %j: %i accounts', (_, said, count) => {
    expect(rankCandidates({ ...silent, ...said }, [known])).toHaveLength(count);
  });
});
