import { readParcels } from '../../prisma/reads/outbound-files.ts';
import { readKnownKeys } from '../../prisma/reads/matching.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { confirmParcel } from '../../prisma/writes/intents.ts';
import type { DeliveryReport } from '../feeds/delivery-reports.ts';
import { arrivalFrom, type Counts, type Intake } from './context.ts';
import { IntakeFault } from './fault.ts';

/** Each report is the receipt of a packet, or says that it never came; said again it changes nothing. A packet that is not ours refuses the file. */
export async function storeDeliveryReports(intake: Intake, reports: readonly DeliveryReport[]): Promise<Counts> {
  const parcels = await readParcels(
    intake.tx,
    reports.map(({ parcel }) => parcel),
  );
  const said = reports.map((report) => {
    const { parcel, arrived, on, confirmation: receipt, offset } = report;
    const found = parcels.get(parcel);
    if (found === undefined)
      throw new IntakeFault('delivery.unknown-parcel', 'column parcel names a packet that was never sent from here', offset);
    const body = { kind: 'deliveryReported', key: found.commandKey, arrived, receipt, on, fileId: intake.fileId, offset } as const;
    const dedupeKey = `delivery:${parcel}:${arrived ? 'delivered' : 'failed'}:${on}`;
    return { report, found, arrival: { ...arrivalFrom(intake, found.accountId, body, { offset }), dedupeKey } };
  });
  const known = new Set(
    await readKnownKeys(
      intake.tx,
      said.map(({ arrival }) => arrival.dedupeKey),
    ),
  );
  const fresh = said.filter(({ arrival: { dedupeKey } }) => !known.has(dedupeKey) && known.add(dedupeKey));
  for (const { report, found } of fresh) if (report.arrived) await confirmParcel(intake.tx, found.intentId, report);
  await appendArrivals(
    intake.tx,
    fresh.map(({ arrival }) => arrival),
  );
  return { 'deliveries reported': fresh.length, 'deliveries already reported': said.length - fresh.length };
}
