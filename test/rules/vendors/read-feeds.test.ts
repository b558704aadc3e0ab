import { describe, expect, test } from '@jest/globals';
import { hasColumns, type VendorWords } from '../../../rules/vendors/feed-table.ts';
import { inventoryColumns, readInventory } from '../../../rules/vendors/read-inventory.ts';
import { readRemit, remitColumns } from '../../../rules/vendors/read-remit.ts';

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

  test('in a vendor’s own words, with columns of its own between', () => {
    const words: VendorWords = { columns: { placement_id: 'CLIENT_REF', balance: 'CUR_BAL' }, values: { status: { ACT: 'open' } } };
    const header = 'vendor,desk,as_of,record,CLIENT_REF,status,CUR_BAL,last_worked_on';
    const own = [header, 'VENDOR1,7,2026-08-31,placement,A1-p1,ACT,1350.00,', 'VENDOR1,,2026-08-31,total,1,,1350.00,'];
    expect(hasColumns(header, inventoryColumns, words)).toBe(true);
    expect(hasColumns(header, inventoryColumns)).toBe(false);
    expect(readInventory(bytes(own), words).rows).toMatchObject([{ reference: 'A1-p1', status: 'open', balanceCents: 135_000 }]);
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
