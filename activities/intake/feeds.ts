import { readKnownKeys, readPlacements, type PlacementRef } from '../../prisma/reads/matching.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import type { PatientPaymentRow } from '../feeds/patient-payments.ts';
import type { VendorStatement } from '../../rules/domain/unmatched.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { storePayments } from './payments.ts';

/** Each payment is posted once by its own number; the same number with another amount, day or account refuses the file. */
export function storePatientPayments(intake: Intake, rows: readonly PatientPaymentRow[]): Promise<Counts> {
  return storePayments(
    intake,
    rows.map(({ accountNumber, paidOn: on, ...row }) => ({ ...row, event: 'payment', on, to: { kind: 'account', accountNumber } })),
  );
}

/** What vendors say about placements: acknowledgements, payments, returns. A vendor that repeats itself is heard once. */
export async function storeVendorEvents(intake: Intake, rows: readonly VendorStatement[]): Promise<Counts> {
  const placements = await readPlacements(
    intake.tx,
    rows.map(({ reference }) => reference),
  );
  const found = rows.flatMap((row) => {
    const placement = placements.get(row.reference);
    return placement === undefined ? [] : [{ row, placement }];
  });
  const payments = found.flatMap(({ row, placement }) => (row.event === 'payment' ? [vendorPayment(row, placement)] : []));
  const paymentCounts = await storePatientPayments(intake, payments);
  const said = found.flatMap(({ row, placement }) => (row.event === 'payment' ? [] : [vendorArrival(intake, row, placement)]));
  const known = new Set(
    await readKnownKeys(
      intake.tx,
      said.map(({ dedupeKey }) => dedupeKey),
    ),
  );
  const fresh = said.filter(({ dedupeKey }) => !known.has(dedupeKey) && known.add(dedupeKey));
  await appendArrivals(intake.tx, fresh);
  const strays = rows.filter(({ reference }) => !placements.has(reference));
  const tasks = strays.map((statement) =>
    unmatched(intake, {
      kind: 'matchVendorEvent',
      title: `Find the placement of a vendor’s “${statement.event}”`,
      reason: 'The placement that it names is not known here.',
      amountCents: statement.event === 'payment' ? statement.cents : 0,
      offset: statement.offset,
      item: { kind: 'vendor', statement },
    }),
  );
  await writeUnmatched(intake.tx, tasks, intake.receivedOn);
  return {
    ...paymentCounts,
    'vendor events': fresh.length,
    'vendor events already recorded': said.length - fresh.length,
    'vendor events unmatched': strays.length,
  };
}

function vendorPayment(
  { cents, paymentId, on: paidOn, offset }: VendorStatement & { event: 'payment' },
  { accountNumber }: PlacementRef,
): PatientPaymentRow {
  return { paymentId, accountNumber, cents, paidOn, via: 'vendor', offset };
}

type Said = Exclude<VendorStatement, { readonly event: 'payment' }>;

/** What a vendor says, as the account hears it; said again it has the same key. */
export function vendorArrival(intake: Intake, row: Said, { accountId, placementId }: PlacementRef): NewArrival {
  const { event, on, reason, offset } = row;
  const body: Arrival =
    event === 'returned'
      ? { kind: 'vendorReturned', placementId, on, reason }
      : { kind: 'vendorAcknowledged', placementId, accepted: event === 'ack-accepted', on, reason };
  return { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `vendor:${row.reference}:${event}:${on}` };
}
