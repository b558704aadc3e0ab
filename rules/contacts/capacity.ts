import file from '../reference/vendor-contracts.json' with { type: 'json' };
import { civilDateAt, type Instant } from '../domain/civil-date.ts';
import { type ContactCapacity, ourselves } from '../domain/contact.ts';
import { readVendorContracts } from '../vendors/read-vendor-contracts.ts';
import type { VendorContract } from '../vendors/vendor-contract.ts';

let shipped: readonly VendorContract[] | undefined;

/** How a party stands to our debts at that moment. A vendor speaks in our name by its contract of that day; one without a contract is an agency. */
export function capacityOf(party: string, at: Instant, contracts = vendorContracts()): ContactCapacity {
  if (party === ourselves) return 'ownName';
  const on = civilDateAt(at, 'UTC');
  const contract = contracts.find(({ vendor, effective: { from, to } }) => vendor === party && from <= on && (to === null || on <= to));
  return contract?.isInOurName === true ? 'earlyOut' : 'agency';
}

function vendorContracts(): readonly VendorContract[] {
  shipped ??= readVendorContracts(JSON.stringify(file)).contracts;
  return shipped;
}
