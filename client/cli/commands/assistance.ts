import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type AssistanceForm,
  type AssistanceTaskKind,
  attemptOutcomes,
  denialReasons,
  type MissingItem,
  missingItems,
  type OralAttempt,
  oralChannels,
} from '../../../rules/domain/assistance.ts';
import type { CivilDate, Instant } from '../../../rules/domain/civil-date.ts';
import type { TaskForm, TaskOutcome } from '../../../rules/domain/task.ts';
import { words } from '../../../rules/lifecycle/describe.ts';
import type { AssistanceView } from '../../views/assistance-shapes.ts';
import { now } from '../contact-person.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import { type Answer, exitFor, money, section } from '../output.ts';
import { readAmount, readCount, readDate, readInstant } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { standing } from '../standing-lines.ts';

interface Said {
  readonly by: string;
  readonly on?: CivilDate;
  readonly note?: string;
  readonly formId?: string;
}

/** `recourse assistance`: an application from its receipt to its decision. */
export function assistanceCommand(session: Session): Command {
  const command = new Command('assistance').description(
    'applications for financial assistance (26 CFR 1.501(r)-6): suspended at once, checked, decided',
  );
  const commands = [
    applyCommand(session),
    missingCommand(session),
    completeCommand(session),
    decideCommand(session),
    toldCommand(session),
    showCommand(session),
  ];
  for (const one of commands) command.addCommand(one);
  return command;
}

function applyCommand(session: Session): Command {
  return new Command('apply')
    .description('an application came, complete or not; collection stops at once. Under a number that is known: more papers came')
    .argument('<account>', 'account number or id')
    .option('--on <date>', 'when it was received; today when absent', readDate)
    .option('--number <text>', 'of the application; made from the day when absent', readNumber)
    .action((name: string, { on, number }: { readonly on?: CivilDate; readonly number?: string }) =>
      session.ask(async ({ reads, assistance }): Promise<Answer> => {
        const { id, view, today } = await findAccount(reads, name);
        const receivedOn = on ?? today;
        if (receivedOn > today) throw usage(`${receivedOn} has not come yet`, `give the day of receipt, ${today} or before`);
        const applicationId = number ?? `FAP-${receivedOn}`;
        const taken = await assistance.apply(id, { accountNumber: view.accountNumber, applicationId, receivedOn });
        const after = (await reads.account(id))?.view ?? view;
        const isWell = taken.outcome === 'stored' || taken.outcome === 'alreadyRead';
        const became =
          taken.outcome === 'alreadyRead'
            ? 'was entered before'
            : taken.outcome === 'stored'
              ? 'is entered'
              : `was refused: ${taken.summary}`;
        const lines = [
          `${isWell ? '✓' : '✗'} Application ${applicationId} of ${receivedOn} for ${view.accountNumber} ${became}.`,
          ...standing(after),
        ];
        return { document: { applicationId, receivedOn, outcome: taken.outcome, account: after }, lines, exit: exitFor(isWell) };
      }),
    );
}

function missingCommand(session: Session): Command {
  return said(new Command('missing').description('it lacks something: the patient is asked for it in writing, with a date'))
    .argument('<account>')
    .requiredOption('--items <list>', `what is missing, of ${missingItems.join(', ')}`, readMissing)
    .action((account: string, o: Said & { readonly items: readonly MissingItem[] }) =>
      end(session, { account, kinds: checking, said: o, outcome: 'incomplete', assistance: { missing: o.items } }),
    );
}

function completeCommand(session: Session): Command {
  return said(new Command('complete').description('nothing is missing: it is decided next'))
    .argument('<account>')
    .action((account: string, o: Said) => end(session, { account, kinds: checking, said: o, outcome: 'complete' }));
}

function decideCommand(session: Session): Command {
  return said(new Command('decide').description('by the policy’s scale from the household, or denied for another reason'))
    .argument('<account>')
    .option('--household <people>', 'how many live in it', readCount)
    .option('--income <dollars>', 'of the household in a year, before tax', readAmount)
    .addOption(
      new Option('--deny <reason>', 'for another reason than income').choices(
        denialReasons.filter((reason) => reason !== 'incomeAboveScale'),
      ),
    )
    .action((account: string, o: Said & Household) => {
      const denial = denialReasons.find((reason) => reason === o.deny);
      if (denial !== undefined && denial !== 'incomeAboveScale')
        return end(session, { account, kinds: ['decideAssistance'], said: o, outcome: 'denied', assistance: { denial } });
      if (o.household === undefined || o.income === undefined)
        throw usage('the household is not known', 'give --household and --income, or --deny');
      const household = { size: o.household, annualIncomeCents: o.income };
      return end(session, { account, kinds: ['decideAssistance'], said: o, outcome: 'decided', assistance: { household } });
    });
}

function toldCommand(session: Session): Command {
  return said(
    new Command('told').description(
      'somebody told the patient of it after the written notice, or tried to; the contact ledger is asked first',
    ),
  )
    .argument('<account>')
    .addOption(new Option('--channel <channel>').choices(oralChannels).default('call'))
    .addOption(new Option('--outcome <outcome>', 'conversation: they were reached').choices(attemptOutcomes).makeOptionMandatory())
    .option('--at <instant>', 'when; now when absent', readInstant)
    .action((account: string, o: Said & Omit<OralAttempt, 'at'> & { readonly at?: Instant }) => {
      const attempt = { channel: o.channel, outcome: o.outcome, at: o.at ?? now() };
      const outcome = o.outcome === 'conversation' ? 'told' : 'attempted';
      return end(session, { account, kinds: ['attemptOralNotice'], said: o, outcome, assistance: { attempt } });
    });
}

