import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import type { Instant } from '../../../rules/domain/civil-date.ts';
import {
  type ContactChannel,
  contactChannels,
  type ContactOutcome,
  contactOutcomes,
  type ContactPlace,
  contactPlaces,
  type ContactPurpose,
  contactPurposes,
  ourselves,
} from '../../../rules/domain/contact.ts';
import type { AskedContact } from '../../contacts.ts';
import type { Engine } from '../../engine.ts';
import { answerLines, ledgerLines } from '../contact-lines.ts';
import { accountIdsOf, missing, now, person, personNamed } from '../contact-person.ts';
import { exitFor } from '../output.ts';
import { readCount, readInstant } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { policiesCommand, reviewCommand, violationsCommand } from './contact-office.ts';
import { consentCommand, endCommand, noteCommand } from './contact-said.ts';

interface AskedOptions {
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  readonly party: string;
  readonly account?: readonly string[];
  readonly at?: Instant;
  readonly automated?: true;
  readonly place: ContactPlace;
  readonly optOut?: true;
  readonly validationNotice?: true;
}

interface TellOptions {
  readonly by: string;
  readonly key?: string;
}

export function contactCommand(session: Session): Command {
  return new Command('contact')
    .description('one contact ledger per person, for us and all vendors: who may be reached, who was, what they said')
    .addCommand(checkCommand(session))
    .addCommand(beginCommand(session))
    .addCommand(outcomeCommand(session))
    .addCommand(addCommand(session))
    .addCommand(listCommand(session))
    .addCommand(consentCommand(session, 'given'))
    .addCommand(consentCommand(session, 'revoked'))
    .addCommand(noteCommand(session))
    .addCommand(endCommand(session))
    .addCommand(violationsCommand(session))
    .addCommand(reviewCommand(session))
    .addCommand(policiesCommand(session));
}

function asking(command: Command): Command {
  return command
    .addArgument(person())
    .addOption(new Option('--channel <channel>').choices(contactChannels).makeOptionMandatory())
    .addOption(new Option('--purpose <purpose>').choices(contactPurposes).makeOptionMandatory())
    .option('--party <party>', '`us`, or the id of a vendor', ourselves)
    .option('--account <account...>', 'what it is about; all of the person when absent')
    .option('--at <moment>', 'with its offset; now when absent', readInstant)
    .option('--automated', 'dialled or sent by a machine; a text always is')
    .addOption(new Option('--place <place>').choices(contactPlaces).default('unknown'))
    .option('--opt-out', 'it says how to get no more of its kind')
    .option('--validation-notice', 'it is or carries the validation notice');
}

function checkCommand(session: Session): Command {
  return asking(
    new Command('check').description('may the person be reached so, then? every rule that refuses, and from when; exit 1 when refused'),
  ).action((name: string, options: AskedOptions) =>
    session.ask(async (engine) => {
      const answer = await engine.contacts.check(await personNamed(engine, name), await askedOf(engine, options));
      return { document: answer, lines: answerLines(answer), exit: exitFor(answer.kind === 'allowed') };
    }),
  );
}

function beginCommand(session: Session): Command {
  return asking(new Command('begin').description('ask, and where it may be record it as begun in the same breath; exit 1 when refused'))
    .requiredOption('--by <name>', 'who makes it')
    .option('--key <key>', 'its business key: begun again under it, it is the same contact')
    .action((name: string, { by, key: given, ...options }: AskedOptions & TellOptions) =>
      session.ask(async (engine) => {
        const key = given ?? `cli:${randomUUID()}`;
        const asked = { key, ...(await askedOf(engine, options)) };
        const answer = await engine.contacts.begin(await personNamed(engine, name), by, asked);
        const next = answer.kind === 'allowed' ? [`  Then: recourse contact outcome ${name} ${key} OUTCOME`] : [];
        return { document: { ...answer, key }, lines: [...answerLines(answer), ...next], exit: exitFor(answer.kind === 'allowed') };
      }),
    );
}

function outcomeCommand(session: Session): Command {
  return new Command('outcome')
    .description('what became of a contact that was begun')
    .addArgument(person())
    .argument('<key>')
    .addArgument(new Argument('<outcome>').choices(contactOutcomes.filter((one) => one !== 'begun')))
    .action((name: string, key: string, outcome: ContactOutcome) =>
      session.ask(async (engine) => {
        const done = await engine.contacts.complete(await personNamed(engine, name), { key, outcome });
        if (done === null)
          throw missing('No contact with this person was begun under that key.', key, 'recourse contact list shows the keys');
        return { document: done, lines: recordedLines(done) };
      }),
    );
}

function addCommand(session: Session): Command {
  return asking(new Command('add').description('record a contact as it was, allowed or not; the same again is one'))
    .requiredOption('--by <name>', 'who says so')
    .addOption(new Option('--outcome <outcome>').choices(contactOutcomes).makeOptionMandatory())
    .addOption(new Option('--direction <direction>').choices(['out', 'in']).default('out'))
    .option('--key <key>', 'its business key')
    .action((name: string, options: AskedOptions & TellOptions & { readonly outcome: ContactOutcome; readonly direction: 'out' | 'in' }) =>
      session.ask(async (engine) => {
        const { by, key = `cli:${randomUUID()}`, outcome, direction } = options;
        const contact = { key, outcome, direction, ...(await askedOf(engine, options)) };
        const done = await engine.contacts.record(await personNamed(engine, name), by, contact);
        return { document: { ...done, key }, lines: recordedLines(done) };
      }),
    );
}

function listCommand(session: Session): Command {
  return new Command('list')
    .description('what we and all vendors did, what the person allowed and what they said')
    .addArgument(person())
    .option('--limit <count>', 'how many contacts', readCount, 100)
    .action((name: string, { limit }: { readonly limit: number }) =>
      session.ask(async (engine) => {
        const ledger = await engine.contacts.ledger(await personNamed(engine, name), limit);
        if (ledger === null) throw missing('There is no such person.', name, 'name an account that has a guarantor');
        return { document: ledger, lines: ledgerLines(ledger) };
      }),
    );
}

function recordedLines({ recorded, violations }: { readonly recorded: string; readonly violations: number }): readonly string[] {
  const said =
    { recorded: 'recorded', completed: 'its outcome is recorded', alreadyRecorded: 'recorded before; nothing changed' }[recorded] ??
    recorded;
  return [said, ...(violations === 0 ? [] : [`! ${violations} against the rules: recourse contact violations`])];
}

async function askedOf(engine: Engine, options: AskedOptions): Promise<AskedContact> {
  const { channel, purpose, party, place, at, account, automated, optOut, validationNotice } = options;
  return {
    channel,
    purpose,
    party,
    place,
    at: at ?? now(),
    accountIds: await accountIdsOf(engine, account ?? []),
    automated: automated === true || channel === 'text',
    offersOptOut: optOut === true,
    validationNotice: validationNotice === true,
  };
}
