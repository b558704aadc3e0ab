import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { ScenarioArrival } from './format.ts';
import { type Acceptance, isOfLedger, namedBy } from './format-vendor-ledger.ts';
import { meantBy, type SeenDifference, type VendorBooks } from './vendor-books.ts';

export interface LedgerDoors {
  readonly look: (on: CivilDate) => Promise<void>;
  /** All that stands with any vendor. */
  readonly standing: () => Promise<readonly SeenDifference[]>;
  /** @returns false when it stands no longer */
  readonly accept: (id: string, accepted: { readonly by: string; readonly on: CivilDate; readonly note: string }) => Promise<boolean>;
  /** The day of the vendor's list that counts; null before the first. */
  readonly lastListedOn: (vendor: string) => Promise<CivilDate | null>;
}

/** What PostgreSQL keeps of differences, as far as it is of this story: the vendors are everybody's. */
export class StoredVendors implements VendorBooks {
  readonly #doors: LedgerDoors;
  readonly #story: { readonly tag: string; readonly accountNumbers: () => readonly string[] };
  readonly #named = new Set<string>();
  readonly #listing = new Set<string>();

  constructor(doors: LedgerDoors, story: { readonly tag: string; readonly accountNumbers: () => readonly string[] }) {
    this.#doors = doors;
    this.#story = story;
  }

  /**
   * Before a file of the story comes, its numbers tagged.
   * @throws Error when another story's list of that vendor is of a later day: this one would change nothing
   */
  async expect(arrival: ScenarioArrival, on: CivilDate): Promise<void> {
    if (!isOfLedger(arrival)) return;
    for (const name of namedBy(arrival)) this.#named.add(name);
    if (!('inventory' in arrival) || this.#listing.has(arrival.inventory.vendor)) return;
    const { vendor, asOf = on } = arrival.inventory;
    const last = await this.#doors.lastListedOn(vendor);
    if (last !== null && last > asOf)
      throw new Error(`${vendor} has a list of ${last} already, and the story's is of ${asOf}: play it on a fresh engine`);
    this.#listing.add(vendor);
  }

  look(on: CivilDate): Promise<void> {
    return this.#doors.look(on);
  }

  async differences(): Promise<readonly SeenDifference[]> {
    const { tag } = this.#story;
    const own = (await this.#doors.standing()).filter((one) => this.#isOwn(one));
    return own.map((one) => ({ ...one, about: without(tag, one.about), reference: without(tag, one.reference) }));
  }

  async accept(told: Acceptance, on: CivilDate): Promise<string | null> {
    const meant = meantBy(told, await this.differences());
    if (typeof meant === 'string') return meant;
    return (await this.#doors.accept(meant.id, { by: told.by, on, note: told.note })) ? null : 'it stands no longer';
  }

  #isOwn({ about, reference }: SeenDifference): boolean {
    const { tag, accountNumbers } = this.#story;
    return this.#named.has(about) || accountNumbers().some((number) => reference.startsWith(`${tag}${number}-`));
  }
}

function without(tag: string, text: string): string {
  return text.startsWith(tag) ? text.slice(tag.length) : text;
}
