import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { payerClasses } from '../../../rules/domain/deadline.ts';
import { policies } from '../deadlines/cases.ts';
import { readRulesFile, shippedRuleSet } from '../../support/rule-sets.ts';

const { payers } = z
  .object({
    payers: z.array(
      z.strictObject({ name: z.string(), title: z.string(), classes: z.array(z.enum(payerClasses)), ids: z.array(z.string()) }),
    ),
  })
  .parse(JSON.parse(readRulesFile('reference/payers.json')));
const ids = payers.flatMap((payer) => payer.ids);

/** The payers whose ids these are, when they are named whole; what is wrong with them otherwise. */
function faultOf(named: readonly string[]): string | null {
  const owners = payers.filter((payer) => payer.ids.some((id) => named.includes(id)));
  const whole = owners.flatMap((payer) => payer.ids);
  const missing = whole.filter((id) => !named.includes(id));
  const unknown = named.filter((id) => !ids.includes(id));
  return missing.length + unknown.length === 0 ? null : `missing ${missing.join()}, unknown ${unknown.join()}`;
}

describe('rules/reference/payers.json', () => {
  test('gives every id to one payer', () => {
    expect(ids.length).toBe(new Set(ids).size);
  });

  test('is what every rule about a payer names', () => {
    const faults = shippedRuleSet().rules.flatMap(({ id, payerIds }) => (payerIds === null ? [] : [{ id, fault: faultOf(payerIds) }]));
    expect(faults.filter(({ fault }) => fault !== null)).toEqual([]);
    expect(faults.length).toBeGreaterThan(20);
  });

  test('is what every deadline policy about a payer names', () => {
    const faults = policies.map(({ id, applies }) => ({ id, fault: faultOf(applies.payerIds ?? []) }));
    expect(faults.filter(({ fault }) => fault !== null)).toEqual([]);
  });
});

describe('every shipped rule', () => {
  const { rules } = shippedRuleSet();

  test('has an owner, and is to be reviewed after it begins', () => {
    expect(rules.filter(({ meta }) => meta.owner === '' || meta.reviewBy <= meta.effective.from).map(({ id }) => id)).toEqual([]);
  });
});
