import reference from '../reference/vendor-contracts.json' with { type: 'json' };
import { readVendorContracts } from './read-vendor-contracts.ts';
import type { VendorReference } from './vendor-contract.ts';

let read: VendorReference | null = null;

/** The contracts of rules/reference/vendor-contracts.json. @throws DomainError `vendor-contracts.invalid` */
export function shippedVendors(): VendorReference {
  read ??= readVendorContracts(JSON.stringify(reference));
  return read;
}
