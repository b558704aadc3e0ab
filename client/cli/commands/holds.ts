import { Argument, Command, Option } from 'commander';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { type HoldName, holdNames } from '../../../rules/domain/hold.ts';
import type { Cents } from '../../../rules/domain/money.ts';
import { words as inWords } from '../../../rules/lifecycle/describe.ts';
import { loadHolds } from '../../knowledge.ts';
import { findAccount } from '../find-account.ts';
import { table } from '../output.ts';
import { readAmount, readCount, readDate } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { type Said, said, tell, words } from './people.ts';

/** `recourse hold place | release | list | kinds`. */
export function holdCommand(session: Session): Command {
  const name = () => new Argument('<hold>', 'recourse hold kinds lists them').choices(holdNames);
  const place = said(new Command('place').description('keep back what this hold stops, from now until it is released'))
    .argument('<account>')
    .addArgument(name())
    .option('--review <date>', 'when it is looked at again; as the list says when left out', readDate)
    .option('--reference <text>', 'case number, letter or application it rests on; never a name')
    .action((account: string, hold: HoldName, o: Said & { readonly review?: CivilDate; readonly reference?: string }) => {
      const review = o.review === undefined ? {} : { reviewOn: o.review };
      const reference = o.reference === undefined ? {} : { reference: o.reference };
      return tell(session, account, o, { do: 'hold', hold, ...review, ...reference, ...words(o) });
    });
  const release = said(new Command('release').description('end a hold; what it stopped is asked again at once'))
    .argument('<account>')
    .argument('<hold>')
    .action((account: string, hold: string, o: Said) => tell(session, account, o, { do: 'release', hold, ...words(o) }));
  const hold = new Command('hold').description('what must not happen for now');
  return [place, release, listCommand(session), kindsCommand(session)].reduce((all, one) => all.addCommand(one), hold);
}

/** `recourse estimate`. */
export function estimateCommand(session: Session): Command {
  return said(
    new Command('estimate').description('say which good-faith estimate the patient was given (45 CFR 149.610); the last one counts'),
  )
    .argument('<account>')
    .argument('<amount>', 'dollars', readAmount)
    .option('--on <date>', 'when it was given; today when left out', readDate)
    .action((account: string, cents: Cents, o: Said & { readonly on?: CivilDate }) =>
      tell(session, account, o, { do: 'estimate', cents, ...(o.on === undefined ? {} : { givenOn: o.on }), ...words(o) }),
    );
}

interface Listed {
  readonly hold?: HoldName;
  readonly account?: string;
  readonly reviewBy?: CivilDate;
  readonly limit: number;
}

function listCommand(session: Session): Command {
  return new Command('list')
    .description('holds in force, those to be looked at first first')
    .addOption(new Option('--hold <hold>', 'of this kind only').choices(holdNames))
    .option('--account <account>', 'of this account only')
    .option('--review-by <date>', 'to be looked at by that day', readDate)
    .option('--limit <count>', 'at most so many', readCount, 100)
    .action(({ hold, account, reviewBy, limit }: Listed) =>
      session.ask(async ({ reads }) => {
        const of = account === undefined ? {} : { accountId: (await findAccount(reads, account)).id };
        const by = reviewBy === undefined ? {} : { reviewBy };
        const holds = await reads.holds({ limit, ...of, ...by, ...(hold === undefined ? {} : { hold }) });
        const rows = holds.map((h) => [h.accountNumber, h.hold, h.since, h.reviewOn, h.owner ?? '', h.reference ?? '', h.found ?? '']);
        const lines = table(['Account', 'Hold', 'Since', 'Review', 'Owner', 'Reference', 'Found'], rows);
        return { document: { holds }, lines: holds.length === 0 ? ['No such hold is in force.'] : lines };
      }),
    );
}

function kindsCommand(session: Session): Command {
  return new Command('kinds').description('every kind of hold and what it stops').action(() => {
    const kinds = [...loadHolds().values()];
    const rows = kinds.map((k) => [k.hold, k.of, k.stops.map(inWords).join(', '), k.vendor, `${k.reviewDays} days`, k.queue]);
    const lines = table(['Hold', 'Of the', 'Stops', 'At a vendor', 'Review', 'Queue'], rows);
    session.say({ document: { kinds }, lines: [...lines, '', ...kinds.map((k) => `${k.hold}: ${k.title}. ${k.citation}`)] });
  });
}
