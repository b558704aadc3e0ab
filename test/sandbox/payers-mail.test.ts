import { describe, expect, test } from '@jest/globals';
import { readPatientPayments } from '../../activities/feeds/patient-payments.ts';
import { csvText } from '../../activities/outbound/csv.ts';
import { amountText, cents as money } from '../../rules/domain/money.ts';
import type { SentFile } from '../../client/sandbox/peer.ts';
import type { ToldFate } from '../../client/sandbox/payers/manners.ts';
import type { PayerWorld } from '../../client/sandbox/payers/world.ts';
import { claimFile, claimTold, manners, noon, play, remittanceClaims, remittances, straight, worldOf } from './payer-play.ts';

const claim = { ...claimTold({ account: 'A1' }), place: { offset: 0, length: 0 } };

function denialLetter(asked: Asked, name: string, payerClaimNumber: string | null): SentFile {
  const about = { ...asked, account: 'A1', memberId: claim.coverages[0]?.memberId ?? '', payerClaimNumber };
  return { folder: 'letters', name: `${name}.manifest.json`, content: JSON.stringify({ about }) };
}

interface Asked {
  readonly kind: 'appeal' | 'reconsideration' | 'documents';
  readonly level: number;
}
const appeal: Asked = { kind: 'appeal', level: 1 };

function dispute(asked: Asked, fate: Partial<ToldFate>, number: 'known' | 'unknown' | 'wrong account' = 'known') {
  const fates = [{ ...straight, outcome: 'deniedNecessity' as const, ...fate }];
  const first = worldOf(1, fates);
  const file = claimFile([claim]);
  play(first, [file]);
  const icn = first.truth().claims[0]?.payerClaimNumbers[0] ?? null;
  const world = worldOf(1, fates);
  const sent = denialLetter(asked, 'appeal-1', number === 'known' ? icn : null);
  const told = number === 'wrong account' ? { ...sent, content: sent.content.replace('"A1"', '"A9"') } : sent;
  const came = play(world, [file, { sent: told, at: noon(40) }]);
  return { said: remittanceClaims(came), letters: world.truth().letters };
}

describe('letters about a denial', () => {
  test.each<Asked>([
    { kind: 'appeal', level: 2 },
    { kind: 'reconsideration', level: 1 },
    { kind: 'documents', level: 1 },
  ])('$kind, level $level: won, the claim is reversed and paid as contracted', (asked) => {
    const { said, letters } = dispute(asked, { answer: 'overturned' });
    expect(said.map(({ status, paidCents }) => [status, paidCents])).toEqual([
      ['1', 0],
      ['22', 0],
      ['1', 13_289],
    ]);
    expect(letters).toMatchObject([{ to: 'UHC01', account: 'A1', answer: 'overturned', ...asked }]);
  });

  test('lost, or never answered, nothing more is remitted; the answer on paper is for a person to record', () => {
    const upheld = dispute(appeal, { answer: 'upheld' });
    expect(upheld.said).toHaveLength(1);
    expect(upheld.letters[0]?.answeredOn).toMatch(/^2026-/);
    const silent = dispute(appeal, { answer: 'silent' });
    expect(silent.said).toHaveLength(1);
    expect(silent.letters).toMatchObject([{ answer: 'silent', answeredOn: null }]);
  });

  test('find the claim by account and member when the payer’s number is not known, and no claim when neither fits', () => {
    expect(dispute(appeal, { answer: 'overturned' }, 'unknown').said).toHaveLength(3);
    expect(dispute(appeal, { answer: 'overturned' }, 'wrong account').letters).toMatchObject([{ answer: 'unknownClaim' }]);
  });

  test('that come twice are answered once', () => {
    const world = worldOf(1, [{ ...straight, outcome: 'deniedNecessity', answer: 'overturned' }]);
    const first = denialLetter(appeal, 'appeal-1', null);
    const came = play(world, [
      claimFile([claim]),
      { sent: first, at: noon(40) },
      { sent: { ...first, name: 'appeal-2.manifest.json' }, at: noon(41) },
    ]);
    expect(remittanceClaims(came)).toHaveLength(3);
  });
});

