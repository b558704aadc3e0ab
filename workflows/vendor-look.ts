/** The money of every vendor, matched as of a moment. A schedule starts one every morning; it ends with what it came to. */
import { workflowInfo } from '@temporalio/workflow';
import type { VendorLook } from '../activities/index.ts';
import { lookAtVendors } from './proxies.ts';

export interface VendorLookInput {
  /** ISO instant; null for the moment of the run. */
  readonly asOf: string | null;
}

export function vendorLook({ asOf }: VendorLookInput): Promise<VendorLook> {
  return lookAtVendors({ asOf: asOf ?? workflowInfo().startTime.toISOString() });
}
