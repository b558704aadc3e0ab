import { describe, expect, test } from '@jest/globals';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { inventoryColumns, readInventory } from '../../../rules/vendors/read-inventory.ts';
import { laidOutAs } from '../../../rules/vendors/laid-out.ts';
import { readRemit, remitColumns } from '../../../rules/vendors/read-remit.ts';
import { readVendorContracts } from '../../../rules/vendors/read-vendor-contracts.ts';
import { readRulesFile } from '../../support/rule-sets.ts';

const bytes = (lines: readonly string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');

const inventory = [
  inventoryColumns.join(','),
  'VENDOR1,2026-08-31,placement,A1-p1,open,1350.00,2026-08-20',
  'VENDOR1,2026-08-31,placement,A2-p1,closed,0,',
  'VENDOR1,2026-08-31,total,2,,1350.00,',
];

const remit = [
  remitColumns.join(','),
  'VENDOR1,R1,2026-08-15,payment,A1-p1,V1,2026-08-10,vendor,patient,500.00,110.00,',
  'VENDOR1,R1,2026-08-15,payment,A2-p1,V2,2026-08-11,vendor,patient,-20.00,-4.40,',
  'VENDOR1,R1,2026-08-15,total,,,,,,480.00,105.60,374.40',
];

describe('an inventory', () => {
  test('is read with the byte of each row', () => {
    expect(readInventory(bytes(inventory))).toEqual({
      vendor: 'VENDOR1',
      asOf: '2026-08-31',
      rows: [
        { reference: 'A1-p1', status: 'open', balanceCents: 135_000, lastWorkedOn: '2026-08-20', offset: 64 },
        { reference: 'A2-p1', status: 'closed', balanceCents: 0, lastWorkedOn: null, offset: 124 },
      ],
    });
  });

  test('may be empty', () => {
    expect(readInventory(bytes([inventory[0] ?? '', 'VENDOR1,2026-08-31,total,0,,0,'])).rows).toEqual([]);
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ['cut short', (lines) => lines.slice(0, -1), 'the last row must be the total: the file was cut short'],
    ['without anything', () => [''], 'row 1: the header lacks vendor, as_of, record, placement_id, status, balance, last_worked_on'],
    [
      'a row lacking',
      ([header = '', , ...rest]) => [header, ...rest],
      'row 3, column placement_id: says another count than the 1 rows above',
    ],
    [
      'another sum',
      (lines) => lines.map((line) => line.replace('open,1350.00', 'open,1350.01')),
      'row 4, column balance: is not the sum of the balances above',
    ],
    [
      'of two days',
      (lines) => lines.map((line, n) => (n === 1 ? line.replace('08-31', '08-30') : line)),
      'row 2, column vendor: must name the same vendor and the same day as the total',
    ],
    [
      'an unknown state',
      (lines) => lines.map((line) => line.replace('closed', 'gone')),
      'row 3, column status: must be one of open, held, closed',
    ],
    [
      'no such day',
      (lines) => lines.map((line) => line.replace('2026-08-20', '2026-02-30')),
      'row 2, column last_worked_on: must be an existing date written YYYY-MM-DD, or empty',
    ],
  ])('%s is refused', (_, change, message) => {
    expect(() => readInventory(bytes(change([...inventory])))).toThrow(message);
  });
});

describe('a remit', () => {
  test('is read with what is taken back', () => {
    const { vendor, total, lines } = readRemit(bytes(remit));
    expect({ vendor, total }).toEqual({
      vendor: 'VENDOR1',
      total: { remitId: 'R1', remittedOn: '2026-08-15', grossCents: 48_000, feeCents: 10_560, netCents: 37_440 },
    });
    expect(lines.map(({ paymentId, cents, feeCents }) => [paymentId, cents, feeCents])).toEqual([
      ['V1', 50_000, 11_000],
      ['V2', -2_000, -440],
    ]);
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ['cut short', (lines) => lines.slice(0, -1), 'the last row must be the total: the file was cut short'],
    [
      'of two remits',
      (lines) => lines.map((line, n) => (n === 1 ? line.replace('R1', 'R2') : line)),
      'row 2, column remit_id: must name the same vendor and the same remit as the total',
    ],
    [
      'paid to nobody',
      (lines) => lines.map((line) => line.replace('vendor,patient,500', 'us,patient,500')),
      'column paid_to: must be one of vendor, client',
    ],
    [
      'a third decimal',
      (lines) => lines.map((line) => line.replace('500.00', '500.001')),
      'column amount: must be an amount with at most two decimals',
    ],
  ])('%s is refused', (_, change, message) => {
    expect(() => readRemit(bytes(change([...remit])))).toThrow(message);
  });
});

describe('in a vendor’s own layout', () => {
  const shipped = JSON.parse(readRulesFile('reference/vendor-contracts.json'));
  const column = (header: string, field: string | null, more: object = {}) => ({
    header,
    field,
    ...(field === null ? { constant: '' } : {}),
    ...more,
  });
  const layouts = {
    ...shipped.layouts,
    'agency-list': {
      kind: 'inventory',
      separator: '|',
      trailer: 'TRL',
      columns: [
        column('CLIENT_REF', 'placementId', { isRequired: true }),
        column('DESK', null),
        column('ST', 'status', { values: { ACT: 'open', CLS: 'closed' } }),
        column('BAL', 'balance', { format: 'cents' }),
        column('LAST_WK', 'lastWorkedOn', { format: 'usDate' }),
      ],
    },
    'agency-remit': {
      kind: 'remit',
      separator: ',',
      columns: [
        column('RUN', 'remitId'),
        column('REF', 'placementId'),
        column('TXN', 'paymentId'),
        column('DATE', 'paidOn', { format: 'compactDate' }),
        column('TO', 'paidTo', { values: { D: 'client', A: 'vendor' } }),
        column('AMT', 'amount'),
        column('COMM', 'fee'),
      ],
    },
  };
  const contracts = shipped.contracts.map((one: { vendor: string; layouts: object }) =>
    one.vendor === 'VENDOR1' ? { ...one, layouts: { inventory: 'agency-list', remit: 'agency-remit' } } : one,
  );
  const reference = readVendorContracts(JSON.stringify({ contracts, layouts }));
  const received = civilDate('2026-08-31');
  const own = (firstLine: string) => laidOutAs(reference, firstLine, received);
  const list = ['CLIENT_REF|DESK|ST|BAL|LAST_WK', 'A1-p1|7|ACT|135000|08/20/2026', 'A2-p1||CLS|0|', 'TRL|2|1350.00'];

  test('an inventory is known by its first line and says the same', () => {
    expect(own(list[0] ?? '')).toMatchObject({ vendor: 'VENDOR1', kind: 'inventory', receivedOn: received });
    expect(own('CLIENT_REF|ST')).toBeNull();
    const { vendor, asOf, rows } = readInventory(bytes(list), own(list[0] ?? ''));
    expect({ vendor, asOf }).toEqual({ vendor: 'VENDOR1', asOf: '2026-08-31' });
    expect(rows.map(({ offset: _offset, ...row }) => row)).toEqual([
      { reference: 'A1-p1', status: 'open', balanceCents: 135_000, lastWorkedOn: '2026-08-20' },
      { reference: 'A2-p1', status: 'closed', balanceCents: 0, lastWorkedOn: null },
    ]);
  });

  test('a remit without a trailer comes to what its rows say', () => {
    const lines = ['RUN,REF,TXN,DATE,TO,AMT,COMM', 'R7,A1-p1,V1,20260810,A,500.00,110.00', 'R7,A1-p1,V2,20260811,D,20.00,4.40'];
    const { vendor, total, lines: read } = readRemit(bytes(lines), own(lines[0] ?? ''));
    expect({ vendor, total }).toEqual({
      vendor: 'VENDOR1',
      total: { remitId: 'R7', remittedOn: '2026-08-31', grossCents: 50_000, feeCents: 11_440, netCents: 38_560 },
    });
    expect(read.map(({ paidTo, paidBy, paidOn }) => [paidTo, paidBy, paidOn])).toEqual([
      ['vendor', 'patient', '2026-08-10'],
      ['client', 'patient', '2026-08-11'],
    ]);
  });

  test.each<[string, (line: string) => string, string]>([
    ['without its trailer', (line) => line.replace(/^TRL.*/, ''), 'the last row must be the total: the file was cut short'],
    ['with another count', (line) => line.replace('TRL|2', 'TRL|3'), 'says another count than the 2 rows above'],
    ['with another sum', (line) => line.replace('1350.00', '1350.01'), 'is not the sum of the balances above'],
    ['with another date', (line) => line.replace('08/20/2026', '2026-8-20'), 'row 2, column LAST_WK: must be written as usDate'],
    ['without a number', (line) => line.replace('A1-p1', ''), 'row 2, column CLIENT_REF: must be written as text'],
    ['with a word that is not known', (line) => line.replace('ACT', 'XXX'), 'row 2, column status: must be one of open, held, closed'],
  ])('%s it is refused', (_, change, message) => {
    expect(() => readInventory(bytes(list.map(change).filter((line) => line !== '')), own(list[0] ?? ''))).toThrow(message);
  });

  test('of two vendors it is refused where no column names one', () => {
    const both = readVendorContracts(
      JSON.stringify({ contracts: contracts.map((one: object) => ({ ...one, layouts: { inventory: 'agency-list' } })), layouts }),
    );
    expect(() => laidOutAs(both, list[0] ?? '', received)).toThrow(
      'the layout is that of EARLYOUT1, VENDOR1, VENDOR2, and no column names one',
    );
  });
});
