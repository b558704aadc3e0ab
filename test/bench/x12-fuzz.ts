/**
 * `npm run fuzz:x12`: reads 100,000 broken files and checks what must hold of any bytes (test/x12/laws.ts). `-- COUNT FIRST` for other seeds:
 * a seed that fails is repeated with `npm run fuzz:x12 -- 1 SEED`.
 */
import { brokenLaws } from '../x12/laws.ts';
import { mutatedFile, randomFrom } from '../x12/mutate.ts';

const [count = 100_000, first = 1] = process.argv.slice(2).map(Number);
let broken = 0;
let slowestMs = 0;
let bytesRead = 0;

for (let seed = first; seed < first + count; seed++) {
  const random = randomFrom(seed);
  const bytes = mutatedFile(random);
  const startedAt = performance.now();
  const laws = readOrThrown(bytes, 1 + random(600));
  slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  bytesRead += 2 * bytes.length;
  if (laws.length > 0) console.log(`seed ${seed}: ${laws.join('; ')}`);
  broken += laws.length;
}
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `seeds ${first} to ${first + count - 1}: ${broken} laws broken; ${(bytesRead / 1e6).toFixed(0)} MB read, slowest file ${slowestMs.toFixed(0)} ms, peak ${peak.toFixed(0)} MB`,
);
process.exitCode = broken === 0 ? 0 : 1;

function readOrThrown(bytes: Uint8Array, size: number): readonly string[] {
  try {
    return brokenLaws(bytes, size);
  } catch (error) {
    return [`thrown: ${error instanceof Error ? error.stack : String(error)}`];
  }
}
