import { minus } from '../domain/money.ts';
import { type RemitLine, remitSums, type RemitTotal } from './cash.ts';
import { type KnownOfFile, vendorOf } from './known-of-file.ts';
import { LayoutFault, type ReadFile, type ReadRecord } from './read-records.ts';

/** What a vendor transfers and how it comes to it. */
export interface Remit {
  readonly vendor: string;
  readonly total: RemitTotal;
  readonly lines: readonly RemitLine[];
}

/**
 * A vendor's remit. A total that does not add up is a difference, not a fault. What its last record does not say of the total is what its lines come to.
 * @throws LayoutFault
 */
export function readRemit(file: ReadFile<'remit'>, known: KnownOfFile): Remit {
  const vendor = vendorOf(file, known);
  const total = totalOf(file, known);
  const lines = file.records.map((record) => {
    if (![total.remitId, ''].includes(record.text('remitId'))) throw record.fault('remitId', 'must be the same remit in all records');
    return lineOf(record, total.remitId);
  });
  return { vendor, total: { ...total, ...sumsOf(file, lines) }, lines };
}

function totalOf({ records, last }: ReadFile<'remit'>, { receivedOn }: KnownOfFile): Pick<RemitTotal, 'remitId' | 'remittedOn'> {
  const remitId = [last?.text('remitId'), records[0]?.text('remitId')].find((id) => id !== undefined && id !== '');
  if (remitId === undefined) throw new LayoutFault('layout.cell', 'no record names the number of the remit', last?.offset ?? 0);
  return { remitId, remittedOn: last?.date('remittedOn') ?? records[0]?.date('remittedOn') ?? receivedOn };
}

function sumsOf({ last }: ReadFile<'remit'>, lines: readonly RemitLine[]): Pick<RemitTotal, 'grossCents' | 'feeCents' | 'netCents'> {
  const sums = remitSums(lines);
  const grossCents = last?.cents('grossCents') ?? sums.grossCents;
  const feeCents = last?.cents('feeCents') ?? sums.feeCents;
  return { grossCents, feeCents, netCents: last?.cents('netCents') ?? minus(grossCents, feeCents) };
}

function lineOf(record: ReadRecord<'remit'>, remitId: string): RemitLine {
  return {
    remitId,
    reference: record.required('placementId'),
    paymentId: record.required('paymentId'),
    paidOn: record.requiredDate('paidOn'),
    paidTo: record.word('paidTo', ['vendor', 'client']) ?? 'vendor',
    paidBy: record.word('paidBy', ['patient', 'payer']) ?? 'patient',
    cents: record.requiredCents('cents'),
    feeCents: record.requiredCents('feeCents'),
    offset: record.offset,
  };
}
