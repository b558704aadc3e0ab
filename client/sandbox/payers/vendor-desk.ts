import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import type { Cents } from '../../../rules/domain/money.ts';
import type { LayoutKind } from '../../../rules/vendors/layout-fields.ts';
import { isOfLayout, type ReadRecord, readRecords } from '../../../rules/vendors/read-records.ts';
import { shippedContracts } from '../../../rules/vendors/shipped-contracts.ts';
import { firstLineOf } from '../../../rules/vendors/split-lines.ts';
import { contractOn } from '../../../rules/vendors/vendor-contract.ts';
import { layoutFor } from '../../../rules/vendors/vendor-files.ts';
import { type WrittenRecord, writeRecords } from '../../../rules/vendors/write-records.ts';
import { contentHash } from '../../content-hash.ts';

/** The files of one vendor, read and written as its contract lays them out. */
export class VendorDesk {
  readonly #vendor: string;

  constructor(vendor: string) {
    this.#vendor = vendor;
  }

  /** Null when the file is not of that kind, or not whole: a vendor reads nothing of such a one. */
  read<K extends LayoutKind>(kind: K, content: string, on: CivilDate): readonly ReadRecord<K>[] | null {
    const text = Buffer.from(content, 'latin1').toString('utf8');
    const layout = layoutFor(shippedContracts, { vendor: this.#vendor, on }, kind);
    if (layout === null || !isOfLayout(firstLineOf(text), layout)) return null;
    return readRecords(text, layout, contentHash);
  }

  /** @param last what its last record says besides count and total */
  write<K extends LayoutKind>(kind: K, records: readonly WrittenRecord<K>[], on: CivilDate, last: WrittenRecord<'trailer'> = {}): string {
    const layout = layoutFor(shippedContracts, { vendor: this.#vendor, on }, kind);
    if (layout === null) throw new Error(`${this.#vendor} has a layout for ${kind}`);
    return writeRecords(layout, records, contentHash, last).text;
  }

  /** What it takes of a payment under its contract, where a fee names no balance and no age. */
  fee(tier: string, amount: Cents, on: CivilDate): number {
    const term = contractOn(shippedContracts, this.#vendor, on)?.fees.find((one) => one.tier === tier);
    return Math.round((amount * (term?.percentHundredths ?? 0)) / 10_000);
  }
}
