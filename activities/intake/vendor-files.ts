import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { isVendorStatus, type VendorStatus, vendorStatuses } from '../../rules/domain/vendor-report.ts';
import type { VendorStatement } from '../../rules/domain/unmatched.ts';
import type { FieldOf, LayoutKind } from '../../rules/vendors/layout-fields.ts';
import { type ReadRecord, readRecords } from '../../rules/vendors/read-records.ts';
import type { FileLayout } from '../../rules/vendors/vendor-contract.ts';
import { isOfKind, layoutOfFirstLine } from '../../rules/vendors/vendor-files.ts';
import { writeVendorPayments } from '../../prisma/writes/vendor-files.ts';
import { contentHash } from '../vendors/content-hash.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import type { Counts, Intake } from './context.ts';
import { IntakeFault } from './fault.ts';
import { storeVendorStatements } from './feeds.ts';
import { storeAcknowledgements } from './vendor-acknowledgements.ts';

type Store = (intake: Intake, content: Uint8Array) => Promise<Counts>;

/** How a file of a vendor is stored, by its first line and the layouts of its contract; null when it is none. */
export function vendorFileStore(firstLine: string): Store | null {
  const layout = layoutOfFirstLine(shippedContracts, firstLine);
  return layout === null ? null : (intake, content) => store(intake, layout, textOf(content));
}

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new IntakeFault('feed.encoding', 'the file is not UTF-8 text', 0);
  }
}

async function store(intake: Intake, layout: FileLayout, text: string): Promise<Counts> {
  if (isOfKind(layout, 'acknowledgement')) return storeAcknowledgements(intake, readRecords(text, layout, contentHash));
  if (isOfKind(layout, 'payments')) return storePayments(intake, readRecords(text, layout, contentHash));
  if (isOfKind(layout, 'statuses')) return storeVendorStatements(intake, readRecords(text, layout, contentHash).map(statusOf));
  if (isOfKind(layout, 'returns')) return storeVendorStatements(intake, readRecords(text, layout, contentHash).map(returnOf));
  throw new IntakeFault(
    'feed.not-ours-to-read',
    `a file of the kind ${layout.kind} is one that we send; a vendor sends acknowledgements, payments, statuses and returns`,
    0,
  );
}

async function storePayments(intake: Intake, records: readonly ReadRecord<'payments'>[]): Promise<Counts> {
  const rows = records.map((record) => {
    const basis = oneOf(record, 'basis', ['direct', 'toClient'] as const);
    const cents = record.cents('cents');
    if (cents === null || cents <= 0) throw record.fault('cents', 'must be an amount above zero');
    const about = { reference: record.required('placementId'), on: dateOf(record, 'paidOn'), offset: record.offset };
    return { ...about, basis, cents, paymentId: record.required('paymentId'), feeCents: record.cents('feeCents') };
  });
  const counts = await storeVendorStatements(
    intake,
    rows.map(
      ({ basis, feeCents: _fee, ...row }): VendorStatement => ({ ...row, event: basis === 'direct' ? 'payment' : 'claimed-payment' }),
    ),
  );
  const paid = rows.map(({ cents: amountCents, on: paidOn, ...row }) => ({ ...row, amountCents, paidOn, fileId: intake.fileId }));
  await writeVendorPayments(intake.tx, paid);
  return counts;
}

function statusOf(record: ReadRecord<'statuses'>): VendorStatement {
  const about = { reference: record.required('placementId'), on: dateOf(record, 'on'), offset: record.offset };
  return { ...about, event: 'status', status: vendorStatusOf(record, 'status') };
}

/** It comes back, and some reasons stop more than the vendor. */
function returnOf(record: ReadRecord<'returns'>): VendorStatement {
  const about = { reference: record.required('placementId'), on: dateOf(record, 'returnedOn'), offset: record.offset };
  return { ...about, event: 'returned', reason: vendorStatusOf(record, 'reason') };
}

function vendorStatusOf<K extends LayoutKind>(record: ReadRecord<K>, field: FieldOf<K>): VendorStatus {
  const text = record.required(field);
  if (!isVendorStatus(text)) throw record.fault(field, `must be one of ${vendorStatuses.join(', ')}, or its code in the layout`);
  return text;
}

function oneOf<K extends LayoutKind, V extends string>(record: ReadRecord<K>, field: FieldOf<K>, values: readonly V[]): V {
  const found = values.find((value) => value === record.text(field));
  if (found === undefined) throw record.fault(field, `must be one of ${values.join(', ')}`);
  return found;
}

export function dateOf<K extends LayoutKind>(record: ReadRecord<K>, field: FieldOf<K>): CivilDate {
  const on = record.date(field);
  if (on === null) throw record.fault(field, 'must not be empty');
  return on;
}
