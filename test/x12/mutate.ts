import { ownFiles } from './own-files.ts';
import { bytesOf } from './events.ts';

/** The same numbers for the same seed (mulberry32); below `end`. */
export function randomFrom(seed: number): (end: number) => number {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

type Random = (end: number) => number;

const originals = Object.values(ownFiles).map(bytesOf);

const likely = Array.from('*~:\n\r -.09XACPS').map((character) => character.charCodeAt(0));

/** One to four things done to one of our files that a broken line, disk or program may do. */
export function mutatedFile(random: Random): Uint8Array {
  let bytes: Uint8Array = (originals[random(originals.length)] ?? new Uint8Array()).slice();
  for (let left = 1 + random(4); left > 0 && bytes.length > 0; left--) bytes = mutated(bytes, random);
  return bytes;
}

function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(bytes.length);
  switch (random(7)) {
    case 0:
      bytes[at] = random(256);
      return bytes;
    case 1:
      bytes[at] = likely[random(likely.length)] ?? 0;
      return bytes;
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random(40)));
    case 3:
      return bytes.slice(0, at);
    case 4:
      return withSegments(bytes, random, (segments, one) => segments.toSpliced(one, 0, segments[one] ?? bytes));
    case 5:
      return withSegments(bytes, random, (segments, one, other) => {
        const swapped = [...segments];
        [swapped[one], swapped[other]] = [segments[other] ?? bytes, segments[one] ?? bytes];
        return swapped;
      });
    default:
      return withSegments(bytes, random, (segments, one) => segments.toSpliced(one, 1));
  }
}

type Change = (segments: readonly Uint8Array[], one: number, other: number) => readonly Uint8Array[];

function withSegments(bytes: Uint8Array, random: Random, change: Change): Uint8Array {
  const segments: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x7e); end >= 0; end = bytes.indexOf(0x7e, start)) {
    segments.push(bytes.subarray(start, end + 1));
    start = end + 1;
  }
  segments.push(bytes.subarray(start));
  return joined(...change(segments, random(segments.length), random(segments.length)));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
