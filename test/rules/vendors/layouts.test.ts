import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readInventory } from '../../../rules/vendors/read-inventory.ts';
import { readFile, readRecords } from '../../../rules/vendors/read-records.ts';
import { readRemit } from '../../../rules/vendors/read-remit.ts';
import { readVendorContracts } from '../../../rules/vendors/read-vendor-contracts.ts';
import { layoutFor, layoutOfFirstLine } from '../../../rules/vendors/vendor-files.ts';
import type { LayoutKind } from '../../../rules/vendors/layout-fields.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { type WrittenRecord, writeRecords } from '../../../rules/vendors/write-records.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';

const file = readFileSync('rules/reference/vendor-contracts.json', 'utf8');
const reference = readVendorContracts(file);

function layoutOf<K extends LayoutKind>(vendor: string, kind: K) {
  const found = layoutFor(reference, { vendor, on: civilDate('2026-07-24') }, kind);
  if (found === null) throw new Error(`${vendor} has no layout for ${kind}`);
  return found;
}
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const record: WrittenRecord<'placement'> = {
  placementId: 'A1-p1',
  accountNumber: 'A1',
  tier: 'badDebt1',
  balanceCents: 185_050,
  guarantorLastName: 'TESTWELL, "T"',
  patientBornOn: '1980-02-29',
  mayReportCredit: false,
  holds: null,
};

describe.each(['VENDOR1', 'VENDOR2'])('the files of %s', (vendor) => {
  const placement = layoutOf(vendor, 'placement');
  const recall = layoutOf(vendor, 'recall');
  const update = layoutOf(vendor, 'update');
  const payments = layoutOf(vendor, 'payments');
  const statuses = layoutOf(vendor, 'statuses');
  const returns = layoutOf(vendor, 'returns');
  const acknowledgement = layoutOf(vendor, 'acknowledgement');
  const inventory = layoutOf(vendor, 'inventory');
  const remit = layoutOf(vendor, 'remit');

  test('read after write is identity, and the last record proves count, total and content', () => {
    const seed = Number(process.env['SEED'] ?? 20_261_126);
    const numbers = new RandomNumbers(seed);
    const records = [...Array(200).keys()].map(
      (n): WrittenRecord<'placement'> => ({
        ...record,
        placementId: `A${n}-p1`,
        balanceCents: numbers.next(9_000_000) + 1,
        guarantorLastName: numbers.pick(['DOE', 'O"HARA', 'A|B', 'SMITH, JR', 'MUÑOZ']),
        firstStatementOn: numbers.pick(['2026-01-31', '2028-02-29', null]),
      }),
    );
    const written = writeRecords(placement, records, hash);
    const read = readRecords(written.text, placement, hash);
    const seen = read.map((one) => [
      one.text('placementId'),
      one.cents('balanceCents'),
      one.text('guarantorLastName'),
      one.date('firstStatementOn'),
    ]);
    expect(seen).toEqual(records.map((one) => [one.placementId, one.balanceCents, one.guarantorLastName, one.firstStatementOn]));
    expect(written.count).toBe(200);
    expect(written.totalCents).toBe(records.reduce((total, one) => total + Number(one.balanceCents), 0));
  });

  test.each([
    ['a record is missing', (lines: string[]) => lines.splice(1, 1)],
    [
      'an amount is another',
      (lines: string[]) => lines.splice(1, 1, (lines[1] ?? '').replace('185050', '185051').replace('1850.5', '1850.51')),
    ],
    ['the last record is missing', (lines: string[]) => lines.splice(3, 1)],
  ])('a file is not read when %s', (_, spoil) => {
    const lines = writeRecords(placement, [record, { ...record, placementId: 'A2-p1' }], hash).text.split('\r\n');
    spoil(lines);
    expect(() => readRecords(lines.join('\r\n'), placement, hash)).toThrow(expect.objectContaining({ code: 'layout.trailer' }));
  });

  test('what is required and not known is refused by record and column, never by value', () => {
    const { placementId: _, ...without } = record;
    expect(() => writeRecords(placement, [record, without], hash)).toThrow(
      /^record 2, column placement(_id)? \(placementId\): it is required/,
    );
  });

  test('an inventory and a remit come back as they were written', () => {
    const known = { vendors: [vendor], receivedOn: civilDate('2026-09-01') };
    const row = { vendor, asOf: '2026-08-31', placementId: 'A1-p1', status: 'held', balanceCents: 135_000, lastWorkedOn: null };
    const listed = writeRecords(inventory, [row], hash, { vendor, asOf: row.asOf }).text;
    expect(readInventory(readFile(listed, inventory, hash), known)).toMatchObject({
      vendor,
      asOf: row.asOf,
      rows: [{ reference: 'A1-p1', status: 'held', balanceCents: 135_000, lastWorkedOn: null }],
    });
    const about = { vendor, remitId: 'R1', remittedOn: '2026-08-15' };
    const total = { grossCents: 0, feeCents: 1_125, netCents: -1_125 };
    const line = { placementId: 'A1-p1', paymentId: 'V1', paidOn: '2026-08-10', paidTo: 'client', paidBy: 'patient' };
    const written = writeRecords(remit, [{ ...about, ...line, cents: 5_000, feeCents: 1_125 }], hash, { ...about, ...total }).text;
    expect(readRemit(readFile(written, remit, hash), known)).toMatchObject({
      vendor,
      total: { remitId: 'R1', remittedOn: '2026-08-15', ...total },
      lines: [{ paymentId: 'V1', paidOn: '2026-08-10', paidTo: 'client', paidBy: 'patient', cents: 5_000, feeCents: 1_125 }],
    });
  });

  test('every kind comes back as it was written', () => {
    const on = '2026-08-10';
    const back = [
      readRecords(writeRecords(recall, [{ placementId: 'A1-p1', recalledOn: on, reason: 'bankruptcy' }], hash).text, recall, hash).map(
        (one) => [one.text('placementId'), one.date('recalledOn'), one.text('reason')],
      ),
      readRecords(
        writeRecords(update, [{ placementId: 'A1-p1', what: 'payment', on, cents: -5000, balanceCents: 0 }], hash).text,
        update,
        hash,
      ).map((one) => [one.text('what'), one.cents('cents'), one.cents('balanceCents')]),
      readRecords(
        writeRecords(
          payments,
          [{ placementId: 'A1-p1', paymentId: 'V1', cents: 50_000, paidOn: on, basis: 'toClient', feeCents: null }],
          hash,
        ).text,
        payments,
        hash,
      ).map((one) => [one.text('basis'), one.cents('cents'), one.cents('feeCents')]),
      readRecords(
        writeRecords(statuses, [{ placementId: 'A1-p1', status: 'bankrupt', on, reference: 'case 7' }], hash).text,
        statuses,
        hash,
      ).map((one) => [one.text('status'), one.date('on')]),
      readRecords(writeRecords(returns, [{ placementId: 'A1-p1', returnedOn: on, reason: 'uncollectible' }], hash).text, returns, hash).map(
        (one) => one.text('reason'),
      ),
      readRecords(
        writeRecords(acknowledgement, [{ file: 'f', verdict: 'received', on, count: 2, totalCents: 370_100 }], hash).text,
        acknowledgement,
        hash,
      ).map((one) => [one.text('verdict'), one.count('count'), one.cents('totalCents')]),
    ];
    expect(back).toEqual([
      [['A1-p1', on, 'bankruptcy']],
      [['payment', -5000, 0]],
      [['toClient', 50_000, null]],
      [['bankrupt', on]],
      ['uncollectible'],
      [['received', 2, 370_100]],
    ]);
  });
});

