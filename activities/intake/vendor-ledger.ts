import { readDifferences, readLatestInventory, readRemitLines, readRemitTotals } from '../../prisma/reads/vendor-ledger.ts';
import { readOurSide } from '../../prisma/reads/vendor-side.ts';
import { keepDifferenceTasks } from '../../prisma/writes/vendor-difference-tasks.ts';
import { lockVendor, writeDifferences, writeInventory, writeRemit } from '../../prisma/writes/vendor-ledger.ts';
import { carryForward } from '../../rules/vendors/difference.ts';
import { type LedgerTerms, ledgerTerms } from '../../rules/vendors/ledger.ts';
import type { Inventory } from '../../rules/vendors/read-inventory.ts';
import type { Remit } from '../../rules/vendors/read-remit.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import { type Findings, inventoryTaken, isSameRemit, moneyTaken, namedIn, type Remitted } from '../../rules/vendors/take-in.ts';
import type { Counts, Intake } from './context.ts';
import { IntakeFault } from './fault.ts';

/** A list of an earlier day than the last changes nothing; of the same day the later one counts. The money is looked at too: it may have become late. */
export async function storeInventory(intake: Intake, { vendor, asOf, rows }: Inventory): Promise<Counts> {
  const { tx, fileId, receivedOn } = intake;
  const terms = await termsOf(intake, vendor);
  const last = await readLatestInventory(tx, vendor);
  if (last !== null && asOf < last.asOf) return { 'inventories older than the last': 1 };
  const remitted = await readRemitted(intake, vendor);
  const ours = await readOurSide(tx, { vendor, asOf, named: namedIn(remitted) });
  const { totals, findings } = inventoryTaken(terms, ours, { asOf, rows });
  await writeInventory(tx, { vendor, asOf, fileId, receivedOn, rows }, totals);
  const found = await settleDifferences(intake, vendor, findings);
  const money = await settleDifferences(intake, vendor, moneyTaken(terms, ours, { ...remitted, on: receivedOn }));
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
    if (isSameRemit({ total: known, lines: same }, remit)) return { 'remits already recorded': 1 };
    throw new IntakeFault(
      'vendor.remit-reused',
      `column remit_id names a remit of ${vendor} that is stored already and said something else`,
      0,
    );
  }
  await writeRemit(tx, remit, fileId);
  const remitted = await readRemitted(intake, vendor);
  const ours = await readOurSide(tx, { vendor, asOf: receivedOn, named: namedIn(remitted) });
  const counts = await settleDifferences(intake, vendor, moneyTaken(terms, ours, { ...remitted, on: receivedOn }));
  await keepDifferenceTasks(tx, { vendor, fileId, on: receivedOn, by: 'intake' });
  return { 'payments remitted': lines.length, ...counts };
}

async function termsOf({ tx, receivedOn }: Intake, vendor: string): Promise<LedgerTerms> {
  const terms = ledgerTerms(shippedContracts, vendor, receivedOn);
  if (terms === null)
    throw new IntakeFault('vendor.unknown', 'column vendor names nobody with a contract (rules/reference/vendor-contracts.json)', 0);
  await lockVendor(tx, vendor);
  return terms;
}

async function readRemitted({ tx }: Intake, vendor: string): Promise<Remitted> {
  return { lines: await readRemitLines(tx, vendor), totals: await readRemitTotals(tx, vendor) };
}

async function settleDifferences({ tx, fileId }: Intake, vendor: string, { kinds, found, on }: Findings): Promise<Counts> {
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
