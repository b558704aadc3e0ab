import { describe, expect, test } from '@jest/globals';
import { parseFates, type ToldFate } from '../../client/sandbox/payers/manners.ts';
import { denialNames, denialReasons } from '../../client/sandbox/payers/outcomes.ts';
import { civilDate, daysBetween } from '../../rules/domain/civil-date.ts';
import { sum } from '../../rules/domain/money.ts';
import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import {
  charge,
  claimFile,
  claimTold,
  contracted,
  day0,
  heardOf,
  manners,
  play,
  remittanceClaims,
  remittances,
  straight,
  transactions,
  worldOf,
} from './payer-play.ts';

function money({ status, chargeCents, paidCents }: RemittanceClaim) {
  return { status, chargeCents, paidCents };
}

function carcs({ lines }: RemittanceClaim): readonly string[] {
  return [...new Set(lines.flatMap((line) => line.adjustments.map(({ group, carc }) => `${group}-${carc}`)))];
}

describe('remittances', () => {
  test('pay as contracted, with the patient’s share', () => {
    const [said] = heardOf({ patientShare: 'copay' }).said;
    expect(said).toMatchObject({
      status: '1',
      chargeCents: charge,
      paidCents: contracted - 4000,
      patientResponsibilityCents: 4000,
    });
    expect(said && carcs(said)).toEqual(['CO-45', 'PR-3']);
  });

  test.each(denialNames)('%s: nothing is paid, with that reason and its remarks', (outcome) => {
    const [said] = heardOf({ outcome }).said;
    const { group, carc, lineRemarks, claimRemarks } = denialReasons[outcome];
    expect(said).toMatchObject({ status: '1', paidCents: 0, rarcs: claimRemarks });
    expect(said && carcs(said)).toEqual([`${group}-${carc}`]);
    expect(said?.lines.map(({ rarcs }) => rarcs)).toEqual([lineRemarks, lineRemarks, lineRemarks]);
  });

  test('deny one line and pay the others', () => {
    const [said] = heardOf({ outcome: 'partlyDenied' }).said;
    expect(said?.lines.filter(({ paidCents }) => paidCents === 0)).toHaveLength(1);
    expect(said?.paidCents).toBeGreaterThan(0);
  });

  test('pay nothing where all that is allowed is the patient’s deductible', () => {
    const { said, came } = heardOf({ outcome: 'deductible' });
    expect(said[0]).toMatchObject({ paidCents: 0, patientResponsibilityCents: contracted });
    expect(remittances(came)[0]).toMatchObject({ paidCents: 0, method: 'NON' });
  });

  test('gather the claims of a week in one check', () => {
    const fates = [{ ...straight }];
    const claims = ['A1', 'A2', 'A3'].map((account) => claimTold({ account, payers: ['AETNA1'] }));
    const world = worldOf(1, fates);
    const came = play(
      world,
      claims.map((claim, day) => claimFile([claim], day + 3)),
    );
    expect(remittances(came).map(({ claims: own }) => own.map(({ submissionKey }) => submissionKey))).toEqual([['A1', 'A2', 'A3']]);
  });

  test('correct a decision: reversal and corrected claim in one check, the reversal the exact negative', () => {
    const { said } = heardOf({ outcome: 'deniedAuthorization', afterwards: 'corrected' });
    expect(said.map(money)).toEqual([
      { status: '1', chargeCents: charge, paidCents: 0 },
      { status: '22', chargeCents: -charge, paidCents: 0 },
      { status: '1', chargeCents: charge, paidCents: contracted },
    ]);
    expect(said[1]?.payerClaimNumber).toBe(said[0]?.payerClaimNumber);
    expect(said[2]?.payerClaimNumber).not.toBe(said[0]?.payerClaimNumber);
    expect(said[1]?.lines.map((line) => line.adjustments.map(({ group, carc, cents }) => [group, carc, -cents]))).toEqual(
      said[0]?.lines.map((line) => line.adjustments.map(({ group, carc, cents }) => [group, carc, cents])),
    );
    expect(said[1]?.paidOn).toBe(said[2]?.paidOn);
  });

  test('or in two checks, the shortfall of the first forwarded to the second (FB)', () => {
    const { said, came } = heardOf({ afterwards: 'correctedApart' });
    expect(said.map(money).map(({ status }) => status)).toEqual(['1', '22', '1']);
    expect(said[2] && said[1] && said[2].paidOn > said[1].paidOn).toBe(true);
    const plb = remittances(came).map(({ paidCents, providerAdjustments }) => ({
      paidCents,
      plb: providerAdjustments.map(({ code, cents }) => [code, cents]),
    }));
    const corrected = said[2]?.paidCents ?? 0;
    expect(plb).toEqual([
      { paidCents: contracted, plb: [] },
      { paidCents: 0, plb: [['FB', -contracted]] },
      {
        paidCents: 0,
        plb: [
          ['FB', contracted],
          ['FB', corrected - contracted],
        ],
      },
    ]);
  });

  test('take back: from the check; lent and taken later (WO, WO); or by PLB alone without a word about the claim', () => {
    const taken = heardOf({ afterwards: 'takenBack' });
    expect(taken.said.map(money).map(({ paidCents }) => paidCents)).toEqual([contracted, -contracted, 0]);
    expect(taken.truth.open).toMatchObject([{ code: 'FB', cents: contracted }]);
    const deferred = heardOf({ afterwards: 'takenBackDeferred' });
    expect(deferred.said.map(({ status }) => status)).toEqual(['1', '22', '1']);
    const wo = remittances(deferred.came).flatMap(({ providerAdjustments }) => providerAdjustments.filter(({ code }) => code === 'WO'));
    expect(wo.map(({ cents }) => cents)).toEqual([-contracted, contracted]);
    expect(new Set(wo.map(({ reference }) => reference))).toEqual(new Set([deferred.said[0]?.payerClaimNumber]));
    const untold = heardOf({ afterwards: 'takenBackUntold' });
    expect(untold.said).toHaveLength(1);
    expect(remittances(untold.came)[1]).toMatchObject({
      claims: [],
      paidCents: 0,
      providerAdjustments: [{ code: 'WO', cents: contracted }, { code: 'FB' }],
    });
  });

  test('come again under a new name with the same bytes, or in another envelope with the same content', () => {
    for (const remit of ['newName', 'otherEnvelope'] as const) {
      const files = heardOf({ remit }).came.filter(({ name }) => name.endsWith('.835'));
      const [first, again] = files;
      expect(files).toHaveLength(2);
      expect(again?.name).not.toBe(first?.name);
      expect(again?.content === first?.content).toBe(remit === 'newName');
      const body = (text = '') => text.split('\n').slice(2, -3);
      expect(body(again?.content)).toEqual(body(first?.content));
    }
  });

  test('come months late, with interest (L6)', () => {
    const { said, came } = heardOf({ days: 120 });
    expect(daysBetween(day0, said[0]?.paidOn ?? day0)).toBeGreaterThanOrEqual(120);
    expect(remittances(came)[0]).toMatchObject({ paidCents: contracted + 133, providerAdjustments: [{ code: 'L6', cents: -133 }] });
  });

  test('answer one claim as two, whose charges add up to it', () => {
    const { said, truth } = heardOf({ splits: true });
    expect(said.map(({ submissionKey }) => submissionKey)).toEqual(['A1', 'A1']);
    expect(sum(said.map(({ chargeCents }) => chargeCents))).toBe(charge);
    expect(said.map(({ payerClaimNumber }) => payerClaimNumber)).toEqual(truth.claims[0]?.payerClaimNumbers);
  });

  test('cross over: status 19 with the next payer, which answers as second with what the first one left', () => {
    const claim = claimTold({ account: 'A1', payers: ['MCARE', 'BCBS01'] });
    const { said, truth } = heardOf({ crossesOver: true, patientShare: 'coinsurance' }, claim);
    const [first, second] = said;
    expect(first).toMatchObject({ status: '19', crossoverPayerId: 'BCBS01', submissionKey: 'A1' });
    expect(second).toMatchObject({ status: '2', submissionKey: 'A1', chargeCents: charge });
    const left = first?.patientResponsibilityCents ?? 0;
    expect(
      sum((second?.lines ?? []).flatMap((line) => line.adjustments.filter(({ carc }) => carc === '23').map(({ cents }) => cents))),
    ).toBe(charge - left);
    expect(truth.claims.map(({ payerId, isCrossover }) => [payerId, isCrossover])).toEqual([
      ['MCARE', false],
      ['BCBS01', true],
    ]);
  });

  test('as second payer: from what the first one left; without its word, denied (CO-22)', () => {
    const base = claimTold({ account: 'A1', payers: ['UHC01', 'BCBS01'] });
    const [first, second] = base.coverages;
    if (first === undefined || second === undefined) throw new Error('two payers');
    const toSecond = { ...base, submissionKey: 'A1.2', destination: 2 as const, coverages: [second, first] };
    const said = base.lines.map((line) => ({
      payerId: 'UHC01',
      paidCents: line.chargeCents,
      adjudicatedOn: civilDate('2026-01-20'),
      adjustments: [],
    }));
    const lines = base.lines.map((line, i) => {
      const [one] = said.slice(i, i + 1);
      const left = { group: 'PR', carc: '2', cents: sum([line.chargeCents]) };
      return i === 0 && one !== undefined
        ? { ...line, otherPayers: [{ ...one, paidCents: sum([]), adjustments: [left] }] }
        : { ...line, otherPayers: one === undefined ? [] : [one] };
    });
    const otherPayers = [
      {
        payerId: 'UHC01',
        paidCents: sum(said.slice(1).map((one) => one.paidCents)),
        adjudicatedOn: civilDate('2026-01-20'),
        adjustments: [],
      },
    ];
    const [paid] = heardOf({}, { ...toSecond, lines, otherPayers }).said;
    expect(paid).toMatchObject({ status: '2', paidCents: base.lines[0]?.chargeCents });
    const [denied] = heardOf({}, toSecond).said;
    expect(denied && carcs(denied)).toContain('OA-23');
    expect(denied).toMatchObject({ status: '2', paidCents: 0, rarcs: ['MA04'] });
  });
});

