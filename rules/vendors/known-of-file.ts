import type { CivilDate } from '../domain/civil-date.ts';
import { LayoutFault, type ReadFile, type ReadRecord } from './read-records.ts';

/** What an inventory or a remit need not say itself. */
export interface KnownOfFile {
  /** Those whose contract names its layout. */
  readonly vendors: readonly string[];
  readonly receivedOn: CivilDate;
}

/** Whose it is: as it says in its last record or in each, else as the contract says whose layout it is. @throws LayoutFault */
export function vendorOf(
  { records, last }: { readonly records: readonly ReadRecord<'inventory' | 'remit'>[]; readonly last: ReadFile<'remit'>['last'] },
  { vendors }: KnownOfFile,
): string {
  const said = [last?.text('vendor') ?? '', ...records.map((record) => record.text('vendor'))].filter((vendor) => vendor !== '');
  const vendor = said[0] ?? onlyOne(vendors);
  const other = records.find((record) => ![vendor, ''].includes(record.text('vendor')));
  if (other !== undefined) throw other.fault('vendor', 'must be the same vendor in all records');
  return vendor;
}

function onlyOne(vendors: readonly string[]): string {
  const [vendor, ...others] = vendors;
  if (vendor === undefined)
    throw new LayoutFault('vendor.unknown', 'line 1: no contract names this layout, and no column names a vendor', 0);
  if (others.length === 0) return vendor;
  throw new LayoutFault('vendor.ambiguous', `line 1: the layout is that of ${vendors.join(', ')}, and no column names one`, 0);
}
