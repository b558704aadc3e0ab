import type { AccountEvent } from '../../rules/domain/event.ts';

/** As they were folded: a conclusion carries its place in the account's life in its id, an arrival took the next one free. */
export function inOrder(before: number, arrivals: readonly AccountEvent[], conclusions: readonly AccountEvent[]): readonly AccountEvent[] {
  const placed = new Map(conclusions.map((event) => [Number(event.id.slice(event.id.lastIndexOf(':') + 1)), event]));
  const waiting = [...arrivals];
  const all = Array.from({ length: arrivals.length + conclusions.length }, (_, n) => placed.get(before + n + 1) ?? waiting.shift());
  return all.filter((event) => event !== undefined);
}
