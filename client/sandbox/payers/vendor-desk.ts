import { type CivilDate, daysBetween } from '../../../rules/domain/civil-date.ts';
import { type Cents, zeroCents } from '../../../rules/domain/money.ts';
import { feesOf } from '../../../rules/vendors/fee.ts';
import type { LayoutKind } from '../../../rules/vendors/layout-fields.ts';
import { isOfLayout, type ReadRecord, readRecords } from '../../../rules/vendors/read-records.ts';
import { shippedContracts } from '../../../rules/vendors/shipped-contracts.ts';
import { firstLineOf } from '../../../rules/vendors/split-lines.ts';
import { contractOn } from '../../../rules/vendors/vendor-contract.ts';
import { layoutFor } from '../../../rules/vendors/vendor-files.ts';
import { type WrittenRecord, writeRecords } from '../../../rules/vendors/write-records.ts';
import { contentHash } from '../../content-hash.ts';
import type { CollectionEvent, Placement } from './vendor-placement.ts';

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

  /** What it takes of a payment under its contract. */
  fee({ tier, placedCents, acknowledgedOn, offeredOn, firstStatementOn }: Placement, payment: CollectionEvent): Cents {
    const contract = contractOn(shippedContracts, this.#vendor, acknowledgedOn ?? offeredOn);
    const ageDays = firstStatementOn === null ? null : daysBetween(firstStatementOn, offeredOn);
    const placement = { tier, placedCents, placedOn: acknowledgedOn, recalledOn: null, returnedOn: null, ageDays };
    const paid = {
      paymentId: payment.paymentId,
      paidOn: payment.on,
      cents: payment.cents,
      by: 'patient',
      returnedCents: zeroCents,
    } as const;
    return (contract === null ? undefined : feesOf(contract, placement, [paid])[0]?.feeCents) ?? zeroCents;
  }
}
