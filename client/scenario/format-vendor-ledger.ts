import { z } from 'zod';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { minus, sum } from '../../rules/domain/money.ts';
import { placementReference } from '../../rules/vendors/account-side.ts';
import { ages, differenceKinds, inventoryDifferences } from '../../rules/vendors/difference.ts';
import type { Inventory } from '../../rules/vendors/read-inventory.ts';
import type { Remit } from '../../rules/vendors/read-remit.ts';
import { date, money } from './values.ts';
import { inventoryText, remitText } from './vendor-ledger-text.ts';

/** What a vendor says that it holds, and what it transfers; what stands open between it and us. */
const of = { account: z.string(), placement: z.string().default('p1') };

/** At the end of `asOf`, the day it comes when left out. */
const inventory = z.strictObject({
  vendor: z.string(),
  asOf: date.optional(),
  rows: z
    .array(
      z.strictObject({ ...of, status: z.enum(['open', 'held', 'closed']).default('open'), balance: money, lastWorked: date.optional() }),
    )
    .default([]),
});

/** What it collected, its fees and what it transfers are what its payments come to, where they are left out. */
const remit = z.strictObject({
  vendor: z.string(),
  id: z.string(),
  on: date.optional(),
  payments: z.array(
    z.strictObject({
      ...of,
      payment: z.string(),
      paidOn: date,
      amount: money,
      fee: money,
      paidTo: z.enum(['vendor', 'client']).default('vendor'),
      paidBy: z.enum(['patient', 'payer']).default('patient'),
    }),
  ),
  gross: money.optional(),
  fees: money.optional(),
  net: money.optional(),
});

export const ledgerArrivals = [z.strictObject({ inventory }), z.strictObject({ remit })] as const;
type LedgerTold = z.output<(typeof ledgerArrivals)[number]>;

/** What a difference is about: a payment, a remit, or else a placement. */
const about = {
  kind: z.enum(differenceKinds),
  vendor: z.string().optional(),
  account: z.string().optional(),
  placement: z.string().default('p1'),
  payment: z.string().optional(),
  remit: z.string().optional(),
};

export const expectedDifference = z.strictObject({
  ...about,
  ours: money,
  theirs: money,
  /** The day on which it was first found; how many days it stands, and its age as receivables age. */
  since: date.optional(),
  days: z.int().min(0).optional(),
  age: z.enum(ages.map(({ name }) => name)).optional(),
  accepted: z.boolean().optional(),
  /** Whether an open task asks about it. */
  asked: z.boolean().optional(),
  says: z.string().optional(),
});
export type ExpectedDifference = z.output<typeof expectedDifference>;

export const unwantedDifferences = z.array(z.enum(differenceKinds)).default([]);

/** A person leaves a difference as it is, until an amount of it changes. */
export const acceptance = z.strictObject({ ...about, by: z.string().default('sam.supervisor'), note: z.string() });
export type Acceptance = z.output<typeof acceptance>;

/** By what a difference is known. */
export function aboutOf({ kind, account = '', placement, payment, remit: remitId }: ExpectedDifference | Acceptance): string {
  if (inventoryDifferences.some((one) => one === kind)) return placementReference(account, placement);
  return payment ?? remitId ?? '';
}

export interface LedgerFile {
  readonly kind: 'vendorLedger';
  readonly of: 'inventory' | 'remit';
  readonly vendor: string;
  readonly name: string;
  readonly csv: string;
}

export function isOfLedger(arrival: object): arrival is LedgerTold {
  return 'inventory' in arrival || 'remit' in arrival;
}

export function ledgerFile(arrival: LedgerTold, on: CivilDate): LedgerFile {
  if ('inventory' in arrival) {
    const said = inventoryOf(arrival.inventory, on);
    const name = `${on}-${said.vendor}-${said.asOf}-inventory.csv`;
    return { kind: 'vendorLedger', of: 'inventory', vendor: said.vendor, name, csv: inventoryText(said) };
  }
  const said = remitOf(arrival.remit, on);
  const name = `${on}-${said.vendor}-${said.total.remitId}-remit.csv`;
  return { kind: 'vendorLedger', of: 'remit', vendor: said.vendor, name, csv: remitText(said) };
}

function inventoryOf({ vendor, asOf, rows }: z.output<typeof inventory>, on: CivilDate): Inventory {
  return {
    vendor,
    asOf: asOf ?? on,
    rows: rows.map(({ account, placement, status, balance, lastWorked }, offset) => {
      return { reference: placementReference(account, placement), status, balanceCents: balance, lastWorkedOn: lastWorked ?? null, offset };
    }),
  };
}

function remitOf({ vendor, id, on: dated, payments, gross, fees, net }: z.output<typeof remit>, on: CivilDate): Remit {
  const grossCents = gross ?? sum(payments.filter(({ paidTo }) => paidTo === 'vendor').map(({ amount }) => amount));
  const feeCents = fees ?? sum(payments.map(({ fee }) => fee));
  return {
    vendor,
    total: { remitId: id, remittedOn: dated ?? on, grossCents, feeCents, netCents: net ?? minus(grossCents, feeCents) },
    lines: payments.map(({ account, placement, payment: paymentId, amount, fee, ...rest }, offset) => {
      return { remitId: id, reference: placementReference(account, placement), paymentId, cents: amount, feeCents: fee, offset, ...rest };
    }),
  };
}

/** The same with the tag before every number that must be unique in the database. Vendors are known by contract and keep their names. */
export function taggedLedger(arrival: LedgerTold, tag: string): LedgerTold {
  if ('inventory' in arrival) {
    const rows = arrival.inventory.rows.map((row) => ({ ...row, account: tag + row.account }));
    return { inventory: { ...arrival.inventory, rows } };
  }
  const payments = arrival.remit.payments.map((one) => ({ ...one, account: tag + one.account, payment: tag + one.payment }));
  return { remit: { ...arrival.remit, id: tag + arrival.remit.id, payments } };
}

/** Everything that differences may be about in what a vendor said. */
export function namedBy(arrival: LedgerTold): readonly string[] {
  if ('inventory' in arrival) return arrival.inventory.rows.map(({ account, placement }) => placementReference(account, placement));
  return [arrival.remit.id, ...arrival.remit.payments.map(({ payment }) => payment)];
}
