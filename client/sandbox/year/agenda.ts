/** What is still to happen, in the order of its moments; at one moment what yields comes last, else in the order in which it was put down. */
export class Agenda<Step> {
  /** A binary heap: each entry comes before the two at twice its place. */
  #heap: Entry<Step>[] = [];
  #count = 0;

  put(atMs: number, step: Step, yields = false): void {
    this.#count += 1;
    this.#insert({ atMs, yields, place: this.#count, step });
  }

  /** Back to where it was: it was taken and not done. */
  putBack(entry: Entry<Step>): void {
    this.#insert(entry);
  }

  get nextAtMs(): number | null {
    return this.#heap[0]?.atMs ?? null;
  }

  take(): Entry<Step> | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#heap[0] = last;
    this.#sink();
    return first;
  }

  /** Forgets every step that is not to be kept. */
  keep(isKept: (step: Step) => boolean): void {
    const kept = this.#heap.filter(({ step }) => isKept(step));
    this.#heap = [];
    for (const entry of kept) this.#insert(entry);
  }

  #insert(entry: Entry<Step>): void {
    let at = this.#heap.length;
    for (;;) {
      const parent = this.#heap[(at - 1) >> 1];
      if (at === 0 || parent === undefined || !isBefore(entry, parent)) break;
      this.#heap[at] = parent;
      at = (at - 1) >> 1;
    }
    this.#heap[at] = entry;
  }

  #sink(): void {
    const entry = this.#heap[0];
    if (entry === undefined) return;
    let at = 0;
    for (;;) {
      const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!isBefore(child, entry)) break;
      this.#heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    this.#heap[at] = entry;
  }
}

export interface Entry<Step> {
  readonly atMs: number;
  readonly yields: boolean;
  readonly place: number;
  readonly step: Step;
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs;
  return a.yields === b.yields ? a.place < b.place : b.yields;
}
