import { Argument, Command, Option } from 'commander';
import { writeFileSync } from 'node:fs';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { type DifferenceKind, differenceKinds } from '../../../rules/vendors/difference.ts';
import type { VendorLedger } from '../../vendor-ledger.ts';
import type { DifferenceView } from '../../views/vendor-shapes.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { readDate } from '../read-arguments.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';
import { differenceLines, neverWorkedLines, scorecardLines, vendorLines, vendorListLines } from '../vendor-lines.ts';
import { vendorReconcileCommand } from './vendor-reconcile.ts';

const theVendor = () => new Argument('<vendor>', 'its id, as in recourse vendor list');

export function vendorCommand(session: Session): Command {
  const vendor = new Command('vendor').description('vendors: what they have, what they remit, and where their ledger and ours differ');
  const commands = [
    new Command('list').description('every vendor: what it has, its last inventory and remit, and how many differences stand').action(() =>
      session.ask(async ({ vendors }) => {
        const all = await vendors.list();
        return { document: { vendors: all }, lines: vendorListLines(all) };
      }),
    ),
    new Command('show')
      .description('one vendor: terms, inventory, money, and its differences by age')
      .addArgument(theVendor())
      .action((name: string) =>
        session.ask(async ({ vendors }) => {
          const found = known(await vendors.show(name), name);
          return { document: found, lines: vendorLines(found) };
        }),
      ),
    vendorReconcileCommand(session),
    differencesCommand(session),
    acceptCommand(session),
    new Command('scorecard')
      .description(
        'liquidation by batch, age and balance, latency of acknowledgements and recalls, complaints, fees, placements never worked',
      )
      .addArgument(theVendor())
      .action((name: string) =>
        session.ask(async ({ vendors }) => {
          const card = known(await vendors.scorecard(name), name);
          return { document: card, lines: scorecardLines(card) };
        }),
      ),
    new Command('never-worked')
      .description('placements that a vendor never worked although it had time, the oldest first (by its last inventory)')
      .addArgument(theVendor())
      .action((name: string) =>
        session.ask(async ({ vendors }) => {
          const late = await vendors.neverWorked(name);
          if (late === null) throw noInventory(name);
          return { document: { neverWorked: late }, lines: neverWorkedLines(late) };
        }),
      ),
    booksCommand(session),
  ];
  for (const command of commands) vendor.addCommand(command);
  return vendor;
}

function differencesCommand(session: Session): Command {
  return new Command('differences')
    .description('what stands between the ledgers, the oldest first')
    .argument('[vendor]', 'all vendors when left out')
    .addOption(new Option('--kind <kind>', 'only of that kind').choices(differenceKinds))
    .addOption(new Option('--found-until <date>', 'only those first found on that day or before').argParser(readDate))
    .action((name: string | undefined, { kind, foundUntil }: { kind?: DifferenceKind; foundUntil?: CivilDate }) =>
      session.ask(async ({ vendors }) => {
        const all = await vendors.differences({
          ...(name === undefined ? {} : { vendor: name }),
          ...(kind === undefined ? {} : { kinds: [kind] }),
          ...(foundUntil === undefined ? {} : { until: foundUntil }),
        });
        return { document: { differences: all }, lines: differenceLines(all) };
      }),
    );
}

function acceptCommand(session: Session): Command {
  return new Command('accept')
    .description('leave a difference as it is; it is asked about again when an amount of it changes')
    .argument('<difference>', 'its id, or the last eight digits of it (recourse vendor differences)')
    .requiredOption('--by <name>', 'who decided it')
    .requiredOption('--note <text>', 'why')
    .action((name: string, said: { by: string; note: string }) =>
      session.ask(async ({ vendors }) => {
        const one = await differenceNamed(vendors, name);
        const isAccepted = await vendors.accept(one.id, said);
        if (!isAccepted) throw noDifference(name, 'It was settled in the meantime.');
        return {
          document: { id: one.id, accepted: said },
          lines: [`✓ ${one.vendor} ${one.kind} ${one.about} stays as it is until an amount changes.`],
        };
      }),
    );
}

function booksCommand(session: Session): Command {
  return new Command('books')
    .description('our side of a vendor’s ledger as a table (CSV), for reconcile --offline; numbers only')
    .addArgument(theVendor())
    .addOption(new Option('--as-of <date>', 'balances at the end of that day; today when left out').argParser(readDate))
    .requiredOption('--out <file>', 'where to write it')
    .action((name: string, { asOf = null, out }: { asOf?: CivilDate | null; out: string }) =>
      session.ask(async ({ vendors }) => {
        known(await vendors.show(name), name);
        const text = await vendors.books(name, asOf);
        readable(() => writeFileSync(out, text));
        return { document: { file: out }, lines: [`✓ ${out}: ${text.split('\r\n').length - 2} rows`] };
      }),
    );
}

async function differenceNamed(vendors: VendorLedger, name: string): Promise<DifferenceView> {
  const [one, ...others] = (await vendors.differences({})).filter(({ id }) => id.endsWith(name));
  if (one === undefined) throw noDifference(name, 'There is no such difference.');
  if (others.length > 0) throw noDifference(name, 'Several differences end so.');
  return one;
}

function known<T>(found: T | null, vendor: string): T {
  if (found !== null) return found;
  throw new CommandFailure({
    exit: exitCode.no,
    what: 'There is no vendor of this name with a contract.',
    where: vendor,
    next: 'recourse vendor list names them; contracts are in rules/reference/vendor-contracts.json',
  });
}

function noInventory(vendor: string): CommandFailure {
  const next = 'take its inventory in (recourse vendor reconcile VENDOR FILE, or the drop folder)';
  return new CommandFailure({ exit: exitCode.no, what: 'No inventory of this vendor came yet.', where: vendor, next });
}

function noDifference(name: string, what: string): CommandFailure {
  return new CommandFailure({
    exit: exitCode.no,
    what,
    where: name,
    next: 'recourse vendor differences lists them; with --json each has its whole id',
  });
}