test('a vendor’s own codes are written and read as ours', () => {
  const statuses = layoutOf('VENDOR2', 'statuses');
  expect(writeRecords(statuses, [{ placementId: 'A1-p1', status: 'bankrupt', on: '2026-08-20' }], hash).text).toContain(
    'A1-p1|BKY|20260820|',
  );
});

test('a file that comes is known by its first line', () => {
  const known = (firstLine: string) => {
    const found = layoutOfFirstLine(reference, firstLine, civilDate('2026-07-24'));
    return found === null ? null : [found.layout.kind, found.vendors];
  };
  expect(known('placement_id,payment_id,paid,paid_on,basis,fee\r')).toEqual(['payments', []]);
  expect(known('PLACEMENT|STATUS|DATE|REFERENCE')).toEqual(['statuses', ['VENDOR2']]);
  expect(known('\uFEFFHDRINVEN01')).toEqual(['inventory', ['VENDOR2']]);
  expect(known('HDRREMIT01')).toEqual(['remit', ['VENDOR2']]);
  expect(known('HDRPLACE01')).toBeNull();
  expect(known('placement_id,event,on,reason,amount,payment_id')).toBeNull();
});

test.each([
  ['placement_id,status,on,reference\nA1-p1,bankrupt,2026-02-30,\n', 'line 2, column on: must be an existing date written YYYY-MM-DD'],
  ['placement_id,status,on,reference\n,bankrupt,2026-02-03,\n', 'line 2, column placement_id: must not be empty'],
  ['placement_id,status,on,reference\nA1-p1,bankrupt\n', 'line 2: expected 4 columns, 2 came'],
])('what comes ill is refused by its place (%#)', (text, message) => {
  const statuses = layoutOf('VENDOR1', 'statuses');
  const read = () => readRecords(text, statuses, hash).map((one) => [one.required('placementId'), one.date('on')]);
  expect(read).toThrow(expect.objectContaining({ message, offset: 33 }));
});

test.each([
  ['a field that a placement has not', (json: string) => json.replace('"field": "tier"', '"field": "diagnosis"'), 'no field "diagnosis"'],
  ['a format that does not suit', (json: string) => json.replace('"format": "digits"', '"format": "cents"'), 'cents does not suit a text'],
])('a layout is refused for %s', (_, change, message) => {
  expect(() => readVendorContracts(change(file))).toThrow(message);
});
