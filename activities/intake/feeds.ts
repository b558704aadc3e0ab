import { readKnownKeys, readPlacements, type PlacementRef } from '../../prisma/reads/matching.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import { reportArrivals, returnedAs } from '../../rules/vendors/vendor-statuses.ts';
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

/** What vendors say about placements: acknowledgements, payments, statuses, returns. A vendor that repeats itself is heard once. */
export async function storeVendorStatements(intake: Intake, rows: readonly VendorStatement[]): Promise<Counts> {
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
  const said = found.flatMap(({ row, placement }) => (row.event === 'payment' ? [] : vendorArrivals(intake, row, placement)));
  const fresh = await appendFresh(intake, said);
  const strays = rows.filter(({ reference }) => !placements.has(reference));
  const tasks = strays.map((statement) =>
    unmatched(intake, {
      kind: 'matchVendorEvent',
      title: `Find the placement of a vendor’s “${statement.event}”`,
      reason: 'The placement that it names is not known here.',
      amountCents: 'cents' in statement ? statement.cents : 0,
      offset: statement.offset,
      item: { kind: 'vendor', statement },
    }),
  );
  await writeUnmatched(intake.tx, tasks, intake.receivedOn);
  return {
    ...paymentCounts,
    'vendor events': fresh,
    'vendor events already recorded': said.length - fresh,
    'vendor events unmatched': strays.length,
  };
}

/** What was not heard before. @returns how much of it that was */
export async function appendFresh({ tx }: Intake, arrivals: readonly NewArrival[]): Promise<number> {
  const known = new Set(
    await readKnownKeys(
      tx,
      arrivals.map(({ dedupeKey }) => dedupeKey),
    ),
  );
  const fresh = arrivals.filter(({ dedupeKey }) => !known.has(dedupeKey) && known.add(dedupeKey));
  await appendArrivals(tx, fresh);
  return fresh.length;
}

function vendorPayment(
  { cents, paymentId, on: paidOn, offset }: Extract<VendorStatement, { event: 'payment' | 'claimed-payment' }>,
  { accountNumber, placementId }: PlacementRef,
): PatientPaymentRow {
  return { paymentId, accountNumber, cents, paidOn, via: 'vendor', offset, placementId };
}

type Said = Exclude<VendorStatement, { readonly cents: number }> | Extract<VendorStatement, { event: 'payment' | 'claimed-payment' }>;

/** What a vendor says, as the account hears it; said again it has the same key. */
export function vendorArrivals(intake: Intake, row: Said, { accountId, placementId }: PlacementRef): readonly NewArrival[] {
  const { on, offset } = row;
  return bodiesOf(row, { placementId, on, fileId: intake.fileId, offset }).map((body) => ({
    ...arrivalFrom(intake, accountId, body, { offset }),
    dedupeKey: keyOf(row, body.kind),
  }));
}

function bodiesOf(row: Said, about: { placementId: string; on: CivilDate; fileId: string; offset: number }): readonly Arrival[] {
  const { placementId, on } = about;
  switch (row.event) {
    case 'returned': {
      const status = returnedAs(row.reason);
      const reports = status === null ? [] : reportArrivals({ ...about, status });
      return [...reports, { kind: 'vendorReturned', placementId, on, reason: row.reason }];
    }
    case 'status':
      return reportArrivals({ ...about, status: row.status });
    case 'payment':
    case 'claimed-payment':
      return [{ kind: 'vendorClaimedPayment', ...about, paymentId: row.paymentId, cents: row.cents }];
    default:
      return [{ kind: 'vendorAcknowledged', placementId, accepted: row.event === 'ack-accepted', on, reason: row.reason }];
  }
}

function keyOf(row: Said, kind: string): string {
  if ('paymentId' in row) return `vendor-claim:${row.paymentId}`;
  const what = row.event === 'status' ? `status:${row.status}` : row.event;
  const isFirst = kind === 'vendorReturned' || kind === 'vendorAcknowledged' || (kind === 'vendorReported' && row.event === 'status');
  return `vendor:${row.reference}:${what}:${row.on}${isFirst ? '' : `:${kind}`}`;
}
