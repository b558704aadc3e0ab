import { describe, expect, test } from '@jest/globals';
import { categorise, isDenial } from '../../rules/domain/denial.ts';
import { readCategoryTable } from '../../rules/engine/categories.ts';
import { codes, readRulesFile } from '../support/rule-sets.ts';

const table = readCategoryTable(readRulesFile('reference/denial-categories.json'));
const retired: readonly string[] = (JSON.parse(readRulesFile('reference/carc.json')) as { retired: string[] }).retired;

describe('the category of an adjustment', () => {
  test.each([
    ['CO', '45', [], 'CTR'],
    ['PI', '45', [], 'UND'],
    ['PR', '45', [], 'OTH'],
    ['PR', '1', [], 'PTR'],
    ['CO', '1', [], 'OTH'],
    ['PR', '142', [], 'PTR'],
    ['CO', '142', [], 'ELG'],
    ['CO', '197', [], 'AUT'],
    ['OA', '22', ['N479'], 'COB'],
    ['CO', '16', ['MA130'], 'DOC'],
    ['CO', '16', ['MA130', 'N290'], 'ENR'],
    ['CO', '96', ['N115'], 'MED'],
    ['CO', '50', ['N290'], 'MED'],
    ['CO', '15', [], 'AUT'],
    ['CO', '999', [], 'OTH'],
    ['CO', 'constructor', [], 'OTH'],
  ])('%s-%s %j is %s', (group, carc, rarcs, category) => {
    expect(categorise(table, { group, carc, rarcs })).toBe(category);
  });

  test('tells denials from what the contract and the benefit plan take', () => {
    const refused = (category: string) => isDenial({ group: 'CO', carc: '197', cents: 100, category });
    expect(['CTR', 'PTR', 'OTH', 'PND'].map(refused)).toEqual([false, false, true, true]);
  });

  test('refuses nothing where an earlier payer is repeated, or where the amount is zero', () => {
    expect(isDenial({ group: 'OA', carc: '23', cents: 51_600, category: 'COB' })).toBe(false);
    expect(isDenial({ group: 'CO', carc: '23', cents: 51_600, category: 'COB' })).toBe(true);
    expect(isDenial({ group: 'CO', carc: '197', cents: 0, category: 'AUT' })).toBe(false);
  });
});

describe('the reference data', () => {
  test('names only codes of the lists, and marks the retired ones', () => {
    expect(Object.keys(table.carcs).filter((code) => !codes.carc.has(code))).toEqual([]);
    expect(Object.keys(table.rarcs).filter((code) => !codes.rarc.has(code))).toEqual([]);
    const wrong = Object.entries(table.carcs).filter(([code, entry]) => (entry.retired ?? false) !== retired.includes(code));
    expect(wrong).toEqual([]);
  });

  test('has the size of the lists of 2026-08-17', () => {
    expect([codes.carc.size, codes.rarc.size]).toEqual([407, 1216]);
  });
});
