/** `npm run bench:lint`: how long lint takes to prove what it can of many rules. Nothing passes or fails. */
import { lint } from '../../rules/engine/lint.ts';
import { RandomNumbers } from '../support/random-numbers.ts';
import { codes, sha256, shippedFiles } from '../support/rule-sets.ts';
import { payerRules } from './payer-rules.ts';

const seed = Number(process.env['BENCH_SEED'] ?? 20_261_125);
const sizes = (process.env['BENCH_RULES'] ?? '200,2000').split(',').map(Number);

for (const [name, files] of [
  ['the shipped rules', shippedFiles()] as const,
  ...sizes.map((size) => [`${size} generated rules`, payerRules(size, new RandomNumbers(seed))] as const),
]) {
  const started = performance.now();
  const { faults, warnings } = lint(files, { hash: sha256, codes });
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const counts = new Map<string, number>();
  for (const { check } of [...faults, ...warnings]) counts.set(check, (counts.get(check) ?? 0) + 1);
  console.log(`${name}: ${seconds} s; ${[...counts].map(([check, found]) => `${found} ${check}`).join(', ')}`);
}
