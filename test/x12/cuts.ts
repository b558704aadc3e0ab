import { eventsOf, toldOf } from './events.ts';

/** The ways in which a file is cut: in two at every byte, and in pieces of one size; `spend` bounds the bytes read for it. */
export function waysToCut(length: number, spend: number): readonly (readonly number[])[] {
  const reads = Math.max(4, Math.floor(spend / length));
  const twoPieces = spread(length - 1, Math.ceil(reads / 2)).map((at) => [at + 1, length]);
  const equalPieces = spread(600, Math.ceil(reads / 2)).map((at) => [at + 1]);
  return [...equalPieces, ...twoPieces];
}

/** Up to `count` whole numbers from 0 to below `end`, evenly, the first always. */
function spread(end: number, count: number): readonly number[] {
  const step = Math.max(1, end / count);
  return Array.from({ length: Math.min(end, count) }, (_, index) => Math.floor(index * step));
}

/** The first way of cutting that gives other events than the whole does, or null. */
export function firstOtherReading(bytes: Uint8Array, spend: number): readonly number[] | null {
  const expected = toldOf(eventsOf(bytes)).join('\n');
  return waysToCut(bytes.length, spend).find((sizes) => toldOf(eventsOf(bytes, ...sizes)).join('\n') !== expected) ?? null;
}
