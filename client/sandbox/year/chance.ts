/**
 * Chance that is the same for the same seed and subject, whatever happened before: a step that is done again after a crash decides again what
 * it decided. In [0, 1).
 */
export function chance(seed: number, ...about: readonly (string | number)[]): number {
  return mixed(hash(`${seed}|${about.join('|')}`)) / 0x1_0000_0000;
}

/** A whole number from `from` up to and including `to`. */
export function between(from: number, to: number, drawn: number): number {
  return from + Math.floor(drawn * (to - from + 1));
}

/** One of the choices, each as likely as its weight says. */
export function pick<T>(choices: readonly (readonly [T, number])[], drawn: number): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = drawn * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (last === undefined) throw new RangeError('there is nothing to choose from');
  return last[0];
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

/** The last step of MurmurHash3: texts that differ at their end give numbers that have nothing in common. */
function mixed(value: number): number {
  let v = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  v = Math.imul(v ^ (v >>> 13), 0xc2b2ae35);
  return (v ^ (v >>> 16)) >>> 0;
}
