import { randomUUID } from 'node:crypto';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { Instant } from '../../../rules/domain/civil-date.ts';
import { type ConsentAct, contactChannels, type ContactFact, contactPurposes, type SaidFact } from '../../../rules/domain/contact.ts';
import { accountIdsOf, missing, now, person, personNamed } from '../contact-person.ts';
import { readInstant } from '../read-arguments.ts';
import type { Session } from '../session.ts';

/** What a person said about being reached. */

interface SaidOptions {
  readonly by: string;
  readonly at?: Instant;
  readonly key?: string;
}

export function consentCommand(session: Session, act: ConsentAct['act']): Command {
  const [name, description] =
    act === 'given' ? ['consent', 'the person allows a channel'] : ['revoke', 'the person takes a channel back; it counts at once'];
  return said(new Command(name).description(description))
    .addOption(new Option('--channel <channel>').choices([...contactChannels, 'all']).makeOptionMandatory())
    .addOption(new Option('--purpose <purpose>').choices([...contactPurposes, 'all']).default('all'))
    .requiredOption('--how <words>', 'in which way it was said, such as "form" or "STOP by text"')
    .action((who: string, options: SaidOptions & Pick<ConsentAct, 'channel' | 'purpose' | 'how'>) =>
      session.ask(async (engine) => {
        const { by, at = now(), key = `cli:${randomUUID()}`, channel, purpose, how } = options;
        const isNew = await engine.contacts.consent(await personNamed(engine, who), by, { key, act, channel, purpose, at, how });
        return { document: { recorded: isNew, key }, lines: [isNew ? 'recorded' : 'recorded before; nothing changed'] };
      }),
    );
}

interface NoteOptions extends SaidOptions {
  readonly account?: readonly string[];
  readonly stop?: 'attorney' | 'ceaseContact';
  readonly notDuring?: Extract<SaidFact, { readonly kind: 'inconvenientTime' }>;
  readonly notAt?: 'home' | 'work';
  readonly alsoIn?: { readonly state: string; readonly postalCode: string };
  readonly disputes?: string;
}

export function noteCommand(session: Session): Command {
  return said(new Command('note').description('what the person said that limits contacts; one of the first five'))
    .addOption(new Option('--stop <reason>', 'there is an attorney, or no more at all').choices(['attorney', 'ceaseContact']))
    .option('--not-during <times>', 'days of the week and hours, such as "1-5 09:00-17:00" or "7 00:00-24:00"', readTimes)
    .addOption(new Option('--not-at <place>').choices(['home', 'work']))
    .option('--also-in <place>', 'where they may be besides their address, such as CA/90001 or CA', readPlace)
    .option('--disputes <vendor>', 'in writing, with that vendor, about --account')
    .option('--account <account...>', 'the accounts it is about; the person when absent')
    .action((who: string, options: NoteOptions) =>
      session.ask(async (engine) => {
        const { by, at: since = now(), key = `cli:${randomUUID()}`, account = [] } = options;
        const [what, ...more] = saidFacts(options);
        if (what === undefined || more.length > 0)
          throw missing('Say one thing.', 'the options', 'give one of --stop, --not-during, --not-at, --also-in, --disputes');
        const fact: ContactFact = { key, since, until: null, accountIds: await accountIdsOf(engine, account), ...what };
        const isNew = await engine.contacts.note(await personNamed(engine, who), by, fact);
        return { document: { recorded: isNew, key }, lines: [isNew ? `recorded as ${key}` : 'recorded before; nothing changed'] };
      }),
    );
}

function saidFacts({ stop, notDuring, notAt, alsoIn, disputes }: NoteOptions): readonly SaidFact[] {
  return [
    ...(stop === undefined ? [] : [{ kind: 'stop', stop } as const]),
    ...(notDuring === undefined ? [] : [notDuring]),
    ...(notAt === undefined ? [] : [{ kind: 'inconvenientPlace', place: notAt } as const]),
    ...(alsoIn === undefined ? [] : [{ kind: 'otherPlace', ...alsoIn } as const]),
    ...(disputes === undefined ? [] : [{ kind: 'dispute', party: disputes } as const]),
  ];
}

export function endCommand(session: Session): Command {
  return new Command('end')
    .description('what the person said does not count any more: the dispute was verified, the attorney is gone')
    .addArgument(person())
    .addArgument(new Argument('<key>', 'as recourse contact list shows it'))
    .option('--at <moment>', 'now when absent', readInstant)
    .action((who: string, key: string, { at = now() }: { readonly at?: Instant }) =>
      session.ask(async (engine) => {
        const isEnded = await engine.contacts.end(await personNamed(engine, who), key, at);
        if (!isEnded) throw missing('There is no such fact of the person that has not ended.', key, 'recourse contact list shows the keys');
        return { document: { ended: true }, lines: [`ended at ${at}`] };
      }),
    );
}

function said(command: Command): Command {
  return command
    .addArgument(person())
    .requiredOption('--by <name>', 'who heard it')
    .option('--at <moment>', 'when it was said; now when absent', readInstant)
    .option('--key <key>', 'its business key: said again under it, it is one');
}

function readTimes(text: string): NonNullable<NoteOptions['notDuring']> {
  const match = /^([1-7])(?:-([1-7]))? ((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.exec(text);
  const [, first = '', last = first, from = '', to = ''] = match ?? [];
  const days = Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => Number(first) + n);
  if (match === null || days.length === 0 || from >= to)
    throw new InvalidArgumentError('It must be days from 1 (Monday) to 7 and hours, such as "1-5 09:00-17:00".');
  return { kind: 'inconvenientTime', days, from, to };
}

function readPlace(text: string): NonNullable<NoteOptions['alsoIn']> {
  const [, state, postalCode = ''] = /^([A-Z]{2})(?:\/(\d{5}))?$/.exec(text) ?? [];
  if (state === undefined) throw new InvalidArgumentError('It must be a state and, where known, a postal code, such as CA/90001.');
  return { state, postalCode };
}
