import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { utf8Text } from '../../rules/domain/csv.ts';
import { vendorStatuses } from '../../rules/domain/vendor-report.ts';
import type { VendorStatement } from '../../rules/domain/unmatched.ts';
import { readInventory } from '../../rules/vendors/read-inventory.ts';
import { readFile, type ReadRecord, readRecords } from '../../rules/vendors/read-records.ts';
import { readRemit } from '../../rules/vendors/read-remit.ts';
import { isOfKind, type KnownLayout, layoutOfFirstLine } from '../../rules/vendors/vendor-files.ts';
import { writeVendorPayments } from '../../prisma/writes/vendor-files.ts';
import { contentHash } from '../vendors/content-hash.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import type { Counts, Intake } from './context.ts';
import { IntakeFault } from './fault.ts';
import { storeVendorStatements } from './feeds.ts';
import { storeAcknowledgements } from './vendor-acknowledgements.ts';
import { storeInventory, storeRemit } from './vendor-ledger.ts';

type Store = (intake: Intake, content: Uint8Array) => Promise<Counts>;

/** How a file of a vendor is stored, by its first line and the layouts of the contracts; null when it is none. */
export function vendorFileStore(firstLine: string, on: CivilDate): Store | null {
  const known = layoutOfFirstLine(shippedContracts, firstLine, on);
  return known === null ? null : (intake, content) => store(intake, known, utf8Text(content));
}

async function store(intake: Intake, { layout, vendors }: KnownLayout, text: string): Promise<Counts> {
  const known = { vendors, receivedOn: intake.receivedOn };
  if (isOfKind(layout, 'acknowledgement')) return storeAcknowledgements(intake, readRecords(text, layout, contentHash));
  if (isOfKind(layout, 'payments')) return storePayments(intake, readRecords(text, layout, contentHash));
  if (isOfKind(layout, 'statuses')) return storeVendorStatements(intake, readRecords(text, layout, contentHash).map(statusOf));
  if (isOfKind(layout, 'returns')) return storeVendorStatements(intake, readRecords(text, layout, contentHash).map(returnOf));
  if (isOfKind(layout, 'inventory')) return storeInventory(intake, readInventory(readFile(text, layout, contentHash), known));
  if (isOfKind(layout, 'remit')) return storeRemit(intake, readRemit(readFile(text, layout, contentHash), known));
  throw new IntakeFault(
    'feed.not-ours-to-read',
    `a file of the kind ${layout.kind} is one that we send; a vendor sends acknowledgements, payments, statuses, returns, inventories and remits`,
    0,
  );
}

async function storePayments(intake: Intake, records: readonly ReadRecord<'payments'>[]): Promise<Counts> {
  const rows = records.map((record) => {
    const basis = record.requiredWord('basis', ['direct', 'toClient']);
    const cents = record.requiredCents('cents');
    if (cents <= 0) throw record.fault('cents', 'must be an amount above zero');
    const about = { reference: record.required('placementId'), on: record.requiredDate('paidOn'), offset: record.offset };
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
  const about = { reference: record.required('placementId'), on: record.requiredDate('on'), offset: record.offset };
  return { ...about, event: 'status', status: record.requiredWord('status', vendorStatuses) };
}

/** It comes back, and some reasons stop more than the vendor. */
function returnOf(record: ReadRecord<'returns'>): VendorStatement {
  const about = { reference: record.required('placementId'), on: record.requiredDate('returnedOn'), offset: record.offset };
  return { ...about, event: 'returned', reason: record.requiredWord('reason', vendorStatuses) };
}
