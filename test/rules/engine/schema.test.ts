import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ruleSetSchema } from '../../../rules/engine/schema.ts';
import { readRulesFile, shippedFiles } from '../../support/rule-sets.ts';

const ajv = new Ajv2020({ allErrors: false, strict: true, strictTypes: false, strictRequired: false });
const validate = ajv.compile(ruleSetSchema());

describe('the JSON Schema of a rule set', () => {
  test('lies in the repository as it is made from the catalogue (recourse rules schema > rules/schema/ruleset.schema.json)', () => {
    expect(JSON.parse(readRulesFile('schema/ruleset.schema.json'))).toEqual(ruleSetSchema());
  });

  test.each(shippedFiles().map(({ name, text }) => [name, text] as const))('holds for %s', (_name, text) => {
    expect([validate(JSON.parse(text)), validate.errors ?? []]).toEqual([true, []]);
  });

  const comparison = (leaf: unknown) => {
    const [file] = shippedFiles();
    const document = JSON.parse(file?.text ?? '{}');
    document.rules[0].conditions.all.push(leaf);
    return validate(document);
  };
  test.each([
    [{ fact: 'denial.carc', operator: 'in', value: ['16', '50'] }, true],
    [{ not: { any: [{ fact: 'left.appealDays', operator: 'lessThan', value: 3 }] } }, true],
    [{ fact: 'claim.servicedOn', operator: 'before', value: '2026-01-01' }, true],
    [{ fact: 'denial.crac', operator: 'equal', value: '16' }, false],
    [{ fact: 'denial.carc', operator: 'in', value: '16' }, false],
    [{ fact: 'denial.carc', operator: 'lessThan', value: '16' }, false],
    [{ fact: 'denial.carc', operator: 'before', value: '2026-01-01' }, false],
    [{ fact: 'payer.class', operator: 'equal', value: 'medcare' }, false],
    [{ fact: 'denial.amountCents', operator: 'lessThan', value: 9.99 }, false],
    [{ fact: 'denial.carc', operator: 'equal', value: '16', path: '$.x' }, false],
    [{ any: [] }, false],
    [{ condition: 'other' }, false],
  ])('answers %j with %j', (leaf, holds) => {
    expect(comparison(leaf)).toBe(holds);
  });
});
