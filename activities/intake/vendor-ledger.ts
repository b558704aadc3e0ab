import { readDifferences, readLatestInventory, readRemitLines, readRemitTotals } from '../../prisma/reads/vendor-ledger.ts';
import { readOurSide } from '../../prisma/reads/vendor-side.ts';
import { lockVendor, writeDifferences, writeInventory, writeRemit } from '../../prisma/writes/vendor-ledger.ts';
import { keepDifferenceTasks } from '../../prisma/writes/vendor-difference-tasks.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { RemitLine } from '../../rules/vendors/cash.ts';
import {
  carryForward,
  cashDifferences,
  type DifferenceKind,
  type FoundDifference,
  inventoryDifferences,
} from '../../rules/vendors/difference.ts';
import { inventoryTotals } from '../../rules/vendors/inventory.ts';
import { cashFindings, cashOf, inventoryFindings, inventoryOf, type LedgerTerms, ledgerTerms } from '../../rules/vendors/ledger.ts';
import type { Inventory } from '../../rules/vendors/read-inventory.ts';
import type { Remit } from '../../rules/vendors/read-remit.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import type { Counts, Intake } from './context.ts';
import { IntakeFault } from './fault.ts';

/** A list of an earlier day than the last changes nothing; of the same day the later one counts. The money is looked at too: it may have become late. */
export async function storeInventory(intake: Intake, { vendor, asOf, rows }: Inventory): Promise<Counts> {
  const { tx, fileId, receivedOn } = intake;
  const terms = await termsOf(intake, vendor);
  const last = await readLatestInventory(tx, vendor);
  if (last !== null && asOf < last.asOf) return { 'inventories older than the last': 1 };
  const remitted = await readRemitted(intake, vendor);
  const ours = await readOurSide(tx, { vendor, asOf, named: namedIn(remitted.lines) });
  const match = inventoryOf(terms, ours.placements, { asOf, rows });
  const totals = inventoryTotals(match);
  await writeInventory(tx, { vendor, asOf, fileId, receivedOn, rows }, totals);
  const found = await settleDifferences(intake, vendor, { kinds: inventoryDifferences, found: inventoryFindings(match), on: asOf });
  const cash = cashFindings(cashOf(terms, ours, { ...remitted, asOf: receivedOn }));
  const money = await settleDifferences(intake, vendor, { kinds: cashDifferences, found: cash, on: receivedOn });
  await keepDifferenceTasks(tx, { vendor, fileId, on: receivedOn, by: 'intake' });
  return { 'placements matched': totals.matched, 'placements in flight': totals.inFlight, ...addFound(found, money) };
}

/** The same remit again changes nothing; the same number with other money refuses the file. */
export async function storeRemit(intake: Intake, remit: Remit): Promise<Counts> {
  const { tx, fileId, receivedOn } = intake;
  const { vendor, total, lines } = remit;
  const terms = await termsOf(intake, vendor);
  const before = await readRemitted(intake, vendor);
  const known = before.totals.find(({ remitId }) => remitId === total.remitId);
  if (known !== undefined) {
    const same = before.lines.filter(({ remitId }) => remitId === total.remitId);
    if (textOf(known, same) === textOf(total, lines)) return { 'remits already recorded': 1 };
    throw new IntakeFault(
      'vendor.remit-reused',
      `column remit_id names a remit of ${vendor} that is stored already and said something else`,
      0,
    );
  }
  await writeRemit(tx, remit, fileId);
  const remitted = await readRemitted(intake, vendor);
  const ours = await readOurSide(tx, { vendor, asOf: receivedOn, named: namedIn(remitted.lines) });
  const found = cashFindings(cashOf(terms, ours, { ...remitted, asOf: receivedOn }));
  const counts = await settleDifferences(intake, vendor, { kinds: cashDifferences, found, on: receivedOn });
  await keepDifferenceTasks(tx, { vendor, fileId, on: receivedOn, by: 'intake' });
  return { 'payments remitted': lines.length, ...counts };
}

/** What a remit says, without the places in its file. */
function textOf(total: Remit['total'], lines: readonly RemitLine[]): string {
  const { remitId, remittedOn, grossCents, feeCents, netCents } = total;
  const said = lines.map((line) => [line.reference, line.paymentId, line.paidOn, line.paidTo, line.paidBy, line.cents, line.feeCents]);
  return JSON.stringify([remitId, remittedOn, grossCents, feeCents, netCents, said]);
}

async function termsOf({ tx, receivedOn }: Intake, vendor: string): Promise<LedgerTerms> {
  const terms = ledgerTerms(shippedContracts, vendor, receivedOn);
  if (terms === null)
    throw new IntakeFault('vendor.unknown', 'column vendor names nobody with a contract (rules/reference/vendor-contracts.json)', 0);
  await lockVendor(tx, vendor);
  return terms;
}

async function readRemitted({ tx }: Intake, vendor: string) {
  return { lines: await readRemitLines(tx, vendor), totals: await readRemitTotals(tx, vendor) };
}

function namedIn(lines: readonly RemitLine[]): ReadonlySet<string> {
  return new Set(lines.map(({ paymentId }) => paymentId));
}

interface Found {
  readonly kinds: readonly DifferenceKind[];
  readonly found: readonly FoundDifference[];
  readonly on: CivilDate;
}

async function settleDifferences({ tx, fileId }: Intake, vendor: string, { kinds, found, on }: Found): Promise<Counts> {
  const carried = carryForward(await readDifferences(tx, { vendor, kinds }), found);
  await writeDifferences(tx, { vendor, fileId, on }, carried);
  return {
    'differences found': carried.opened.length,
    'differences that still stand': carried.kept.length,
    'differences settled': carried.settled.length,
  };
}

function addFound(a: Counts, b: Counts): Counts {
  return Object.fromEntries(Object.entries(a).map(([what, count]) => [what, count + (b[what] ?? 0)]));
}
