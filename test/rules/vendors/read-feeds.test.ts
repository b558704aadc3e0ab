import { describe, expect, test } from '@jest/globals';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { readInventory } from '../../../rules/vendors/read-inventory.ts';
import { readFile } from '../../../rules/vendors/read-records.ts';
import { readRemit } from '../../../rules/vendors/read-remit.ts';
import { readVendorContracts } from '../../../rules/vendors/read-vendor-contracts.ts';
import type { VendorReference } from '../../../rules/vendors/vendor-contract.ts';
import { isOfKind, layoutOfFirstLine } from '../../../rules/vendors/vendor-files.ts';
import { readRulesFile, sha256 } from '../../support/rule-sets.ts';

const shippedFile = readRulesFile('reference/vendor-contracts.json');
const shipped = readVendorContracts(shippedFile);
const receivedOn = civilDate('2026-08-31');

/** As a file that came is read: by its first line and the contracts of the day. */
function readOf(lines: readonly string[], reference: VendorReference = shipped) {
  const known = layoutOfFirstLine(reference, lines[0] ?? '', receivedOn);
  if (known === null) throw new Error('no layout begins so');
  const { layout, vendors } = known;
  const text = `${lines.join('\r\n')}\r\n`;
  if (isOfKind(layout, 'inventory')) return readInventory(readFile(text, layout, sha256), { vendors, receivedOn });
  if (isOfKind(layout, 'remit')) return readRemit(readFile(text, layout, sha256), { vendors, receivedOn });
  throw new Error(`a ${layout.kind} is neither an inventory nor a remit`);
}

const inventory = [
  'vendor,as_of,placement_id,status,balance,last_worked_on',
  'VENDOR1,2026-08-31,A1-p1,open,1350.00,2026-08-20',
  'VENDOR1,2026-08-31,A2-p1,closed,0,',
  'TRL,VENDOR1,2026-08-31,2,1350.00',
];

const remit = [
  'vendor,remit_id,remitted_on,placement_id,payment_id,paid_on,paid_to,paid_by,amount,fee',
  'VENDOR1,R1,2026-08-15,A1-p1,V1,2026-08-10,vendor,patient,500.00,110.00',
  'VENDOR1,R1,2026-08-15,A2-p1,V2,2026-08-11,vendor,patient,-20.00,-4.40',
  'TRL,VENDOR1,R1,2026-08-15,2,480.00,105.60,374.40',
];

const agreed = {
  vendor: 'VENDOR1',
  asOf: '2026-08-31',
  rows: [
    { reference: 'A1-p1', status: 'open', balanceCents: 135_000, lastWorkedOn: '2026-08-20', offset: 57 },
    { reference: 'A2-p1', status: 'closed', balanceCents: 0, lastWorkedOn: null, offset: 107 },
  ],
};

describe('an inventory', () => {
  test('is read with the byte of each row', () => {
    expect(readOf(inventory)).toEqual(agreed);
  });

  test('may be empty', () => {
    expect(readOf([inventory[0] ?? '', 'TRL,VENDOR1,2026-08-31,0,0'])).toEqual({ ...agreed, rows: [] });
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ['cut short', (lines) => lines.slice(0, -1), 'the file must end with its TRL record: it is not whole'],
    ['without anything', (lines) => lines.slice(0, 1), 'the file must end with its TRL record: it is not whole'],
    [
      'a row lacking',
      ([header = '', , ...rest]) => [header, ...rest],
      'line 3, column count: it does not fit the 1 records before it; the file is not whole',
    ],
    [
      'another sum',
      (lines) => lines.map((line) => line.replace('open,1350.00', 'open,1350.01')),
      'line 4, column total: it does not fit the 2 records before it; the file is not whole',
    ],
    [
      'of two days',
      (lines) => lines.map((line, n) => (n === 1 ? line.replace('08-31', '08-30') : line)),
      'line 2, column as_of: must be the same day in all records',
    ],
    [
      'of two vendors',
      (lines) => lines.map((line, n) => (n === 1 ? line.replace('VENDOR1', 'VENDOR2') : line)),
      'line 2, column vendor: must be the same vendor in all records',
    ],
    [
      'an unknown state',
      (lines) => lines.map((line) => line.replace('closed', 'gone')),
      'line 3, column status: must be one of open, held, closed, or its code in the layout',
    ],
    ['without a state', (lines) => lines.map((line) => line.replace('closed', '')), 'line 3, column status: must not be empty'],
    [
      'no such day',
      (lines) => lines.map((line) => line.replace('2026-08-20', '2026-02-30')),
      'line 2, column last_worked_on: must be an existing date written YYYY-MM-DD',
    ],
  ])('%s is refused', (_, change, message) => {
    expect(() => readOf(change([...inventory]))).toThrow(message);
  });
});