describe('claims that come again', () => {
  const original = claimTold({ account: 'A1' });

  function after(second: (number: string) => Parameters<typeof claimFile>[0][number], fates: readonly ToldFate[] = [straight]) {
    const world = worldOf(1, fates);
    const first = claimFile([original]);
    play(world, [first]);
    const number = world.truth().claims[0]?.payerClaimNumbers[0] ?? '';
    const again = worldOf(1, fates);
    const came = play(again, [first, claimFile([second(number)], 30)]);
    return { said: remittanceClaims(came), came, truth: again.truth() };
  }

  test('a replacement takes the original back and is decided in its place', () => {
    const fates = [{ ...straight, attempt: 1, outcome: 'deniedInformation' as const }, straight];
    const { said, truth } = after(
      (number) => ({ ...original, submissionKey: 'A1.2', frequency: '7', originalPayerClaimNumber: number }),
      fates,
    );
    expect(truth.claims.map(({ state }) => state)).toEqual(['replaced', 'adjudicated']);
    expect(said.map((one) => ({ key: one.submissionKey, ...money(one) }))).toEqual([
      { key: 'A1', status: '1', chargeCents: charge, paidCents: 0 },
      { key: 'A1', status: '22', chargeCents: -charge, paidCents: 0 },
      { key: 'A1.2', status: '1', chargeCents: charge, paidCents: contracted },
    ]);
  });

  test('a void takes it back', () => {
    const { said, truth } = after((number) => ({ ...original, submissionKey: 'A1.2', frequency: '8', originalPayerClaimNumber: number }));
    expect(said.map(money)).toEqual([
      { status: '1', chargeCents: charge, paidCents: contracted },
      { status: '22', chargeCents: -charge, paidCents: -contracted },
    ]);
    expect(truth.claims.map(({ state }) => state)).toEqual(['voided', 'voided']);
  });

  test('a replacement of a claim nobody knows is rejected', () => {
    const { came, said } = after(() => ({ ...original, submissionKey: 'A1.2', frequency: '7', originalPayerClaimNumber: 'UNKNOWN1' }));
    expect(transactions(came).at(-1)).toMatchObject({ acknowledgements: [{ category: 'A7', status: '464', submissionKey: 'A1.2' }] });
    expect(said).toHaveLength(1);
  });

  test('the same service as new is denied as a duplicate, or rejected, as the payer’s manner is', () => {
    const again = { ...original, submissionKey: 'A1.2' };
    const { said, truth } = after(() => again);
    expect(said.map((one) => [one.submissionKey, carcs(one)])).toEqual([
      ['A1', ['CO-45']],
      ['A1.2', ['CO-18']],
    ]);
    expect(truth.claims.map(({ state }) => state)).toEqual(['adjudicated', 'duplicate']);
    const toBlueCross = claimTold({ account: 'B1', payers: ['BCBS01'] });
    const came = play(worldOf(1, [straight]), [claimFile([toBlueCross]), claimFile([{ ...toBlueCross, submissionKey: 'B1.2' }], 30)]);
    expect(transactions(came).at(-1)).toMatchObject({ acknowledgements: [{ category: 'A3', status: '54', action: 'U' }] });
  });

  test('what was refused as unprocessable (MA130) may come again as new', () => {
    const fates = [{ ...straight, attempt: 1, outcome: 'deniedUnprocessable' as const }, straight];
    const { said } = after(() => ({ ...original, submissionKey: 'A1.2' }), fates);
    expect(said.map(money).map(({ paidCents }) => paidCents)).toEqual([0, contracted]);
  });
});

test('a list of fates is read with the faults of a wrong one named', () => {
  expect(parseFates('- { claim: "HB1*", outcome: deniedTimely }', 'fates.yaml')).toEqual([{ claim: 'HB1*', outcome: 'deniedTimely' }]);
  expect(() => parseFates('- { claim: "HB1*", outcome: eaten }', 'fates.yaml')).toThrow(/fates.yaml.*\n {2}0.outcome/);
  expect(manners.payers.map(({ id }) => id).sort()).toEqual(['*', 'AETNA1', 'BCBS01', 'CIGNA1', 'MCARE', 'TXMCD', 'UHC01']);
});
