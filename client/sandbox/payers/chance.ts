/** What may happen, with its weight; a choice without weight never happens. */
export type Weights<T extends string> = readonly { readonly choice: T; readonly weight: number }[];

/** Both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * One decision's own source of chance. It depends on nothing but the seed and what is decided about whom, so the same claim meets the same fate
 * whatever else happens before it, and a decision added later changes no other.
 */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  pick<T extends string>(weights: Weights<T>): T;
  between(range: Range): number;
  /** True in that share of the cases, 0 to 1. */
  happens(share: number): boolean;
}

export function chanceOf(seed: number, ...about: readonly string[]): Chance {
  const next = mulberry32(hash32([String(seed), ...about].join('\u0000')));
  return {
    next,
    pick: (weights) => {
      const total = weights.reduce((whole, { weight }) => whole + weight, 0);
      let left = next() * total;
      const found = weights.find(({ weight }) => (left -= weight) < 0) ?? weights.at(-1);
      if (found === undefined) throw new Error('a choice needs something to choose from');
      return found.choice;
    },
    between: ({ from, to }) => from + Math.floor(next() * (to - from + 1)),
    happens: (share) => next() < share,
  };
}

/** FNV-1a over the characters, then mixed so that texts that differ in one character give unlike numbers. */
export function hash32(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Tommy Ettinger's 32-bit generator, public domain. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
