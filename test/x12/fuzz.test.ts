import { expect, test } from '@jest/globals';
import { brokenLaws } from './laws.ts';
import { mutatedFile, randomFrom } from './mutate.ts';

/** `npm run fuzz:x12` does a hundred thousand. */
test('two thousand broken files: no crash, the same events for every cut, nothing closed that does not balance', () => {
  const broken: string[] = [];
  for (let seed = 1; seed <= 2000; seed++) {
    const random = randomFrom(seed);
    const bytes = mutatedFile(random);
    for (const law of brokenLaws(bytes, 1 + random(600))) broken.push(`seed ${seed}: ${law}`);
  }
  expect(broken).toEqual([]);
});
