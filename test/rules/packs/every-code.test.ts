import { describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate, instant } from '../../../rules/domain/civil-date.ts';
import { categorise, isDenial, type UsualAction, usualAction } from '../../../rules/domain/denial.ts';
import type { AccountEvent, Opened } from '../../../rules/domain/event.ts';
import type { AdjustmentGroup } from '../../../rules/domain/remittance.ts';
import { readCategoryTable } from '../../../rules/engine/categories.ts';
import { evaluator } from '../../../rules/engine/evaluate.ts';
import { readRuleSet } from '../../../rules/engine/rule-set.ts';
import { advanceAccount } from '../../../rules/lifecycle/advance.ts';
import { emptyAccount } from '../../../rules/lifecycle/evolve.ts';
import { codes, readRulesFile, sha256, shippedFiles } from '../../support/rule-sets.ts';

const table = readCategoryTable(readRulesFile('reference/denial-categories.json'));
const current: readonly string[] = (JSON.parse(readRulesFile('reference/carc.json')) as { current: string[] }).current;
const groups: readonly AdjustmentGroup[] = ['CO', 'PR', 'OA', 'PI'];
const shipped = loadKnowledge();
const known = new Map<string, ReturnType<typeof shipped.deadline>>();
/** The same question about a deadline comes a thousand times here. */
const deadline: typeof shipped.deadline = (kind, about, anchors) => {
  const key = JSON.stringify([kind, about, anchors]);
  if (!known.has(key)) known.set(key, shipped.deadline(kind, about, anchors));
  return known.get(key) ?? null;
};
const knowledge = { ...shipped, deadline };

const opened: Opened = {
  accountNumber: 'A1',
  zone: 'America/New_York',
  state: 'OH',
  claimType: 'professional',
  servicedFrom: civilDate('2026-05-28'),
  servicedThrough: civilDate('2026-05-28'),
  chargeCents: 10_000,
  coverages: [{ sequence: 1, payerId: 'PAYERX', payerClass: 'commercial' }],
  authorizationOnFile: false,
};

interface Routed {
  readonly ruleId: string;
  readonly action: string;
  /** Why the lifecycle did not allow it. */
  readonly refusal: string | null;
}

/** What an account decides whose remittance pays nothing for this one adjustment; null when that is no denial. */
function routed(group: AdjustmentGroup, carc: string, decide = knowledge.decide): Routed | null {
  const at = { occurredAt: instant('2026-06-10T16:00:00Z'), fileId: 'f1', offset: 0, submissionKey: 'A1' };
  const arrivals: readonly AccountEvent[] = [
    { ...at, id: 'e1', kind: 'accountOpened', ...opened },
    { ...at, id: 'e2', kind: 'submissionSent', sequence: 1, frequency: '1', sentOn: civilDate('2026-06-01') },
    {
      ...at,
      id: 'e3',
      kind: 'remittancePosted',
      remittanceClaimId: 'r1',
      sequence: 1,
      status: '1',
      payerClaimNumber: 'X1',
      chargeCents: 10_000,
      paidCents: 0,
      adjustments: [{ lineNumber: null, group, carc, rarcs: [], cents: 10_000, offset: 0 }],
      remittanceOn: civilDate('2026-06-10'),
      crossover: false,
    },
  ];
  const input = { account: emptyAccount('A1'), arrivals, forms: [], asOf: at.occurredAt };
  const decided = advanceAccount(input, { ...knowledge, decide }).events.find((e) => e.kind === 'decided' && e.point === 'denied');
  return decided?.kind === 'decided' ? { ruleId: decided.ruleId, action: decided.action, refusal: decided.refusal } : null;
}

/** The action that carries out what the table names as a usual step; the steps not named here are a person's. */
const carriedOutBy: Readonly<Partial<Record<UsualAction, string>>> = {
  replacement: 'replacementClaim',
  documents: 'sendDocuments',
  reconsideration: 'reconsideration',
  appeal: 'appeal',
  otherPayer: 'billOtherPayer',
  wait: 'wait',
  writeOff: 'writeOff',
  callPayer: 'callPayer',
};

function isWorked(group: AdjustmentGroup, carc: string): boolean {
  return isDenial({ group, carc, cents: 100, category: categorise(table, { group, carc, rarcs: [] }) });
}

describe('every current CARC', () => {
  test('is described by the table', () => {
    expect(current.filter((carc) => usualAction(table, carc) === null)).toEqual([]);
  });

  test.each(groups)('under %s reaches a rule of its own with a legal action that the table names, or is no denial', (group) => {
    const wrong = current.flatMap((carc) => {
      const came = routed(group, carc);
      if (came === null && !isWorked(group, carc)) return [];
      const named = ['routeToPerson', ...(table.carcs[carc]?.defaultActions ?? []).map((usual) => carriedOutBy[usual])];
      const sound = came !== null && came.ruleId !== 'fallback' && came.refusal === null && named.includes(came.action);
      return sound && isWorked(group, carc) ? [] : [{ code: `${group}-${carc}`, came }];
    });
    expect(wrong).toEqual([]);
  });

  test('under PR and PI is first looked at by a person, unless the payer has not decided yet', () => {
    const some = current.filter((_, index) => index % 5 === 0 || current.length - index < 5).concat('133', 'B11');
    const others = some.flatMap((carc) => [routed('PR', carc), routed('PI', carc)]).filter((came) => came !== null);
    expect(others.length).toBeGreaterThan(80);
    const alone = others.filter(({ action }) => action !== 'routeToPerson').map(({ ruleId, action }) => `${ruleId} ${action}`);
    expect([...new Set(alone)].sort()).toEqual(['denied.forwarded wait', 'denied.pending wait']);
  });

  test('a code nobody described is a gap and goes to a person', () => {
    expect(routed('CO', 'D1')).toMatchObject({ ruleId: 'fallback', action: 'routeToPerson' });
  });

  test('can be overridden for one payer', () => {
    const meta = { version: 1, status: 'active', owner: 'x', effective: { from: '2020-01-01', to: null, basis: 'decision' } };
    const condition = (fact: string, value: string) => ({ fact, operator: 'equal', value });
    const override = {
      name: 'payerX.included',
      priority: 2999,
      conditions: { all: [condition('point', 'denied'), condition('payer.id', 'PAYERX'), condition('denial.carc', '97')] },
      event: { type: 'nextAction', params: { action: 'writeOff', queue: 'supervisor' } },
      meta: { ...meta, payers: ['PAYERX'], citation: ['Contract'], why: 'x', reviewBy: '2027-01-01' },
      tests: [{ name: 'x', given: { point: 'denied', 'payer.id': 'PAYERX', 'denial.carc': '97' }, expect: { wins: 'payerX.included' } }],
    };
    const file = { name: 'x.json', text: JSON.stringify({ ruleSet: 'x', title: 'x', rules: [override] }) };
    const decide = evaluator(readRuleSet([...shippedFiles(), file], sha256, codes));
    expect([routed('CO', '97')?.ruleId, routed('CO', '97', decide)?.ruleId]).toEqual(['denied.coding', 'payerX.included']);
  });
});