describe('a remit', () => {
  const total = { remitId: 'R1', remittedOn: '2026-08-15', grossCents: 48_000, feeCents: 10_560, netCents: 37_440 };

  test('is read with what is taken back', () => {
    const read = readOf(remit);
    expect(read).toMatchObject({ vendor: 'VENDOR1', total });
    expect('lines' in read && read.lines.map(({ paymentId, cents, feeCents }) => [paymentId, cents, feeCents])).toEqual([
      ['V1', 50_000, 11_000],
      ['V2', -2_000, -440],
    ]);
  });

  test('that does not add up is read as it is: its difference is asked about', () => {
    expect(readOf(remit.map((line) => line.replace('374.40', '300.00')))).toMatchObject({ total: { ...total, netCents: 30_000 } });
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ['cut short', (lines) => lines.slice(0, -1), 'the file must end with its TRL record: it is not whole'],
    ['without what is transferred', (lines) => lines.map((line) => line.replace('374.40', '')), 'line 4, column net: must not be empty'],
    [
      'of two remits',
      (lines) => lines.map((line, n) => (n === 1 ? line.replace(',R1,', ',R2,') : line)),
      'line 2, column remit_id: must be the same remit in all records',
    ],
    [
      'paid to nobody',
      (lines) => lines.map((line) => line.replace('vendor,patient,500', 'us,patient,500')),
      'line 2, column paid_to: must be one of vendor, client',
    ],
    [
      'a third decimal',
      (lines) => lines.map((line) => line.replace('500.00', '500.001')),
      'line 2, column amount: must be an amount with at most two decimals',
    ],
  ])('%s is refused', (_, change, message) => {
    expect(() => readOf(change([...remit]))).toThrow(message);
  });
});

