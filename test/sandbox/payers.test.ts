import { describe, expect, test } from '@jest/globals';
import type { SentFile } from '../../client/sandbox/peer.ts';
import type { Claim } from '../../client/sandbox/payers/adjudicate.ts';
import { chanceOf } from '../../client/sandbox/payers/chance.ts';
import type { PayerWorld } from '../../client/sandbox/payers/world.ts';
import {
  afterwardsNames,
  denialNames,
  denialReasons,
  frontNames,
  outcomeNames,
  remitNames,
  shareNames,
} from '../../client/sandbox/payers/outcomes.ts';
import type { Truth } from '../../client/sandbox/payers/truth.ts';
import { type Cents, minus, sum } from '../../rules/domain/money.ts';
import {
  claimFile,
  claimTold,
  noon,
  payerIds,
  play,
  remittanceClaims,
  remittances,
  type Sending,
  straight,
  transactions,
  worldOf,
} from './payer-play.ts';

function hospital(count: number, offset = 0): readonly Claim[] {
  return Array.from({ length: count }, (_, i) => {
    const n = i + offset;
    const payer = payerIds[n % payerIds.length] ?? 'UHC01';
    const second = payerIds[(n + 3) % payerIds.length] ?? 'UHC01';
    const charges = [`${100 + (n % 37)}.${String(n % 100).padStart(2, '0')}`, `${20 + (n % 11)}.07`, '300.00'].slice(0, 1 + (n % 3));
    return claimTold({ account: `T${1000 + n}`, payers: n % 4 === 0 ? [payer, second] : [payer], charges });
  });
}

/** So many claims a day, in one file each day. */
function days(claims: readonly Claim[], perDay: number): readonly Sending[] {
  const files = Array.from({ length: Math.ceil(claims.length / perDay) }, (_, i) => claims.slice(i * perDay, (i + 1) * perDay));
  return files.map((own, i) => claimFile(own, i, String(i + 1)));
}

/** The claim numbers that the 277CAs of these files will tell. */
function numbersOf(world: PayerWorld, sendings: readonly Sending[]): ReadonlyMap<string, string> {
  for (const { sent, at } of sendings) world.receive(sent, at);
  const { claims } = world.truth();
  return new Map(
    claims.flatMap(({ submissionKey, isCrossover, payerClaimNumbers: [number] }) =>
      isCrossover || number === undefined ? [] : [[submissionKey, number]],
    ),
  );
}

function appealOf(claim: Claim, level: number): SentFile {
  const memberId = claim.coverages[0]?.memberId ?? '';
  const about = { kind: 'appeal', level, account: claim.submissionKey, memberId, payerClaimNumber: null };
  return { folder: 'letters', name: `appeal-${claim.submissionKey}-${level}.manifest.json`, content: JSON.stringify({ about }) };
}

function paidCents(truth: Truth): Cents {
  return sum(truth.checks.map((check) => check.paidCents));
}

