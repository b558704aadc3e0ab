import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVendorContracts } from '../../rules/vendors/read-vendor-contracts.ts';
import type { VendorReference } from '../../rules/vendors/vendor-contract.ts';

let shipped: VendorReference | null = null;

/** The contracts and file layouts of this checkout. */
export function shippedContracts(): VendorReference {
  const path = join(import.meta.dirname, '../../rules/reference/vendor-contracts.json');
  shipped ??= readVendorContracts(readFileSync(path, 'utf8'));
  return shipped;
}

/** Of the trailer of a file. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
