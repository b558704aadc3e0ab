import { z } from 'zod';
import { addDays } from '../domain/civil-date.ts';
import type { Arrival } from '../domain/event.ts';
import { isVendorStatus, type VendorStatus, vendorStatuses } from '../domain/vendor-report.ts';
import table from '../reference/vendor-statuses.json' with { type: 'json' };

const row = z.strictObject({
  status: z.enum(vendorStatuses),
  title: z.string().min(1),
  /** The hold that the vendor's word places; it stops our own side too. */
  hold: z.string().min(1).nullable(),
  reviewDays: z.int().min(1).nullable(),
  citation: z.string().min(1),
  practice: z.string().min(1).optional(),
});

const known: ReadonlyMap<VendorStatus, z.output<typeof row>> = new Map(
  z
    .strictObject({ statuses: z.array(row) })
    .parse(table)
    .statuses.map((one) => [one.status, one]),
);

type ReportArrival = Extract<Arrival, { kind: 'vendorReported' | 'holdPlaced' }>;

/** What an account hears when a vendor says this of its placement: the word itself, and the hold that goes with it. */
export function reportArrivals(said: Omit<Extract<Arrival, { kind: 'vendorReported' }>, 'kind'>): readonly ReportArrival[] {
  const report = { kind: 'vendorReported', ...said } as const;
  const found = known.get(said.status);
  if (found === undefined || found.hold === null) return [report];
  return [{ kind: 'holdPlaced', hold: found.hold, on: said.on, reviewOn: addDays(said.on, found.reviewDays ?? 30) }, report];
}

/** A balance comes back for a reason, and some reasons stop more than the vendor. @returns null when the reason is no status */
export function returnedAs(reason: string): VendorStatus | null {
  return isVendorStatus(reason) ? reason : null;
}
