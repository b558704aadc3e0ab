import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DifferenceView } from '../../client/views/vendor-shapes.ts';
import { civilDate as on } from '../../rules/domain/civil-date.ts';
import { cents } from '../../rules/domain/money.ts';
import { ourBooksText } from '../../rules/vendors/our-books.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';

let folder = '';
const path = (name: string) => join(folder, name);
const inventoryHeader = 'vendor,as_of,placement_id,status,balance,last_worked_on';
const remitHeader = 'vendor,remit_id,remitted_on,placement_id,payment_id,paid_on,paid_to,paid_by,amount,fee';
const away = new Error('no engine runs');

const placement = {
  reference: 'A1-p1',
  accountNumber: 'A1',
  tier: 'badDebt1',
  status: 'placed' as const,
  placedCents: cents(185_000),
  balanceCents: cents(135_000),
  balanceBeforeCents: cents(135_000),
  offeredOn: on('2026-07-22'),
  placedOn: on('2026-07-24'),
  recalledOn: null,
  returnedOn: null,
  ageDays: 128,
};

const books = ourBooksText({
  placements: [placement, { ...placement, reference: 'A2-p1', accountNumber: 'A2' }],
  payments: [
    {
      paymentId: 'V1',
      reference: 'A1-p1',
      paidOn: on('2026-08-10'),
      cents: cents(50_000),
      via: 'vendor',
      bouncedCents: cents(0),
      refundedCents: cents(3_750),
    },
  ],
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-vendor-'));
  const lines = (...all: string[]) => `${all.join('\n')}\n`;
  writeFileSync(path('ours.csv'), books);
  writeFileSync(
    path('list.csv'),
    lines(inventoryHeader, 'VENDOR1,2026-08-31,A1-p1,open,1400.00,2026-08-20', 'TRL,VENDOR1,2026-08-31,1,1400'),
  );
  writeFileSync(
    path('remit.csv'),
    lines(
      remitHeader,
      'VENDOR1,R1,2026-08-15,A1-p1,V1,2026-08-10,vendor,patient,500.00,100.00',
      'TRL,VENDOR1,R1,2026-08-15,1,500.00,100.00,400.00',
    ),
  );
  writeFileSync(path('nobody.csv'), lines(inventoryHeader, 'TRL,NOBODY,2026-08-31,0,0'));
  writeFileSync(path('notes.csv'), 'hello\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('recourse vendor reconcile --offline', () => {
  const reconcile = (file: string, ...more: string[]) =>
    recourse(['vendor', 'reconcile', 'VENDOR1', path(file), '--ours', path('ours.csv'), ...more], away);

  test('an inventory: what differs both ways, and what to do, without a server', async () => {
    const { exit, out, err } = await reconcile('list.csv');
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    expect(out.replaceAll(folder, '')).toBe(
      [
        '✗ /list.csv, 2026-08-31: ours 2, theirs 1: 0 matched, 0 in flight, 2 differ (100.00%, $1,400.00)',
        '',
        'Differences',
        '  Kind     About  Ours       Theirs     At stake   Why',
        '  balance  A1-p1  $1,350.00  $1,400.00     $50.00  the balances differ',
        '  missing  A2-p1  $1,350.00      $0.00  $1,350.00  placed 2026-07-24; the vendor does not list it',
        '',
        'Next',
        '  balance: send the vendor our balance, or find the payment it knows and we do not',
        '  missing: ask the vendor to load it, or recall it',
        '',
      ].join('\n'),
    );
  });

  test('a remit: the fee of 20 % is owed on what was not given back', async () => {
    const { exit, out } = await reconcile('remit.csv', '--json');
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      remit: { differing: 1, chargedFeeCents: 10_000, expectedFeeCents: 9_250 },
      differences: [{ kind: 'clawBack', about: 'V1', oursCents: 9_250, theirsCents: 10_000, words: '20% of $462.50 = $92.50' }],
    });
  });

  test.each([
    ['of another vendor', ['vendor', 'reconcile', 'VENDOR2', 'list.csv', '--ours', 'ours.csv'], 'is of vendor VENDOR1, not of VENDOR2'],
    ['of no vendor', ['vendor', 'reconcile', 'NOBODY', 'nobody.csv', '--ours', 'ours.csv'], 'vendor NOBODY has no contract'],
    ['neither of the two', ['vendor', 'reconcile', 'VENDOR1', 'notes.csv', '--ours', 'ours.csv'], 'is neither an inventory nor a remit'],
    ['against nothing', ['vendor', 'reconcile', 'VENDOR1', 'list.csv', '--offline'], 'there is nothing to compare with'],
    ['that is not there', ['vendor', 'reconcile', 'VENDOR1', 'gone.csv', '--ours', 'ours.csv'], 'A file cannot be read'],
  ])('a file %s is wrong usage', async (_, parameters, what) => {
    const { exit, err } = await recourse(
      parameters.map((one) => (one.endsWith('.csv') ? path(one) : one)),
      away,
    );
    expect(exit).toBe(2);
    expect(err).toContain(what);
  });
});

const difference: DifferenceView = {
  id: '019aa000-0000-7000-8000-0000d1ffe4e9',
  vendor: 'VENDOR1',
  kind: 'fee',
  about: 'V1',
  reference: 'A1-p1',
  oursCents: 9_250,
  theirsCents: 10_000,
  differingCents: 750,
  words: '20% of $462.50 = $92.50',
  firstFoundOn: on('2026-08-15'),
  lastFoundOn: on('2026-08-31'),
  days: 26,
  age: '0-30',
  file: 'remit.csv',
  accepted: null,
  next: 'send it back',
};

describe('with an engine', () => {
  test('differences are listed with their age, and what to do', async () => {
    const asked: object[] = [];
    const differences = async (question: object) => {
      asked.push(question);
      return [difference];
    };
    const { exit, out } = await recourse(['vendor', 'differences', 'VENDOR1', '--kind', 'fee'], fakeEngine({ vendors: { differences } }));
    expect(exit).toBe(0);
    expect(asked).toEqual([{ vendor: 'VENDOR1', kinds: ['fee'] }]);
    expect(out).toContain('d1ffe4e9  VENDOR1  fee   V1     $92.50  $100.00  26 d  20% of $462.50 = $92.50');
    expect(out).toContain('fee: send it back');
  });

  test('one is accepted by its last digits', async () => {
    const accepted: object[] = [];
    const vendors = {
      differences: async () => [difference],
      accept: async (id: string, said: object) => accepted.push({ id, ...said }) > 0,
    };
    const parameters = ['vendor', 'accept', 'd1ffe4e9', '--by', 'sam', '--note', 'too little'];
    expect((await recourse(parameters, fakeEngine({ vendors }))).out).toBe('✓ VENDOR1 fee V1 stays as it is until an amount changes.\n');
    expect(accepted).toEqual([{ id: difference.id, by: 'sam', note: 'too little' }]);
    expect((await recourse(['vendor', 'accept', 'ffffffff', '--by', 'sam', '--note', 'x'], fakeEngine({ vendors }))).exit).toBe(1);
  });

  test.each([
    ['show', 'There is no vendor of this name with a contract.'],
    ['scorecard', 'There is no vendor of this name with a contract.'],
    ['never-worked', 'No inventory of this vendor came yet.'],
  ])('%s of an unknown vendor says so', async (command, what) => {
    const { exit, err } = await recourse(['vendor', command, 'NOBODY']);
    expect(exit).toBe(1);
    expect(err).toContain(what);
  });
});
