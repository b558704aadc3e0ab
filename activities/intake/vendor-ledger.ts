import { readLatestInventory } from '../../prisma/reads/vendor-ledger.ts';
import { readOurSide } from '../../prisma/reads/vendor-side.ts';
import { keepDifferenceTasks } from '../../prisma/writes/vendor-difference-tasks.ts';
import { lockVendor, writeInventory, writeRemit } from '../../prisma/writes/vendor-ledger.ts';
import { type LedgerTerms, ledgerTerms } from '../../rules/vendors/ledger.ts';
import type { Inventory } from '../../rules/vendors/read-inventory.ts';
import type { Remit } from '../../rules/vendors/read-remit.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import { inventoryTaken, isSameRemit, namedIn } from '../../rules/vendors/take-in.ts';
import { readRemitted, type Settled, settleDifferences, settleMoney } from '../vendors/money.ts';
import type { Counts, Intake } from './context.ts';
import { IntakeFault } from './fault.ts';

/** A list of an earlier day than the last changes nothing; of the same day the later one counts. The money is looked at too: it may have become late. */
export async function storeInventory(intake: Intake, { vendor, asOf, rows }: Inventory): Promise<Counts> {
  const { tx, fileId, receivedOn } = intake;
  const terms = await termsOf(intake, vendor);
  const last = await readLatestInventory(tx, vendor);
  if (last !== null && asOf < last.asOf) return { 'inventories older than the last': 1 };
  const ours = await readOurSide(tx, { vendor, asOf, named: namedIn(await readRemitted(tx, vendor)) });
  const { totals, findings } = inventoryTaken(terms, ours, { asOf, rows });
  await writeInventory(tx, { vendor, asOf, fileId, receivedOn, rows }, totals);
  const found = await settleDifferences(tx, { vendor, fileId, ...findings });
  const money = await settleMoney(tx, terms, { on: receivedOn, fileId });
  await keepTasks(intake, vendor);
  return { 'placements matched': totals.matched, 'placements in flight': totals.inFlight, ...countsOf(found, money) };
}

/** The same remit again changes nothing; the same number with other money refuses the file. */
export async function storeRemit(intake: Intake, remit: Remit): Promise<Counts> {
  const { tx, fileId, receivedOn } = intake;
  const { vendor, total, lines } = remit;
  const terms = await termsOf(intake, vendor);
  const before = await readRemitted(tx, vendor);
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
  const money = await settleMoney(tx, terms, { on: receivedOn, fileId });
  await keepTasks(intake, vendor);
  return { 'payments remitted': lines.length, ...countsOf(money) };
}

async function termsOf({ tx, receivedOn }: Intake, vendor: string): Promise<LedgerTerms> {
  const terms = ledgerTerms(shippedContracts, vendor, receivedOn);
  if (terms === null)
    throw new IntakeFault('vendor.unknown', 'column vendor names nobody with a contract (rules/reference/vendor-contracts.json)', 0);
  await lockVendor(tx, vendor);
  return terms;
}

function keepTasks({ tx, receivedOn: on }: Intake, vendor: string): Promise<void> {
  return keepDifferenceTasks(tx, { vendor, opens: true, on, by: 'intake' });
}

function countsOf(...all: readonly Settled[]): Counts {
  const of = (what: keyof Settled) => all.reduce((total, one) => total + one[what], 0);
  return { 'differences found': of('opened'), 'differences that still stand': of('kept'), 'differences settled': of('settled') };
}
