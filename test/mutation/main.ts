/**
 * `npm run mutants`: changes the pure core in small ways, one at a time and in a copy, and counts how many changes its unit tests notice.
 * `-- --sample 60 --seed 7 --minutes 10 --of rules/deadlines --lanes 2`; prints the survivors, nothing passes or fails.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RandomNumbers } from '../support/random-numbers.ts';
import { Lane, type Outcome } from './lane.ts';
import { type Mutant, mutantsOf } from './mutants.ts';

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '20261126' },
    minutes: { type: 'string', default: '30' },
    of: { type: 'string', default: '' },
    lanes: { type: 'string', default: String(availableParallelism()) },
  },
});
const root = join(import.meta.dirname, '../..');
const inFolder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .sort()
    .map((name) => `${folder}/${name}`);
const core = [...['rules/deadlines', 'rules/lifecycle'].flatMap(inFolder), 'rules/domain/money.ts', 'rules/domain/civil-date.ts'];

const files = core.filter((file) => file.startsWith(options.of));
const all = files.flatMap((file) => mutantsOf(file, readFileSync(join(root, file), 'utf8')));
const waiting = sampleOf(all, Math.min(Number(options.sample), all.length), new RandomNumbers(Number(options.seed)));
console.log(`${all.length} mutants of ${files.length} files; a sample of ${waiting.length}, seed ${options.seed}`);

const tried: { readonly mutant: Mutant; readonly outcome: Outcome }[] = [];
const lanes: Lane[] = [];
const closeAll = (): void => {
  for (const lane of lanes.splice(0)) lane.close();
};
process.on('exit', closeAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

for (let n = 0; n < Number(options.lanes); n += 1) lanes.push(new Lane());
await Promise.all(lanes.map((lane) => lane.checkUnchanged()));
const endsAt = performance.now() + Number(options.minutes) * 60_000;
await Promise.all(lanes.map(work));
closeAll();
report();

async function work(lane: Lane): Promise<void> {
  while (performance.now() < endsAt) {
    const mutant = waiting.shift();
    if (mutant === undefined) return;
    const outcome = await lane.try(mutant);
    tried.push({ mutant, outcome });
    if (outcome === 'survived') console.log(`survived  ${inWords(mutant)}`);
  }
}

function report(): void {
  const count = (outcome: Outcome): number => tried.filter((t) => t.outcome === outcome).length;
  for (const part of ['rules/deadlines', 'rules/lifecycle', 'rules/domain']) {
    const here = tried.filter(({ mutant }) => mutant.file.startsWith(part));
    if (here.length > 0) console.log(`${part}: ${here.filter((t) => t.outcome !== 'survived').length} of ${here.length} killed`);
  }
  const survived = count('survived');
  const share = tried.length === 0 ? 0 : 1 - survived / tried.length;
  const margin = 1.96 * Math.sqrt((share * (1 - share)) / Math.max(tried.length, 1));
  console.log(
    `mutation score ${percent(share)} (± ${percent(margin)} for a sample): ${tried.length} tried, ${count('killed')} killed, ${count('timedOut')} killed by time, ${survived} survived` +
      `${waiting.length > 0 ? `, ${waiting.length} of the sample not tried in ${options.minutes} min` : ''}; seed ${options.seed}`,
  );
}

function sampleOf(from: readonly Mutant[], size: number, random: RandomNumbers): Mutant[] {
  const left = [...from];
  return Array.from({ length: size }, () => left.splice(random.next(left.length), 1)).flat();
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function inWords({ file, line, was, becomes }: Mutant): string {
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 100);
  return `${file}:${line}  ${short(was)}  →  ${short(becomes)}`;
}
