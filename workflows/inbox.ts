/**
 * What was said to an account and is not done yet, in the order in which it was said. A turn takes everything up to the next move of the
 * clock, so that a date between two messages is played between them.
 */
export type InboxItem =
  | { readonly kind: 'event'; readonly id: string }
  | { readonly kind: 'form'; readonly id: string }
  | { readonly kind: 'clock'; readonly shiftMs: number };

export interface Batch {
  readonly eventIds: readonly string[];
  readonly formIds: readonly string[];
}

/** Keeps the input of one turn small. */
const mostPerTurn = 500;
/** Enough to swallow a signal that is delivered twice; older repetitions are harmless and cost a turn. */
const mostRemembered = 50;

export class Inbox {
  #items: InboxItem[];
  #recentEventIds: string[];

  constructor(items: readonly InboxItem[] = [], recentEventIds: readonly string[] = []) {
    this.#items = [...items];
    this.#recentEventIds = [...recentEventIds];
  }

  get items(): readonly InboxItem[] {
    return this.#items;
  }

  get recentEventIds(): readonly string[] {
    return this.#recentEventIds;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  putEvents(ids: readonly string[]): void {
    for (const id of ids) if (!this.#knows('event', id)) this.#items.push({ kind: 'event', id });
  }

  putForm(id: string): void {
    if (!this.#knows('form', id)) this.#items.push({ kind: 'form', id });
  }

  putClock(shiftMs: number): void {
    this.#items.push({ kind: 'clock', shiftMs });
  }

  /** The outcome of our own command comes before what was said meanwhile. */
  putOutcome(eventId: string): void {
    if (!this.#knows('event', eventId)) this.#items.unshift({ kind: 'event', id: eventId });
  }

  /** What a turn was to take and did not. */
  putBack({ eventIds, formIds }: Batch): void {
    this.forgetTaken();
    const events = eventIds.map((id) => ({ kind: 'event', id }) as const);
    this.#items.unshift(...events, ...formIds.map((id) => ({ kind: 'form', id }) as const));
  }

  /** What was taken may be said again. */
  forgetTaken(): void {
    this.#recentEventIds = [];
  }

  hasForm(id: string): boolean {
    return this.#knows('form', id);
  }

  get hasBatch(): boolean {
    const [first] = this.#items;
    return first !== undefined && first.kind !== 'clock';
  }

  takeBatch(): Batch {
    const end = this.#items.findIndex(({ kind }) => kind === 'clock');
    const taken = this.#items.splice(0, Math.min(end === -1 ? this.#items.length : end, mostPerTurn));
    const eventIds = taken.flatMap((item) => (item.kind === 'event' ? [item.id] : []));
    this.#recentEventIds = [...this.#recentEventIds, ...eventIds].slice(-mostRemembered);
    return { eventIds, formIds: taken.flatMap((item) => (item.kind === 'form' ? [item.id] : [])) };
  }

  /** Where the clock shall be moved before anything else; null when something else comes first. */
  get clockShiftMs(): number | null {
    const [first] = this.#items;
    return first?.kind === 'clock' ? first.shiftMs : null;
  }

  dropClock(): void {
    if (this.#items[0]?.kind === 'clock') this.#items.shift();
  }

  #knows(kind: 'event' | 'form', id: string): boolean {
    const isRecent = kind === 'event' && this.#recentEventIds.includes(id);
    return isRecent || this.#items.some((item) => item.kind === kind && item.id === id);
  }
}
