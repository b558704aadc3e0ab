import { z } from 'zod';
import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import { amountText, cents } from '../../rules/domain/money.ts';
import { vendorStatuses } from '../../rules/domain/vendor-report.ts';
import { acknowledgeFile } from '../../rules/vendors/acknowledge-file.ts';
import { reportArrivals } from '../../rules/vendors/vendor-statuses.ts';
import { date, money } from './values.ts';

/** What vendors send, in the plain layouts (rules/reference/vendor-contracts.json). `dated`: when it happened, if not on the day it comes. */
const about = { account: z.string(), placement: z.string().default('p1') };

/** Of the file in which that placement went: how many records the vendor counts, their total, and whether it refuses that one. */
const placementFile = z.strictObject({ ...about, count: z.int().min(0).default(1), total: money, rejected: z.string().optional() });
const vendorPayment = z.strictObject({
  ...about,
  id: z.string(),
  amount: money,
  basis: z.enum(['direct', 'toClient']).default('direct'),
  fee: money.optional(),
  dated: date.optional(),
});
const vendorStatus = z.strictObject({ ...about, status: z.enum(vendorStatuses), dated: date.optional() });
const vendorReturn = z.strictObject({ ...about, reason: z.enum(vendorStatuses), dated: date.optional() });

export const vendorArrival = z.union([
  z.strictObject({ placementFile }),
  z.strictObject({ vendorPayment }),
  z.strictObject({ vendorStatus }),
  z.strictObject({ vendorReturn }),
]);
type VendorTold = z.output<typeof vendorArrival>;

/** The file that brings it, and what the account hears of it. */
export interface VendorFile {
  readonly kind: 'vendor';
  readonly name: string;
  readonly csv: string;
  readonly accountNumber: string;
  readonly bodies: (account: Account, fileId: string) => readonly Arrival[];
}

export function isVendorArrival(arrival: object): arrival is VendorTold {
  return 'placementFile' in arrival || 'vendorPayment' in arrival || 'vendorStatus' in arrival || 'vendorReturn' in arrival;
}

export function vendorFile(arrival: VendorTold, on: CivilDate): VendorFile {
  if ('placementFile' in arrival) return acknowledgement(arrival.placementFile, on);
  if ('vendorPayment' in arrival) return payment(arrival.vendorPayment, on);
  if ('vendorStatus' in arrival) {
    const { account, placement, status, dated = on } = arrival.vendorStatus;
    const csv = `placement_id,status,on,reference\n${account}-${placement},${status},${dated},\n`;
    const bodies = (_: Account, fileId: string) => reportArrivals({ placementId: placement, status, on: dated, fileId, offset: 0 });
    return { kind: 'vendor', name: `${on}-${account}-${placement}-${status}.csv`, csv, accountNumber: account, bodies };
  }
  const { account, placement, reason, dated = on } = arrival.vendorReturn;
  const csv = `placement_id,returned_on,reason\n${account}-${placement},${dated},${reason}\n`;
  const bodies = (_: Account, fileId: string): readonly Arrival[] => [
    ...reportArrivals({ placementId: placement, status: reason, on: dated, fileId, offset: 0 }),
    { kind: 'vendorReturned', placementId: placement, on: dated, reason },
  ];
  return { kind: 'vendor', name: `${on}-${account}-${placement}-returned.csv`, csv, accountNumber: account, bodies };
}

function acknowledgement({ account, placement, count, total, rejected }: z.output<typeof placementFile>, on: CivilDate): VendorFile {
  const named = `${account}-${placement}`;
  const rows = [
    ['', 'received', on, count, amountText(total), named, ''],
    ...(rejected === undefined ? [] : [['', 'rejected', on, '', '', named, rejected]]),
  ];
  const csv = `file,verdict,on,count,total,placement_id,reason\n${rows.map((row) => row.join(',')).join('\n')}\n`;
  const bodies = ({ patient }: Account): readonly Arrival[] => {
    const sent = patient.placements.filter((p) => p.id === placement).map((p) => ({ reference: named, balanceCents: p.balanceCents }));
    const refused = new Map(rejected === undefined ? [] : [[named, rejected]]);
    const verdict = acknowledgeFile(sent, { count, totalCents: total, rejected: refused });
    if (verdict.kind === 'disagreed') return [];
    return verdict.placements.map(({ accepted, reason }) => ({ kind: 'vendorAcknowledged', placementId: placement, accepted, on, reason }));
  };
  return { kind: 'vendor', name: `${on}-${named}-${count}-${total}-ack.csv`, csv, accountNumber: account, bodies };
}

function payment({ account, placement, id, amount, basis, fee, dated }: z.output<typeof vendorPayment>, on: CivilDate): VendorFile {
  const paidOn = dated ?? on;
  const told = [`${account}-${placement}`, id, amountText(amount), paidOn, basis, fee === undefined ? '' : amountText(fee)];
  const csv = `placement_id,payment_id,paid,paid_on,basis,fee\n${told.join(',')}\n`;
  const bodies = (_: Account, fileId: string): readonly Arrival[] => {
    const paid = { placementId: placement, paymentId: id, cents: cents(amount), on: paidOn, fileId, offset: 0 };
    return [basis === 'direct' ? { kind: 'patientPaid', via: 'vendor', ...paid } : { kind: 'vendorClaimedPayment', ...paid }];
  };
  return { kind: 'vendor', name: `${on}-${id}-vendor-payments.csv`, csv, accountNumber: account, bodies };
}

/** The same with the tag before every number that must be unique in the database. */
export function taggedVendor(arrival: VendorTold, tag: string): VendorTold {
  if ('placementFile' in arrival) return { placementFile: { ...arrival.placementFile, account: tag + arrival.placementFile.account } };
  if ('vendorStatus' in arrival) return { vendorStatus: { ...arrival.vendorStatus, account: tag + arrival.vendorStatus.account } };
  if ('vendorReturn' in arrival) return { vendorReturn: { ...arrival.vendorReturn, account: tag + arrival.vendorReturn.account } };
  const { account, id } = arrival.vendorPayment;
  return { vendorPayment: { ...arrival.vendorPayment, account: tag + account, id: tag + id } };
}
