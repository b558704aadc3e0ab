import { Argument, Command } from 'commander';
import { words } from '../../../rules/lifecycle/describe.ts';
import type { StoredPublication } from '../../../prisma/reads/rule-publications.ts';
import { writeRuleFolder } from '../../rule-folder.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { money, section, table } from '../output.ts';
import { readCount } from '../read-arguments.ts';
import { readable } from '../read-file.ts';
import { draftLines } from '../draft-lines.ts';
import type { Session } from '../session.ts';
import { draftCommand, draftsCommand } from './rules-draft.ts';

/** What is live, what was, and how it is changed: everything of `recourse rules` that asks the engine. */
export function officeCommands(session: Session): readonly Command[] {
  return [
    liveCommand(session),
    historyCommand(session),
    auditCommand(session),
    exportCommand(session),
    draftCommand(session),
    draftsCommand(session),
    rollbackCommand(session),
    resumeCommand(session),
  ];
}

function liveCommand(session: Session): Command {
  return new Command('live').description('the rules that decide now, and those that their circuit breaker stopped').action(() =>
    session.ask(async ({ rules }) => {
      const live = await rules.live();
      const { publication, paused } = live;
      const stopped = paused.map(({ ruleId, pausedAt, accounts, amountCents, limit }) => {
        const most = `${limit.accounts} accounts or ${money(limit.cents)} in ${limit.windowDays} days`;
        return `✗ ${ruleId}: stopped ${pausedAt} before account ${accounts} (${money(amountCents)}), it may act on ${most}. Next: recourse rules resume ${ruleId} --by NAME`;
      });
      const first = publication === null ? ['No rules were ever published: start the engine once.'] : publicationLines(publication);
      return { document: live, lines: [...first, ...section('Stopped by their circuit breaker', stopped)] };
    }),
  );
}

function publicationLines(publication: StoredPublication): readonly string[] {
  const { number, hash, why, publishedBy, approvedBy, publishedAt, policy, told, settledAt, titles } = publication;
  return [
    `Publication ${number}: ${why}`,
    `Version      ${hash}`,
    `Published    ${publishedAt} by ${publishedBy}${approvedBy === null ? '' : `, approved by ${approvedBy}`}`,
    `Accounts     ${words(policy)}; ${told} told${settledAt === null ? ', not all yet' : ''}`,
    `Rule sets    ${titles.join(', ')}`,
  ];
}

function historyCommand(session: Session): Command {
  return new Command('history').description('every publication of the rules, the latest first').action(() =>
    session.ask(async ({ rules }) => {
      const publications = await rules.publications();
      const rows = publications.map(({ number, publishedAt, publishedBy, approvedBy, policy, told, why, hash }) => {
        const who = approvedBy === null ? publishedBy : `${publishedBy}, approved by ${approvedBy}`;
        return [String(number), publishedAt, who, words(policy), String(told), why, hash.slice(0, 12)];
      });
      return { document: { publications }, lines: table(['No.', 'At', 'By', 'Running accounts', 'Told', 'Why', 'Version'], rows) };
    }),
  );
}

function auditCommand(session: Session): Command {
  return new Command('audit').description('who did what to the rules, and whether that record is as it was written').action(() =>
    session.ask(async ({ rules }) => {
      const entries = await rules.audit();
      const isSound = entries.every((entry) => entry.isSound);
      const rows = entries.map(({ number, at, by, deed, draftId, details, isSound: ok }) => {
        const told = Object.entries(details).map(([name, value]) => `${name} ${String(value).slice(0, 40)}`);
        return [ok ? String(number) : `✗ ${number}`, at, by, deed, draftId ?? '', told.join(', ')];
      });
      const verdict = isSound
        ? `✓ ${entries.length} entries, the chain is whole`
        : '✗ an entry was changed, or one is missing: from ✗ on nothing is proved';
      const lines = [...table(['No.', 'At', 'By', 'Deed', 'Draft', 'Details'], rows), verdict];
      return { document: { isSound, entries }, lines, exit: isSound ? exitCode.done : exitCode.no };
    }),
  );
}

function exportCommand(session: Session): Command {
  return new Command('export')
    .description('write the live rules, or those of a publication, into a folder, byte for byte')
    .argument('<folder>')
    .option('--version <number>', 'of a publication, as recourse rules history shows it', readCount)
    .action((folder: string, { version }: { version?: number }) =>
      session.ask(async ({ rules }) => {
        const files = await rules.files(version ?? null);
        if (files === null) throw noPublication(version ?? 0);
        readable(() => writeRuleFolder(folder, files));
        const count = files.ruleFiles.length;
        return {
          document: { folder, ruleFiles: files.ruleFiles.map(({ name }) => name) },
          lines: [`✓ ${count} rule files and their reference data are in ${folder}`],
        };
      }),
    );
}

function rollbackCommand(session: Session): Command {
  return new Command('rollback')
    .description('begin a draft with the rules of an earlier publication; it takes the way of every draft')
    .addArgument(new Argument('<number>', 'of the publication').argParser(readCount))
    .requiredOption('--by <name>', 'who does it')
    .requiredOption('--why <text>', 'for those who approve it and for the record')
    .action((number: number, options: { by: string; why: string }) =>
      session.ask(async ({ rules }) => {
        const draft = await rules.rollBack(number, options);
        if (draft === null) throw noPublication(number);
        return { document: draft, lines: draftLines(draft) };
      }),
    );
}

function resumeCommand(session: Session): Command {
  return new Command('resume')
    .description('let a rule act again that its circuit breaker stopped; the accounts it held ask it again')
    .argument('<rule>')
    .requiredOption('--by <name>', 'who takes the responsibility')
    .action((ruleId: string, { by }: { by: string }) =>
      session.ask(async ({ rules }) => {
        const resumedAt = await rules.resume(ruleId, by);
        if (resumedAt === null)
          throw new CommandFailure({
            exit: exitCode.no,
            what: 'The circuit breaker never stopped this rule.',
            where: ruleId,
            next: 'recourse rules live names those that are stopped',
          });
        return {
          document: { ruleId, resumedAt },
          lines: [`✓ ${ruleId} acts again since ${resumedAt}; the accounts it held are asking it now.`],
        };
      }),
    );
}

function noPublication(number: number): CommandFailure {
  const next = 'recourse rules history lists what was published';
  return new CommandFailure({ exit: exitCode.no, what: 'There is no such publication.', where: `publication ${number}`, next });
}