interface Household {
  readonly household?: number;
  readonly income?: number;
  readonly deny?: string;
}

const checking: readonly AssistanceTaskKind[] = ['checkApplication', 'awaitApplicationPapers'];

interface Ending {
  readonly account: string;
  readonly kinds: readonly AssistanceTaskKind[];
  readonly said: Said;
  readonly outcome: TaskOutcome;
  readonly assistance?: AssistanceForm;
}

/** Ends the task in which the account waits for this word. */
function end(
  session: Session,
  { account: name, kinds, said: { by, on, note, formId = randomUUID() }, outcome, assistance }: Ending,
): Promise<void> {
  return session.ask(async ({ reads, accounts, assistance: desk }): Promise<Answer> => {
    const named = await findAccount(reads, name);
    const shown = await desk.account(named.view.accountNumber, named.today);
    // An application is of the person: its work is on the account that leads it, whichever of theirs is named.
    const leading = kinds.includes('attemptOralNotice') ? null : (shown?.applications.at(-1)?.ledBy ?? null);
    const { id, view } = leading === null ? named : await findAccount(reads, leading);
    const task = view.tasks.find(({ kind }) => kinds.some((one) => one === kind));
    if (task === undefined)
      throw new CommandFailure({
        exit: exitCode.no,
        what: `Account ${view.accountNumber} waits for no such word: no task ${kinds.join(' or ')} is open.`,
        where: name,
        next: `recourse assistance show ${view.accountNumber} says where its application stands`,
      });
    const form: TaskForm = {
      outcome,
      by,
      ...(on === undefined ? {} : { on }),
      ...(note === undefined ? {} : { note }),
      ...(assistance === undefined ? {} : { assistance }),
    };
    const answer = await accounts.completeTask(id, { taskId: task.id, form, formId });
    const after = (await reads.account(id))?.view ?? view;
    const about = `Account ${view.accountNumber}, application ${words(outcome)}`;
    const reason = answer.kind === 'refused' ? answer.reason : null;
    const document = { kind: answer.kind, formId, account: after, reason };
    if (answer.kind === 'done') return { document, lines: [`✓ ${about}.`, ...standing(after)] };
    const why = reason ?? (answer.kind === 'underWay' ? `no answer yet; repeat with --form-id ${formId}` : 'the account is closed');
    return { document, lines: [`✗ ${about}: ${why}`], exit: exitCode.no };
  });
}

function showCommand(session: Session): Command {
  return new Command('show')
    .description('where an application stands, and what is not allowed before which day')
    .argument('<account>')
    .action((name: string) =>
      session.ask(async ({ reads, assistance }): Promise<Answer> => {
        const { view, today } = await findAccount(reads, name);
        const shown = await assistance.account(view.accountNumber, today);
        if (shown === null) throw usage('the account has no claim yet', 'take its 837 in first');
        return { document: shown, lines: shownLines(shown) };
      }),
    );
}

function shownLines(shown: AssistanceView): readonly string[] {
  const {
    taxExempt,
    applications,
    notices,
    screening,
    applicationPeriodEndsOn: endsOn,
    earliestExtraordinaryActionOn: from,
    refused,
  } = shown;
  return [
    `Account ${shown.accountNumber}; the hospital is ${taxExempt === null ? 'treated as bound by 501(r), nobody has said' : taxExempt ? 'bound by 501(r)' : 'not bound by 501(r)'}.`,
    `Assistance may be applied for ${endsOn === null ? 'at any time: no statement went out' : `until ${endsOn}`}.`,
    `Extraordinary actions ${from === null ? 'are not allowed: a step before them is missing' : `not before ${from}`}.`,
    ...(screening === null ? [] : [`Screening says: ${screening}.`]),
    ...section('Notices', notices),
    ...section(
      'Applications',
      applications.flatMap(({ id, receivedOn, ledBy, status, missing, dueOn, decision }) => [
        `${id} of ${receivedOn}${ledBy === null ? '' : `, led by account ${ledBy}`}: ${words(status)}${missing.length === 0 ? '' : `, missing ${missing.map(words).join(', ')} by ${dueOn ?? ''}`}`,
        ...(decision === null
          ? []
          : [
              `  decided ${decision.on} by ${decision.by}: ${decision.discountPercent} % forgiven, owes ${money(decision.owesCents)}${decision.denial === null ? '' : ` (${words(decision.denial)})`}${decision.validThrough === null ? '' : `; holds for care until ${decision.validThrough}`}`,
            ]),
      ]),
    ),
    ...section(
      'Refused today',
      refused.map(({ action, why }) => `${words(action)}: ${why}`),
    ),
  ];
}

function said(command: Command): Command {
  return command
    .requiredOption('--by <name>', 'who says so')
    .option('--on <date>', 'when it happened; today when absent', readDate)
    .option('--note <text>', 'kept with what you say, never in the account’s history')
    .option('--form-id <uuid>', 'the same again changes nothing and gets the same answer');
}

function readMissing(text: string): readonly MissingItem[] {
  return text.split(',').map((part) => {
    const item = missingItems.find((one) => one === part.trim());
    if (item === undefined) throw new InvalidArgumentError(`"${part.trim()}" is none of ${missingItems.join(', ')}.`);
    return item;
  });
}

function readNumber(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be letters, digits and hyphens, at most 40.');
}

function usage(what: string, next: string): CommandFailure {
  return new CommandFailure({ exit: exitCode.wrongUsage, what, where: 'the command line', next });
}
