import { z } from 'zod';
import { assistanceHold } from '../domain/assistance.ts';
import type { Arrival } from '../domain/event.ts';
import { isVendorStatus, type VendorStatus, vendorStatuses } from '../domain/vendor-report.ts';
import table from '../reference/vendor-statuses.json' with { type: 'json' };

const row = z.strictObject({
  status: z.enum(vendorStatuses),
  title: z.string().min(1),
  /** The hold that the vendor's word places; it stops our own side too, for as long as rules/reference/holds.json says. */
  hold: z.string().min(1).nullable(),
  citation: z.string().min(1),
});

const known: ReadonlyMap<VendorStatus, z.output<typeof row>> = new Map(
  z
    .strictObject({ statuses: z.array(row) })
    .parse(table)
    .statuses.map((one) => [one.status, one]),
);

type ReportArrival = Extract<Arrival, { kind: 'vendorReported' | 'holdReported' | 'assistanceApplied' }>;

/** What an account hears when a vendor says this of its placement: the word itself, and before it the hold or the application that it stands for. */
export function reportArrivals(said: Omit<Extract<Arrival, { kind: 'vendorReported' }>, 'kind'>): readonly ReportArrival[] {
  const report = { kind: 'vendorReported', ...said } as const;
  const hold = holdSaid(said.status);
  if (hold === null) return [report];
  const { placementId, on, fileId, offset } = said;
  // Said again it is the same application.
  if (hold === assistanceHold) return [{ kind: 'assistanceApplied', applicationId: `vendor:${placementId}`, on, fileId, offset }, report];
  return [{ kind: 'holdReported', hold, says: 'placed', on, fileId, offset }, report];
}

/** The hold that goes with what a vendor says; null when none does. */
export function holdSaid(status: VendorStatus): string | null {
  return known.get(status)?.hold ?? null;
}

/** A balance comes back for a reason, and some reasons stop more than the vendor. @returns null when the reason is no status */
export function returnedAs(reason: string): VendorStatus | null {
  return isVendorStatus(reason) ? reason : null;
}