describe('the world outside', () => {
  test('says the same, byte for byte, to the same files under the same seed, and other things under another', () => {
    const sendings = days(hospital(80), 20);
    const heard = (seed: number) => play(worldOf(seed), sendings);
    expect(heard(7)).toEqual(heard(7));
    expect(heard(8)).not.toEqual(heard(7));
  });

  test('gives each claim the same fate and number whatever the order and company in which claims come', () => {
    const claims = hospital(90);
    const fates = (own: readonly Claim[], perDay: number) => {
      const world = worldOf(11, [{ claim: '*', interchange: 'accepted', group: 'accepted' }]);
      play(world, days(own, perDay));
      const { claims: held } = world.truth();
      return held
        .filter(({ isCrossover }) => !isCrossover)
        .map(({ submissionKey, payerId, fate, state, payerClaimNumbers }) => ({ submissionKey, payerId, fate, state, payerClaimNumbers }))
        .sort((a, b) => (a.submissionKey < b.submissionKey ? -1 : 1));
    };
    expect(fates(claims, 30)).toHaveLength(90);
    expect(fates(claims.toReversed(), 7)).toEqual(fates(claims, 30));
  });

  test.each([
    [1, 'in time'],
    [2, 'in time'],
    [3, 'in time'],
    [4, 'in time'],
    [5, 'early'],
    [6, 'early'],
  ] as const)(
    'seed %i, files read %s: every remittance balances, and what is told adds up to what was paid, cent by cent',
    (seed, reading) => {
      const world = worldOf(seed);
      const came = play(world, days(hospital(160, seed * 1000), 20), reading);
      expect(new Set(came.map(({ name }) => name)).size).toBe(came.length);
      expect(came.filter(({ name }) => !/^[\w-]+\.\w+$/.test(name))).toEqual([]);
      const read = remittances(came);
      expect(read.length).toBeGreaterThan(20);
      expect(read.flatMap(({ imbalances }) => imbalances)).toEqual([]);
      expect(read.filter((one) => one.paidCents < 0)).toEqual([]);
      const truth = world.truth();
      const claimCents = sum(truth.claims.flatMap(({ answers }) => answers.map((answer) => answer.paidCents)));
      const plbCents = sum(truth.checks.flatMap(({ providerAdjustments }) => providerAdjustments.map((plb) => plb.cents)));
      expect(paidCents(truth)).toBe(minus(claimCents, plbCents));
      const byTrace = new Map(read.map((one) => [one.trace, one.paidCents]));
      expect(byTrace.size).toBe(truth.checks.length);
      expect(sum(byTrace.values())).toBe(paidCents(truth));
      const forwarded = sum(
        truth.checks.flatMap(({ providerAdjustments }) => providerAdjustments.filter(({ code }) => code === 'FB').map((plb) => plb.cents)),
      );
      const openForward = sum(truth.open.filter(({ code }) => code === 'FB').map((one) => one.cents));
      expect(sum([forwarded, openForward])).toBe(0);
    },
  );

  test('every claim that is adjudicated is answered, what stands adds up to its charge, and nobody else is answered', () => {
    const world = worldOf(5);
    play(world, days(hospital(160), 20));
    for (const { state, answers, chargeCents, submissionKey } of world.truth().claims) {
      const net = sum(answers.map((answer) => answer.chargeCents));
      if (state === 'adjudicated' || state === 'duplicate') expect({ submissionKey, net }).toEqual({ submissionKey, net: chargeCents });
      else expect(answers).toEqual([]);
    }
  });

  test.each([21, 22, 23])(
    'seed %i: replaced, voided, appealed and sent twice at any time, each decision is taken back at most once and exactly',
    (seed) => {
      const claims = hospital(70, seed * 1000);
      const first = days(claims, 20);
      const world = worldOf(seed, [{ claim: '*', interchange: 'accepted', group: 'accepted' }]);
      const numbers = numbersOf(world, first);
      const chance = chanceOf(seed, 'what the hospital does');
      const later = claims.flatMap((claim): readonly Sending[] => {
        const originalPayerClaimNumber = numbers.get(claim.submissionKey) ?? 'NEVER';
        const again = (n: number, frequency: '7' | '8'): Claim => ({
          ...claim,
          submissionKey: `${claim.submissionKey}.${n}`,
          frequency,
          originalPayerClaimNumber,
        });
        const day = chance.between({ from: 1, to: 200 });
        const deeds = {
          replace: () => [claimFile([again(2, '7')], day)],
          replaceTwice: () => [claimFile([again(2, '7')], day), claimFile([again(3, '7')], day + 1)],
          void: () => [claimFile([again(2, '8')], day)],
          appeal: () => [1, 2].map((level) => ({ sent: appealOf(claim, level), at: noon(day + level) })),
          appealAndReplace: () => [{ sent: appealOf(claim, 1), at: noon(day) }, claimFile([again(2, '7')], day + 2)],
          billAgain: () => [claimFile([{ ...claim, submissionKey: `${claim.submissionKey}.2` }], day)],
        };
        return deeds[chance.pick(Object.keys(deeds).map((choice) => ({ choice, weight: 1 }))) as keyof typeof deeds]();
      });
      const fresh = worldOf(seed, [{ claim: '*', interchange: 'accepted', group: 'accepted' }]);
      const twice = [...first, ...later].flatMap((sending) => (chance.happens(0.2) ? [sending, { ...sending, at: noon(300) }] : [sending]));
      const read = remittances(play(fresh, twice));
      expect(read.flatMap(({ imbalances }) => imbalances)).toEqual([]);
      const { claims: held, checks } = fresh.truth();
      expect(held.map(({ state }) => state)).toEqual(expect.arrayContaining(['adjudicated', 'duplicate', 'replaced', 'voided']));
      for (const { state, answers, chargeCents, submissionKey, payerClaimNumbers } of held) {
        const net = sum(answers.map((answer) => answer.chargeCents));
        const due = { adjudicated: chargeCents, duplicate: chargeCents, replaced: 0, voided: 0 }[state as 'adjudicated'] ?? 0;
        expect({ submissionKey, state, net }).toEqual({ submissionKey, state, net: due });
        for (const number of payerClaimNumbers) {
          const own = answers.filter(({ payerClaimNumber }) => payerClaimNumber === number);
          expect(own.length).toBeLessThanOrEqual(2);
          if (own.length === 2) expect([own[1]?.status, own[1]?.paidCents]).toEqual(['22', minus(sum([]), own[0]?.paidCents ?? sum([]))]);
        }
      }
      const claimCents = sum(held.flatMap(({ answers }) => answers.map((answer) => answer.paidCents)));
      const plbCents = sum(checks.flatMap(({ providerAdjustments }) => providerAdjustments.map((plb) => plb.cents)));
      expect(paidCents(fresh.truth())).toBe(minus(claimCents, plbCents));
    },
  );

  test('shows every manner of its parties', () => {
    const world = worldOf(3);
    const came = play(world, days(hospital(1400), 140));
    const truth = world.truth();
    const fates = truth.claims.flatMap(({ fate }) => fate ?? []);
    expect(new Set(fates.map(({ outcome }) => outcome))).toEqual(new Set(outcomeNames.filter((name) => name !== 'deniedDuplicate')));
    expect(new Set(fates.map(({ front }) => front))).toEqual(new Set(frontNames));
    expect(new Set(fates.map(({ afterwards }) => afterwards))).toEqual(new Set(afterwardsNames));
    expect(new Set(fates.map(({ remit }) => remit))).toEqual(new Set(remitNames));
    expect(new Set(fates.map(({ patientShare }) => patientShare))).toEqual(new Set(shareNames));
    expect(fates.some(({ isLate }) => isLate)).toBe(true);
    const said = remittanceClaims(came);
    expect(new Set(said.map(({ status }) => status))).toEqual(new Set(['1', '2', '19', '22']));
    const codes = new Set(remittances(came).flatMap(({ providerAdjustments }) => providerAdjustments.map(({ code }) => code)));
    expect(codes).toEqual(new Set(['WO', 'FB', 'L6']));
    const carcs = new Set(
      said.flatMap(({ lines }) => lines.flatMap((line) => line.adjustments.map(({ group, carc }) => `${group}-${carc}`))),
    );
    expect(carcs).toEqual(
      new Set([
        'CO-45',
        'CO-253',
        'PR-1',
        'PR-2',
        'PR-3',
        'OA-23',
        ...denialNames
          .filter((name) => name !== 'deniedDuplicate')
          .map((name) => `${denialReasons[name].group}-${denialReasons[name].carc}`),
      ]),
    );
    const categories = new Set(
      transactions(came).flatMap((one) =>
        one.kind === 'claim-acknowledgements' ? one.acknowledgements.map(({ by, category }) => `${by} ${category}`) : [],
      ),
    );
    expect(categories).toEqual(
      new Set([
        'clearinghouse A1',
        'clearinghouse A3',
        'clearinghouse A6',
        'clearinghouse A7',
        'payer A2',
        'payer A5',
        'payer A3',
        'payer A6',
        'payer A7',
      ]),
    );
  });

  test('a told fate counts before chance, for one payer, one attempt or a pattern of claims', () => {
    const fates = [{ ...straight, claim: 'T1*', payer: 'UHC01', attempt: 1, outcome: 'deniedNecessity' as const }, straight];
    const world = worldOf(1, fates);
    play(world, [
      claimFile([claimTold({ account: 'T10' }), claimTold({ account: 'T20' }), claimTold({ account: 'T11', payers: ['AETNA1'] })]),
    ]);
    const outcomes = world.truth().claims.map(({ submissionKey, fate }) => [submissionKey, fate?.outcome]);
    expect(outcomes).toEqual([
      ['T10', 'deniedNecessity'],
      ['T20', 'paid'],
      ['T11', 'paid'],
    ]);
  });
});
