import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { readVendorContracts } from '../../../rules/vendors/read-vendor-contracts.ts';
import { contractOn } from '../../../rules/vendors/vendor-contract.ts';

const shipped = readFileSync(join(import.meta.dirname, '..', '..', '..', 'rules', 'reference', 'vendor-contracts.json'), 'utf8');

describe('contracts with vendors', () => {
  test('are read as shipped, and the one of the day is found', () => {
    const reference = readVendorContracts(shipped);
    expect(contractOn(reference, 'VENDOR1', civilDate('2026-07-24'))).toMatchObject({ id: 'agency-2020', isInOurName: false });
    expect(contractOn(reference, 'VENDOR1', civilDate('2019-12-31'))).toBeNull();
    expect(contractOn(reference, 'NOBODY', civilDate('2026-07-24'))).toBeNull();
  });

  test.each([
    ['a tier without a fee', '"tiers": ["earlyOut"]', '"tiers": ["earlyOut", "legal"]', /contracts\.0: has a tier without a fee/],
    ['two versions of one vendor at once', '"vendor": "VENDOR2"', '"vendor": "VENDOR1"', /contracts\.2: overlaps an earlier contract/],
    [
      'a layout that is not there',
      '"layouts": {},',
      '"layouts": { "placement": "none" },',
      /layouts\.placement: there is no layout "none"/,
    ],
    ['a percent as a number', '"percent": "12"', '"percent": 12', /contracts\.0\.fees\.0\.percent: /],
    [
      'a total that proves nothing of a remit',
      '"field": "netCents"',
      '"field": "totalCents"',
      /trailerColumns\.6: column net: the last record of a file of the kind remit has recordCount, contentHash, vendor/,
    ],
    ['an end before the beginning', '"to": null', '"to": "2019-01-01"', /contracts\.0\.effective: must not end before it begins/],
  ])('%s is refused with its place', (_name, from, to, message) => {
    expect(shipped).toContain(from);
    expect(() => readVendorContracts(shipped.replace(from, to))).toThrow(message);
  });
});
