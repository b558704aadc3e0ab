import type { Action, EffectiveBasis, Facts } from '../../../rules/domain/decision.ts';
import { type RuleFile, readRuleSet } from '../../../rules/engine/rule-set.ts';
import type { RuleSet } from '../../../rules/engine/rule.ts';
import { sha256 } from '../../support/rule-sets.ts';

export interface SmallRule {
  readonly name: string;
  readonly priority: number;
  readonly carc: string;
  readonly action: Action;
  readonly queue?: string;
  readonly from?: string;
  readonly to?: string;
  /** Which date decides whether it applies. */
  readonly basis?: EffectiveBasis;
  /** Its examples, instead of the usual one. */
  readonly tests?: readonly unknown[];
  readonly timer?: string;
  /** Conditions beside the point and the code. */
  readonly and?: readonly unknown[];
}

/** A rule set of denials that anybody can follow by hand: one rule per code, and the fallback. @throws RuleSetFault */
export function denialRules(...rules: readonly SmallRule[]): RuleSet {
  return readRuleSet([denialFile(...rules)], sha256);
}

export function denialFile(...rules: readonly SmallRule[]): RuleFile {
  return { name: 'small.json', text: JSON.stringify({ ruleSet: 'small', title: 'Small', rules: [...rules.map(ruleOf), fallback] }) };
}

/** A denial of CO with that code over that amount; sixty days are left to appeal, ninety for a reconsideration. */
export function denial(carc: string, amountCents: number, more: Facts = {}): Facts {
  return {
    point: 'denied',
    'payer.id': 'P1',
    'denial.carc': carc,
    'denial.group': 'CO',
    'denial.amountCents': amountCents,
    'left.appealDays': 60,
    'left.reconsiderationDays': 90,
    ...more,
  };
}

const meta = {
  version: 1,
  status: 'active',
  owner: 'denials',
  payers: ['*'],
  effective: { from: '2020-01-01', to: null, basis: 'decision' },
  citation: ['test'],
  why: 'A test.',
  reviewBy: '2027-01-01',
};
const tests = [{ name: 'any', given: { point: 'credit' }, expect: { wins: 'fallback' } }];
const fallback = {
  name: 'fallback',
  priority: 1,
  conditions: { all: [] },
  event: { type: 'nextAction', params: { action: 'routeToPerson', queue: 'gaps' } },
  meta,
  tests,
};

function ruleOf(rule: SmallRule) {
  const { name, priority, carc, action, queue = 'denials', from = '2020-01-01', to = null, basis = 'decision', timer, and = [] } = rule;
  const classes = and.flatMap((one) => payerClassOf(one));
  const payers = classes.length === 0 ? ['*'] : classes;
  return {
    name,
    priority,
    conditions: {
      all: [{ fact: 'point', operator: 'equal', value: 'denied' }, { fact: 'denial.carc', operator: 'equal', value: carc }, ...and],
    },
    event: { type: 'nextAction', params: { action, queue, ...(timer === undefined ? {} : { timer: { id: 'later', duration: timer } }) } },
    meta: { ...meta, payers, effective: { from, to, basis } },
    tests: rule.tests ?? tests,
  };
}

function payerClassOf(condition: unknown): readonly string[] {
  const { fact, value } = condition as { readonly fact?: string; readonly value?: unknown };
  return fact === 'payer.class' ? [`class:${String(value)}`] : [];
}
