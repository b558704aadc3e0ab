import file from '../reference/vendor-contracts.json' with { type: 'json' };
import { readVendorContracts } from './read-vendor-contracts.ts';

/** The contracts and file layouts of this checkout. */
export const shippedContracts = readVendorContracts(JSON.stringify(file));
