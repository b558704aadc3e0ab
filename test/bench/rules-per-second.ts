/** `npm run bench:rules`: decisions per second of our compiled rules and of json-rules-engine at its best, in one run. Nothing passes or fails. */
import { Engine, Rule as EngineRule } from 'json-rules-engine';
import type { Facts, FactValue } from '../../rules/domain/decision.ts';
import { factIds } from '../../rules/engine/catalogue.ts';
import { compile } from '../../rules/engine/compile.ts';
import { operators } from '../../rules/engine/operators.ts';
import type { RuleSet } from '../../rules/engine/rule.ts';
import { readRuleSet } from '../../rules/engine/rule-set.ts';
import { RandomNumbers } from '../support/random-numbers.ts';
import { sha256 } from '../support/rule-sets.ts';
import { payerRules, realisticFacts } from './payer-rules.ts';

const seed = Number(process.env['BENCH_SEED'] ?? 20_261_125);
const sizes = [20, 200, 2_000, 20_000];
const rounds = 5;
const asOf = '2026-11-25';

type Choose = (facts: Facts) => string | Promise<string>;

console.log(`seed ${seed}, ${factIds.length} facts per decision, 4-6 conditions per rule, medians of ${rounds}, per second of CPU`);
for (const size of sizes) {
  const ruleSet = readRuleSet(payerRules(size, new RandomNumbers(seed)), sha256);
  const random = new RandomNumbers(seed + 1);
  const asked = Array.from({ length: 2_000 }, () => realisticFacts(size, random));
  const { winner } = compile(ruleSet);
  const peer = atItsBest(ruleSet);
  let differences = 0;
  let won = 0;
  for (const facts of asked.slice(0, 200)) {
    const ours = winner(facts, asOf).id;
    if (ours !== (await peer(facts))) differences += 1;
    if (ours !== ruleSet.fallback.id) won += 1;
  }
  let sum = 0;
  const oursPerSecond = await measured(() => {
    for (const facts of asked) sum += winner(facts, asOf).priority;
    return asked.length;
  });
  let next = 0;
  const peerPerSecond = await measured(async () => {
    await peer(asked[(next += 1) % asked.length] ?? {});
    return 1;
  });
  console.log(
    `${size} rules: ours ${rounded(oursPerSecond)}/s, json-rules-engine ${rounded(peerPerSecond)}/s, ratio ${rounded(oursPerSecond / peerPerSecond)}; ` +
      `of 200 checked ${won} won by a rule, ${differences} differ (sum ${sum % 997})`,
  );
}

/** One engine per payer, built beforehand; stops at the first match; no path is ever resolved. */
function atItsBest(ruleSet: RuleSet): Choose {
  const engines = new Map<string, Engine>();
  const payers = new Set(ruleSet.rules.flatMap(({ payerIds }) => payerIds ?? []));
  for (const payer of [...payers, '']) {
    const engine = new Engine([], { pathResolver: () => undefined, allowUndefinedFacts: true });
    for (const [id, { holds }] of Object.entries(operators)) engine.addOperator<FactValue, FactValue>(id, holds);
    for (const rule of ruleSet.rules) {
      if (rule.payerIds !== null && !rule.payerIds.includes(payer)) continue;
      const made = new EngineRule(rule.source);
      engine.addRule(made);
    }
    engine.on('success', () => engine.stop());
    engines.set(payer, engine);
  }
  const fallbackEngine = engines.get('');
  return async (facts) => {
    const engine = engines.get(String(facts['payer.id'])) ?? fallbackEngine;
    const { results } = (await engine?.run(facts)) ?? { results: [] };
    const [first] = results.toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
    return first?.name ?? ruleSet.fallback.id;
  };
}

async function measured(decideSome: () => number | Promise<number>): Promise<number> {
  const perSecond: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const before = process.cpuUsage();
    let decisions = 0;
    let micros = 0;
    while (micros < 300_000) {
      decisions += await decideSome();
      const { user, system } = process.cpuUsage(before);
      micros = user + system;
    }
    // The first round warms up.
    if (round > 0) perSecond.push((decisions * 1_000_000) / micros);
  }
  return median(perSecond);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function rounded(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
