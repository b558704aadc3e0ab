import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type CivilDate, civilDate } from '../../../rules/domain/civil-date.ts';
import { utf8Text } from '../../../rules/domain/csv.ts';
import { cents } from '../../../rules/domain/money.ts';
import { differingCents, type FoundDifference, nextStep } from '../../../rules/vendors/difference.ts';
import { inventoryTotals } from '../../../rules/vendors/inventory.ts';
import {
  cashFindings,
  cashOf,
  cashTotals,
  inventoryFindings,
  inventoryOf,
  type LedgerTerms,
  ledgerTerms,
} from '../../../rules/vendors/ledger.ts';
import { readOurBooks } from '../../../rules/vendors/our-books.ts';
import type { OurSide } from '../../../rules/vendors/our-side.ts';
import { type Inventory, readInventory } from '../../../rules/vendors/read-inventory.ts';
import { readFile } from '../../../rules/vendors/read-records.ts';
import { readRemit, type Remit } from '../../../rules/vendors/read-remit.ts';
import { readVendorContracts } from '../../../rules/vendors/read-vendor-contracts.ts';
import { shippedContracts } from '../../../rules/vendors/shipped-contracts.ts';
import { firstLineOf } from '../../../rules/vendors/split-lines.ts';
import type { VendorReference } from '../../../rules/vendors/vendor-contract.ts';
import { isOfKind, layoutOfFirstLine } from '../../../rules/vendors/vendor-files.ts';
import { contentHash } from '../../content-hash.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { type Answer, exitFor, money, moneyCell, section, table } from '../output.ts';
import { readDate } from '../read-arguments.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';
import { differenceLines, percent } from '../vendor-lines.ts';

interface Options {
  readonly offline?: true;
  readonly ours?: string;
  readonly contracts?: string;
  readonly on?: CivilDate;
}

/** Online the file is taken in and what stands is shown; offline nothing is stored and no server is asked. */
export function vendorReconcileCommand(session: Session): Command {
  return new Command('reconcile')
    .description('an inventory or a remit of a vendor against our ledger: what matches, what is on its way, what differs')
    .argument('<vendor>')
    .argument('<file>', 'laid out as rules/reference/vendor-contracts.json says; it is known by its first line')
    .option('--offline', 'without a server: against the table that --ours names; nothing is stored')
    .addOption(new Option('--ours <file>', 'our side, as recourse vendor books writes it').implies({ offline: true }))
    .option('--contracts <file>', 'offline: contracts other than rules/reference/vendor-contracts.json')
    .addOption(new Option('--on <date>', 'offline: the day of a file that names none; today when left out').argParser(readDate))
    .action((vendor: string, path: string, options: Options) => {
      const content = readable(() => readFileSync(path));
      if (options.offline === true) return session.say(offline(vendor, { path, content }, options));
      readOf(vendor, { path, content }, shippedContracts, options);
      return session.ask(async ({ takeIn, vendors }) => {
        const taken = await takeIn({ name: basename(path), content });
        const differences = await vendors.differences({ vendor });
        const isWell = taken.outcome === 'stored' || taken.outcome === 'alreadyRead';
        const said = taken.outcome === 'alreadyRead' ? 'already read; nothing was done again' : (taken.fault?.message ?? taken.summary);
        return {
          document: { file: taken, differences },
          lines: [`${isWell ? '✓' : '✗'} ${path}: ${said}`, '', ...differenceLines(differences)],
          exit: exitFor(isWell && differences.every(({ accepted }) => accepted !== null)),
        };
      });
    });
}

interface NamedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

function offline(vendor: string, file: NamedFile, options: Options): Answer {
  const { ours, contracts } = options;
  if (ours === undefined)
    throw usage('there is nothing to compare with', 'name our side with --ours (recourse vendor books VENDOR --out FILE writes it)');
  const side = readOurBooks(readable(() => readFileSync(ours)));
  const reference = contracts === undefined ? shippedContracts : readVendorContracts(readable(() => readFileSync(contracts, 'utf8')));
  const read = readOf(vendor, file, reference, options);
  const terms = ledgerTerms(reference, vendor, 'asOf' in read ? read.asOf : read.total.remittedOn);
  if (terms === null)
    throw usage(`vendor ${vendor} has no contract`, 'name one of rules/reference/vendor-contracts.json, or a file with --contracts');
  return 'asOf' in read ? ofInventory(file.path, read, { terms, side }) : ofRemit(file.path, read, { terms, side });
}