describe('in a vendor’s own layout', () => {
  const given = JSON.parse(shippedFile);
  const column = (header: string, field: string | null, more: object = {}) => ({
    header,
    field,
    ...(field === null ? { constant: '' } : {}),
    ...more,
  });
  const layouts = {
    ...given.layouts,
    'agency-list': {
      kind: 'inventory',
      separator: '|',
      trailer: 'TRL',
      columns: [
        column('CLIENT_REF', 'placementId', { isRequired: true }),
        column('DESK', null),
        column('ST', 'status', { codes: { open: ['ACT', 'LGL'], closed: 'CLS' } }),
        column('BAL', 'balanceCents', { format: 'cents' }),
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
        column('TO', 'paidTo', { codes: { client: 'D', vendor: 'A' } }),
        column('AMT', 'cents'),
        column('COMM', 'feeCents'),
      ],
    },
  };
  const named = (vendor: string, more: object) => ({
    layouts,
    contracts: given.contracts.map((one: { vendor: string }) => (one.vendor === vendor ? { ...one, ...more } : one)),
  });
  const own = { inventory: 'agency-list', remit: 'agency-remit' };
  const reference = readVendorContracts(JSON.stringify(named('VENDOR1', { layouts: own })));
  const list = ['CLIENT_REF|DESK|ST|BAL|LAST_WK', 'A1-p1|7|LGL|135000|08/20/2026', 'A2-p1||CLS|0|', 'TRL|2|1350.00'];

  test('an inventory says the same, of the vendor whose contract names the layout', () => {
    const read = readOf(list, reference);
    expect({ ...read, rows: 'rows' in read && read.rows.map((row, n) => ({ ...row, offset: agreed.rows[n]?.offset })) }).toEqual(agreed);
    expect(layoutOfFirstLine(reference, 'CLIENT_REF|ST', receivedOn)).toBeNull();
  });

  test('a remit without a trailer comes to what its rows say', () => {
    const lines = ['RUN,REF,TXN,DATE,TO,AMT,COMM', 'R7,A1-p1,V1,20260810,A,500.00,110.00', 'R7,A1-p1,V2,20260811,D,20.00,4.40'];
    const read = readOf(lines, reference);
    expect(read).toMatchObject({
      vendor: 'VENDOR1',
      total: { remitId: 'R7', remittedOn: '2026-08-31', grossCents: 50_000, feeCents: 11_440, netCents: 38_560 },
    });
    expect('lines' in read && read.lines.map(({ paidTo, paidBy, paidOn }) => [paidTo, paidBy, paidOn])).toEqual([
      ['vendor', 'patient', '2026-08-10'],
      ['client', 'patient', '2026-08-11'],
    ]);
    expect(() => readOf(lines.slice(0, 1), reference)).toThrow('no record names the number of the remit');
  });

  test('of fixed columns, both are read', () => {
    const pad = (text: string, width: number) => text.padEnd(width);
    const held = [
      'HDRINVEN01',
      `INV${pad('B1-p2', 25)}H${'40000'.padStart(12)}20260820`,
      `TRL20260831${'1'.padStart(9)}${'40000'.padStart(15)}`,
    ];
    expect(readOf(held)).toMatchObject({
      vendor: 'VENDOR2',
      asOf: '2026-08-31',
      rows: [{ reference: 'B1-p2', status: 'held', balanceCents: 40_000, lastWorkedOn: '2026-08-20' }],
    });
    const transferred = [
      'HDRREMIT01',
      `REM${pad('B1-p2', 25)}${pad('V9', 35)}20260810DP${'10000'.padStart(12)}${'4000'.padStart(12)}`,
      `TRL${pad('R9', 25)}20260831${'1'.padStart(9)}${'10000'.padStart(15)}${'4000'.padStart(15)}${'6000'.padStart(15)}`,
    ];
    expect(readOf(transferred)).toMatchObject({
      vendor: 'VENDOR2',
      total: { remitId: 'R9', remittedOn: '2026-08-31', grossCents: 10_000, feeCents: 4_000, netCents: 6_000 },
      lines: [{ paymentId: 'V9', paidTo: 'vendor', paidBy: 'patient' }],
    });
  });

  test.each<[string, (line: string) => string, string]>([
    ['without its trailer', (line) => line.replace(/^TRL.*/, ''), 'the file must end with its TRL record: it is not whole'],
    ['with another count', (line) => line.replace('TRL|2', 'TRL|3'), 'line 4, column count: it does not fit the 2 records before it'],
    ['with another sum', (line) => line.replace('1350.00', '1350.01'), 'line 4, column total: it does not fit the 2 records before it'],
    ['with another date', (line) => line.replace('08/20/2026', '2026-8-20'), 'column LAST_WK: must be an existing date written MM/DD/YYYY'],
    ['without a number', (line) => line.replace('A1-p1', ''), 'line 2, column CLIENT_REF: must not be empty'],
    ['with a word that is not known', (line) => line.replace('LGL', 'XXX'), 'line 2, column ST: must be one of open, held, closed'],
  ])('%s it is refused', (_, change, message) => {
    expect(() =>
      readOf(
        list.map(change).filter((line) => line !== ''),
        reference,
      ),
    ).toThrow(message);
  });

  test('of two vendors it is refused where no column names one, and of none too', () => {
    const all = given.contracts.map((one: object) => ({ ...one, layouts: own }));
    expect(() => readOf(list, readVendorContracts(JSON.stringify({ contracts: all, layouts })))).toThrow(
      'the layout is that of EARLYOUT1, VENDOR1, VENDOR2, and no column names one',
    );
    expect(() => readOf(list, readVendorContracts(JSON.stringify({ contracts: given.contracts, layouts })))).toThrow(
      'no contract names this layout, and no column names a vendor',
    );
  });

  test('of two that begin the same, that of the contract of the day is read; where none decides, neither', () => {
    const later = { ...layouts['agency-list'], columns: layouts['agency-list'].columns.map((one: object) => ({ ...one, format: 'text' })) };
    const [, agency] = given.contracts;
    const from = (name: string, effective: object) => ({ ...agency, id: name, effective, layouts: { inventory: name } });
    const both = (contracts: readonly object[]) =>
      readVendorContracts(JSON.stringify({ contracts, layouts: { ...layouts, 'agency-list-2': later } }));
    const replaced = both([
      from('agency-list', { from: '2020-01-01', to: '2026-06-30' }),
      from('agency-list-2', { from: '2026-07-01', to: null }),
    ]);
    expect(layoutOfFirstLine(replaced, list[0] ?? '', receivedOn)?.layout).toBe(replaced.layouts['agency-list-2']);
    expect(() => layoutOfFirstLine(both([]), list[0] ?? '', receivedOn)).toThrow('line 1: 2 layouts begin so');
  });
});
