/** `npm run cuts:x12`: every file of our own and every sample at hand, cut in two at every byte and in pieces of 1 to 600 bytes. Minutes. */
import { firstOtherReading } from '../x12/cuts.ts';
import { bytesOf, sampleFiles } from '../x12/events.ts';
import { ownFiles } from '../x12/own-files.ts';

const own = Object.entries(ownFiles).map(([name, text]) => ({ name, bytes: bytesOf(text) }));
/** A file of some hundred kilobytes is cut in as many ways as this many bytes allow. */
const spend = Number(process.argv[2] ?? 100_000_000);

for (const { name, bytes } of [...own, ...sampleFiles()]) {
  const sizes = firstOtherReading(bytes, spend);
  if (sizes === null) continue;
  console.log(`${name}: other events in pieces of ${sizes.join(', ')} bytes`);
  process.exitCode = 1;
}
console.log(
  process.exitCode === 1
    ? 'some files are read otherwise when they are cut'
    : 'every file gives the same events in every way of cutting it',
);
