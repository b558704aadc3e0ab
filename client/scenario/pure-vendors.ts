import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { sideOfAccount } from '../../rules/vendors/account-side.ts';
import { carryForward } from '../../rules/vendors/difference.ts';
import { balanceDays, type LedgerTerms, ledgerTerms } from '../../rules/vendors/ledger.ts';
import { type OurSide, ourSide } from '../../rules/vendors/our-side.ts';
import type { Inventory } from '../../rules/vendors/read-inventory.ts';
import type { Remit } from '../../rules/vendors/read-remit.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import { askedAbout, type Findings, inventoryTaken, isSameRemit, moneyTaken, namedIn, type Remitted } from '../../rules/vendors/take-in.ts';
import type { Acceptance, LedgerFile } from './format-vendor-ledger.ts';
import { inventoryIn, remitIn } from './vendor-ledger-text.ts';
import { meantBy, type SeenDifference, type VendorBooks } from './vendor-books.ts';

/** What is in the database of vendors' inventories, remits and differences, for the pure world; taken in as the intake does it. */
export class PureVendors implements VendorBooks {
  readonly #accounts: () => readonly Account[];
  readonly #lists = new Map<string, CivilDate>();
  readonly #remits = new Map<string, readonly Remit[]>();
  #standing: readonly Omit<SeenDifference, 'isAsked'>[] = [];
  #found = 0;

  constructor(accounts: () => readonly Account[]) {
    this.#accounts = accounts;
  }

  take(file: LedgerFile, receivedOn: CivilDate): void {
    const { csv, vendor } = file;
    if (file.of === 'inventory') this.#takeInventory(inventoryIn(csv, vendor, receivedOn), receivedOn);
    else this.#takeRemit(remitIn(csv, vendor, receivedOn), receivedOn);
  }

  look(on: CivilDate): Promise<void> {
    const ever = this.#accounts().flatMap(({ patient }) => patient.placements.map(({ vendor }) => vendor));
    for (const vendor of new Set(ever)) this.#matchMoney(vendor, on);
    return Promise.resolve();
  }

  #takeInventory({ vendor, asOf, rows }: Inventory, receivedOn: CivilDate): void {
    const last = this.#lists.get(vendor);
    if (last !== undefined && asOf < last) return;
    this.#lists.set(vendor, asOf);
    const terms = termsOf(vendor, receivedOn);
    const ours = this.#ourSide(vendor, { asOf, remitted: this.#remittedBy(vendor) });
    this.#carry(vendor, inventoryTaken(terms, ours, { asOf, rows }).findings);
    this.#matchMoney(vendor, receivedOn);
  }

  #takeRemit(remit: Remit, receivedOn: CivilDate): void {
    const { vendor, total } = remit;
    const before = this.#remits.get(vendor) ?? [];
    const known = before.find((one) => one.total.remitId === total.remitId);
    if (known !== undefined && isSameRemit(known, remit)) return;
    if (known !== undefined) throw new Error(`remit ${total.remitId} of ${vendor} came already and said something else`);
    this.#remits.set(vendor, [...before, remit].toSorted(byDay));
    this.#matchMoney(vendor, receivedOn);
  }

  #matchMoney(vendor: string, on: CivilDate): void {
    const remitted = this.#remittedBy(vendor);
    const ours = this.#ourSide(vendor, { asOf: on, remitted });
    this.#carry(vendor, moneyTaken(termsOf(vendor, on), ours, { ...remitted, on }));
  }

  differences(): Promise<readonly SeenDifference[]> {
    return Promise.resolve(
      this.#standing.map((one) => {
        const asked = askedAbout(this.#standing.filter(({ vendor }) => vendor === one.vendor)).get(one.kind) ?? [];
        return { ...one, isAsked: asked.includes(one) };
      }),
    );
  }

  async accept(told: Acceptance, on: CivilDate): Promise<string | null> {
    const meant = meantBy(told, await this.differences());
    if (typeof meant === 'string') return meant;
    const accepted = { by: told.by, on, note: told.note };
    this.#standing = this.#standing.map((one) => (one.id === meant.id ? { ...one, accepted } : one));
    return null;
  }

  #remittedBy(vendor: string): Remitted {
    const remits = this.#remits.get(vendor) ?? [];
    return { lines: remits.flatMap(({ lines }) => lines), totals: remits.map(({ total }) => total) };
  }

  #ourSide(vendor: string, { asOf, remitted }: { readonly asOf: CivilDate; readonly remitted: Remitted }): OurSide {
    const had = this.#accounts().filter(({ patient }) => patient.placements.some((one) => one.vendor === vendor));
    const sides = had.map((account) => sideOfAccount(account, balanceDays(asOf)));
    const stored = {
      placements: sides.flatMap(({ placements }) => placements),
      payments: sides.flatMap(({ payments }) => payments),
      refunds: sides.flatMap(({ refunds }) => refunds),
    };
    return ourSide(vendor, stored, namedIn(remitted));
  }

  #carry(vendor: string, { kinds, found, on }: Findings): void {
    const isOfThese = (one: Omit<SeenDifference, 'isAsked'>) => one.vendor === vendor && kinds.includes(one.kind);
    const before = this.#standing.filter(isOfThese);
    const { opened, kept } = carryForward(before, found);
    const again = kept.flatMap(({ id, found: now, isChanged }) =>
      before.filter((one) => one.id === id).map((one) => ({ ...one, ...now, lastFoundOn: on, accepted: isChanged ? null : one.accepted })),
    );
    const fresh = opened.map((one) => {
      this.#found += 1;
      return { id: `d${this.#found}`, vendor, ...one, firstFoundOn: on, lastFoundOn: on, accepted: null };
    });
    this.#standing = [...this.#standing.filter((one) => !isOfThese(one)), ...again, ...fresh];
  }
}

function termsOf(vendor: string, on: CivilDate): LedgerTerms {
  const terms = ledgerTerms(shippedContracts, vendor, on);
  if (terms === null) throw new Error(`vendor ${vendor} has no contract (rules/reference/vendor-contracts.json)`);
  return terms;
}

function byDay(a: Remit, b: Remit): number {
  return a.total.remittedOn < b.total.remittedOn ? -1 : a.total.remittedOn > b.total.remittedOn ? 1 : 0;
}
