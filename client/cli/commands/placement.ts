import { Command } from 'commander';
import { type CivilDate, civilDate } from '../../../rules/domain/civil-date.ts';
import { cents, dollars, parseAmount } from '../../../rules/domain/money.ts';
import { shippedContracts } from '../../../rules/vendors/shipped-contracts.ts';
import { layoutFor } from '../../../rules/vendors/vendor-files.ts';
import { type WrittenRecord, writeRecords } from '../../../rules/vendors/write-records.ts';
import type { PlacementFileView } from '../../views/vendor-file-shapes.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { exitFor, table } from '../output.ts';
import type { Session } from '../session.ts';

const shown = 20;

/** Files of placements: what was sent, and a vendor's word on one that came by telephone or letter. */
export function placementCommand(session: Session): Command {
  const command = new Command('placement').description('files of placements that went to vendors, and what the vendors counted of them');
  return command.addCommand(filesCommand(session)).addCommand(acknowledgeCommand(session));
}

function filesCommand(session: Session): Command {
  return new Command('files')
    .description('the latest files and how they stand: sent, agreed or disputed')
    .argument('[vendor]', 'its id; without it, all')
    .action((vendor?: string) =>
      session.ask(async ({ reads }) => {
        const files = await reads.placementFiles(vendor ?? null, shown);
        return { document: { files }, lines: files.length === 0 ? ['No balance was placed yet.'] : table(columns, files.map(cells)) };
      }),
    );
}

const columns = ['Sent', 'Vendor', 'File', 'Records', 'Total', 'Status', 'Vendor counts', 'Refused'];

function cells(file: PlacementFileView): string[] {
  const { sentOn, vendor, name, count, totalCents, status, saidCount, saidTotalCents, rejected } = file;
  const said = saidCount === null ? '' : `${saidCount} of ${dollars(cents(saidTotalCents ?? 0))}`;
  return [sentOn, vendor, name, String(count), dollars(cents(totalCents)), status, said, rejected === null ? '' : String(rejected)];
}

interface Acknowledged {
  readonly count: string;
  readonly total: string;
  readonly on: string;
  readonly refuses: readonly string[];
}

function acknowledgeCommand(session: Session): Command {
  return new Command('acknowledge')
    .description(
      'take down what a vendor says of a file when it sends none itself; it is placed when count and total are those of our file',
    )
    .argument('<file>', 'our file, from `recourse placement files`')
    .requiredOption('--count <records>', 'how many records the vendor has')
    .requiredOption('--total <dollars>', 'their total')
    .requiredOption('--on <date>', 'the day it said so')
    .option('--refuses <reference=reason...>', 'records that it refuses', [])
    .action((file: string, said: Acknowledged) =>
      session.ask(async ({ takeIn }) => {
        const content = Buffer.from(acknowledgementText(file, said));
        const taken = await takeIn({ name: `${file}-${said.on}-by-hand.csv`, content, onProgress: () => {} });
        const isWell = taken.outcome === 'stored';
        return {
          document: taken,
          lines: [`${isWell ? '✓' : '✗'} ${file}: ${taken.fault?.message ?? taken.summary}`],
          exit: exitFor(isWell),
        };
      }),
    );
}

/** The file that the vendor would have sent. */
function acknowledgementText(file: string, { count, total, on, refuses }: Acknowledged): string {
  const totalCents = parseAmount(total);
  if (!/^\d+$/.test(count) || totalCents === null)
    throw wrong('--count is a whole number and --total dollars, such as --count 42 --total 10250.00');
  const day: CivilDate = civilDate(on);
  const layout = layoutFor(shippedContracts, { vendor: '', on: day }, 'acknowledgement');
  if (layout === null) throw wrong('there is no plain layout for acknowledgements in rules/reference/vendor-contracts.json');
  const rejected = refuses.map((one): WrittenRecord<'acknowledgement'> => {
    const [placementId = '', ...reason] = one.split('=');
    return { file, verdict: 'rejected', on: day, placementId, reason: reason.join('=') };
  });
  return writeRecords(layout, [{ file, verdict: 'received', on: day, count: Number(count), totalCents }, ...rejected], () => '').text;
}

function wrong(what: string): CommandFailure {
  return new CommandFailure({
    exit: exitCode.wrongUsage,
    what,
    where: 'recourse placement acknowledge',
    next: 'add --help to see what is possible',
  });
}