test('a refund of ours is acknowledged (72) and kept (WO), and the check stays as it is', () => {
  const world = worldOf(1, [straight]);
  const row = { account_number: 'A1', refund_to: 'UHC01', amount: '12.5', requested_on: '2026-02-20', reference: 'refund-1' };
  const sent = { folder: 'refunds', name: 'refund-1.csv', content: csvText([row]) };
  const came = play(world, [claimFile([claim]), { sent, at: noon(40) }, { sent, at: noon(41) }]);
  expect(remittances(came).slice(1)).toMatchObject([
    {
      paidCents: 0,
      claims: [],
      imbalances: [],
      providerAdjustments: [
        { code: '72', cents: -1250 },
        { code: 'WO', cents: 1250 },
      ],
    },
  ]);
  expect(world.truth().open).toEqual([]);
});

const always = <T extends string>(choice: T) => [{ choice, weight: 1 }];

function statement(number: number, cents: number): SentFile {
  const content = csvText([{ statement: `00000000${number}`, account_dues: `A1 ${amountText(money(cents))}` }]);
  return { folder: 'statements', name: `statements-00000000${number}-index.csv`, content };
}

function patientWorld(habit: 'full' | 'parts' | 'plan' | 'never'): PayerWorld {
  return worldOf(1, [], { patients: { ...manners.patients, pays: always(habit) } });
}

function paid(world: PayerWorld, sent: readonly SentFile[]) {
  const came = play(
    world,
    sent.map((file, i) => ({ sent: file, at: noon(i * 31) })),
  );
  return came.flatMap(({ content }) => readPatientPayments(Buffer.from(content))).map(({ cents }) => cents);
}

describe('patients', () => {
  test('pay in full, in parts, or never', () => {
    expect(paid(patientWorld('full'), [statement(1, 123_456)])).toEqual([123_456]);
    expect(paid(patientWorld('parts'), [statement(1, 9000), statement(2, 6000), statement(3, 1900)])).toEqual([3000, 2000, 1900]);
    expect(paid(patientWorld('never'), [statement(1, 9000), statement(2, 9000)])).toEqual([]);
  });

  test('pay a statement that comes twice once, and not twice because two came at once', () => {
    const world = patientWorld('full');
    const at = noon(0);
    const came = play(
      world,
      [1, 1, 2].map((number) => ({ sent: statement(number, 5000), at })),
    );
    expect(came).toHaveLength(1);
    expect(world.truth().patientPayments).toMatchObject([{ accountNumber: 'A1', cents: 5000 }]);
  });

  test('take a plan and keep it, or decline it', () => {
    const about = { kind: 'planOffer', account: 'A1', fields: { months: 3, instalmentCents: 3000 } };
    const offer = { folder: 'letters', name: 'plan-offer-000000001.manifest.json', content: JSON.stringify({ about }) };
    const taker = patientWorld('plan');
    expect(paid(taker, [offer])).toEqual([3000, 3000, 3000]);
    expect(taker.truth().letters).toMatchObject([{ kind: 'planOffer', answer: 'accepted', account: 'A1' }]);
    const decliner = patientWorld('never');
    expect(paid(decliner, [offer])).toEqual([]);
    expect(decliner.truth().letters).toMatchObject([{ answer: 'declined' }]);
  });
});

test('what is for nobody outside is left alone', () => {
  const world = worldOf(1);
  expect(world.receive({ folder: 'elsewhere', name: 'note.txt', content: 'hello' }, noon(0))).toEqual([]);
  expect(world.truth().files).toEqual([{ folder: 'elsewhere', name: 'note.txt', verdict: 'notForUs' }]);
});