interface Compared {
  readonly terms: LedgerTerms;
  readonly side: OurSide;
}

function ofInventory(path: string, { asOf, rows }: Inventory, { terms, side }: Compared): Answer {
  const match = inventoryOf(terms, side.placements, { asOf, rows });
  const totals = inventoryTotals(match);
  const found = inventoryFindings(match);
  const said = `ours ${totals.ours}, theirs ${totals.theirs}: ${totals.matched} matched, ${totals.inFlight} in flight, ${totals.differing} differ (${percent(totals.differingBasisPoints)}, ${money(totals.differingCents)})`;
  return answer({ path, asOf, said }, { inventory: totals }, found);
}

function ofRemit(path: string, { total, lines }: Remit, { terms, side }: Compared): Answer {
  const asOf = total.remittedOn;
  // Of one remit alone nothing can be said of payments that others bring.
  const named = new Set(lines.map(({ paymentId }) => paymentId));
  const payments = side.payments.filter(({ paymentId, via }) => via === 'direct' || named.has(paymentId));
  const match = cashOf(terms, { ...side, payments }, { lines, totals: [total], asOf });
  const totals = cashTotals(match);
  const said = `remit ${total.remitId}: ${totals.matched} payments matched, ${totals.differing} differ; collected ${money(totals.grossCents)}, fees ${money(totals.chargedFeeCents)}, by the contract ${money(totals.expectedFeeCents)}, transferred ${money(total.netCents)}`;
  return answer({ path, asOf, said }, { remit: totals }, cashFindings(match));
}

function answer(
  about: { readonly path: string; readonly asOf: CivilDate; readonly said: string },
  totals: object,
  found: readonly FoundDifference[],
): Answer {
  const { path, asOf, said } = about;
  const isWell = found.length === 0;
  const rows = found.map((one) => [
    one.kind,
    one.about,
    moneyCell(one.oursCents),
    moneyCell(one.theirsCents),
    moneyCell(cents(differingCents(one))),
    one.words,
  ]);
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return {
    document: { ok: isWell, asOf, ...totals, differences: found },
    lines: [
      `${isWell ? '✓' : '✗'} ${path}, ${asOf}: ${said}`,
      ...section('Differences', table(['Kind', 'About', 'Ours', 'Theirs', 'At stake', 'Why'], rows)),
      ...section(
        'Next',
        kinds.map((kind) => `${kind}: ${nextStep(kind)}`),
      ),
    ],
    exit: exitFor(isWell),
  };
}

/** What the file says, which itself says whose it is, or its layout does. */
function readOf(vendor: string, { path, content }: NamedFile, { layouts, contracts }: VendorReference, { on }: Options): Inventory | Remit {
  const text = utf8Text(content);
  const receivedOn = on ?? civilDate(new Date().toISOString().slice(0, 10));
  const reference = { layouts, contracts: contracts.filter((one) => one.vendor === vendor) };
  const { layout, vendors = [] } = layoutOfFirstLine(reference, firstLineOf(text), receivedOn) ?? {};
  if (layout === undefined || !(isOfKind(layout, 'inventory') || isOfKind(layout, 'remit')))
    throw usage(
      `${path} is neither an inventory nor a remit`,
      'its first line must be that of a layout in rules/reference/vendor-contracts.json, such as plain-inventory or plain-remit',
    );
  const from = { vendors, receivedOn };
  const read = isOfKind(layout, 'inventory')
    ? readInventory(readFile(text, layout, contentHash), from)
    : readRemit(readFile(text, layout, contentHash), from);
  if (read.vendor === vendor) return read;
  throw usage(`${path} is of vendor ${read.vendor}, not of ${vendor}`, 'name the vendor that sent it');
}

function usage(what: string, next: string): CommandFailure {
  return new CommandFailure({ exit: exitCode.wrongUsage, what, where: 'the command line', next });
}
