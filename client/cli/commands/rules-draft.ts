import { Argument, Command, Option } from 'commander';
import { type DraftDeed, runningPolicies, type RunningPolicy } from '../../../rules/administration/draft.ts';
import type { Instant } from '../../../rules/domain/civil-date.ts';
import type { FilesChecked } from '../../knowledge.ts';
import { readRuleFolder } from '../../rule-folder.ts';
import type { DraftAnswer, PublishAnswer, RuleOffice } from '../../rule-office.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { type Answer, table } from '../output.ts';
import { readCount, readId, readInstant } from '../read-arguments.ts';
import { readable } from '../read-file.ts';
import { draftLines } from '../draft-lines.ts';
import type { Session } from '../session.ts';
import { progressOn, whatIfLines } from '../what-if-lines.ts';

interface DoerOptions {
  readonly by: string;
  readonly revision?: number;
}

export function draftsCommand(session: Session): Command {
  return new Command('drafts')
    .description('changes of the rules on their way, the newest first')
    .option('--all', 'those that were published or withdrawn too')
    .action(({ all }: { all?: true }) =>
      session.ask(async ({ rules }) => {
        const drafts = await rules.drafts(all !== true);
        const rows = drafts.map(({ id, title, status, author, revision }) => [id, status, author, String(revision), title]);
        const lines = rows.length === 0 ? ['No draft is open.'] : table(['Id', 'Status', 'Author', 'Revision', 'Title'], rows);
        return { document: { drafts }, lines };
      }),
    );
}

export function draftCommand(session: Session): Command {
  const draft = new Command('draft').description('one change of the rules: draft, check, submit, a second person approves, publish');
  const begin = [newCommand(session), showCommand(session), saveCommand(session)];
  const commands = [...begin, checkCommand(session), weighCommand(session), planCommand(session)];
  for (const command of [...commands, ...simpleDeeds(session), rejectCommand(session), publishCommand(session)]) draft.addCommand(command);
  return draft;
}

function newCommand(session: Session): Command {
  return new Command('new')
    .description('begin with the live rules, or with those of a folder as recourse rules export writes it; saved even when broken')
    .argument('<title>', 'what it changes and why')
    .requiredOption('--by <name>', 'who does it')
    .option('--from <folder>')
    .action((title: string, { by, from }: { by: string; from?: string }) => {
      const files = from === undefined ? {} : { files: readable(() => readRuleFolder(from)) };
      return session.ask(async ({ rules }) => {
        const made = await rules.create({ title, by, ...files });
        return answered(made === null ? { kind: 'unknown' } : { kind: 'done', draft: made });
      });
    });
}

function showCommand(session: Session): Command {
  return about('show', 'where it stands, and what comes next').action((id: string) =>
    session.ask(async ({ rules }) => {
      const draft = await rules.draft(id);
      return answered(draft === null ? { kind: 'unknown' } : { kind: 'done', draft }, id);
    }),
  );
}

function saveCommand(session: Session): Command {
  return deed('save', 'put the files of a folder in its place')
    .requiredOption('--from <folder>', 'as recourse rules export writes it')
    .action((id: string, { from, ...doer }: DoerOptions & { from: string }) => {
      const files = readable(() => readRuleFolder(from));
      return session.ask(async ({ rules }) => answered(await rules.save(id, files, doerOf(doer)), id));
    });
}

function checkCommand(session: Session): Command {
  return deed('check', 'read it whole, lint it and run the rules’ own tests').action((id: string, doer: DoerOptions) =>
    session.ask(async ({ rules }) => {
      const checked = await rules.check(id, doerOf(doer));
      if (checked === null || checked.answer.kind !== 'done') return answered(checked?.answer ?? { kind: 'unknown' }, id);
      const { report, answer } = checked;
      const exit = report.ok ? exitCode.done : exitCode.no;
      return { document: { report, draft: answer.draft }, lines: [...reportLines(report), ...draftLines(answer.draft)], exit };
    }),
  );
}

function weighCommand(session: Session): Command {
  return deed('weigh', 'what it would change: every stored decision and every open account asked of it and of the live rules').action(
    (id: string, doer: DoerOptions) =>
      session.ask(async ({ rules }) => {
        const { answer, report } = await rules.weigh(id, doerOf(doer), progressOn(session));
        if (answer.kind !== 'done' || report === null) return answered(answer, id);
        const lines = [...whatIfLines(report, answer.draft.whatIf?.reportId ?? null), '', ...draftLines(answer.draft)];
        return { document: { report, draft: answer.draft }, lines };
      }),
  );
}

function reportLines({ ok, faults, warnings, failedTests, tests }: FilesChecked): readonly string[] {
  return [
    ...faults.map(({ file, line, column, check, message }) => `✗ ${file}:${line}:${column} ${check}: ${message}`),
    ...warnings.map(({ file, line, column, check, message }) => `! ${file}:${line}:${column} ${check}: ${message}`),
    ...failedTests.map(({ ruleId, test, failure }) => `✗ ${ruleId}, test "${test}": ${failure ?? ''}`),
    ok ? `✓ ${tests} tests, none failed` : `✗ ${faults.length} faults, ${failedTests.length} failed tests: it may not be published`,
  ];
}

function planCommand(session: Session): Command {
  return deed('plan', 'when it is published, and what it means for accounts that run')
    .addOption(
      new Option('--policy <policy>', 'keepOld: only accounts opened later ask it; nextDecision; now: accounts concerned ask again at once')
        .choices(runningPolicies)
        .makeOptionMandatory(),
    )
    .option('--at <moment>', 'not before that moment, such as 2026-12-01T06:00:00-05:00', readInstant)
    .option('--emergency', 'published by its author alone; somebody else reviews it within days')
    .action((id: string, options: DoerOptions & { policy: RunningPolicy; at?: Instant; emergency?: true }) =>
      session.ask(async ({ rules }) => {
        const { policy, at, emergency } = options;
        const plan: DraftDeed = { kind: 'plan', policy, publishAt: at ?? null, isEmergency: emergency === true };
        return answered(await rules.act(id, plan, doerOf(options)), id);
      }),
    );
}

const simple = {
  rebase: 'put it on the live rules, after others were published',
  submit: 'ask a second person to approve it',
  approve: 'as a second person: it may be published',
  withdraw: 'give it up',
  review: 'as a second person: an emergency was looked at',
} as const;

function simpleDeeds(session: Session): readonly Command[] {
  return (['rebase', 'submit', 'approve', 'withdraw', 'review'] as const).map((kind) =>
    deed(kind, simple[kind]).action((id: string, doer: DoerOptions) =>
      session.ask(async ({ rules }) => acted(rules, { id, deed: { kind }, doer })),
    ),
  );
}

function rejectCommand(session: Session): Command {
  return deed('reject', 'send it back to its author')
    .requiredOption('--why <text>', 'what its author shall change')
    .action((id: string, { why, ...doer }: DoerOptions & { why: string }) =>
      session.ask(async ({ rules }) => acted(rules, { id, deed: { kind: 'reject', why }, doer })),
    );
}

function publishCommand(session: Session): Command {
  return about('publish', 'make it the live rules, at once or when it is planned; the same again changes nothing')
    .requiredOption('--by <name>', 'who does it')
    .action((id: string, { by }: { by: string }) => session.ask(async ({ rules }) => published(await rules.publish(id, by), id)));
}

async function acted(
  rules: RuleOffice,
  { id, deed: what, doer }: { readonly id: string; readonly deed: DraftDeed; readonly doer: DoerOptions },
) {
  return answered(await rules.act(id, what, doerOf(doer)), id);
}

function published(answer: PublishAnswer, id: string): Answer {
  switch (answer.kind) {
    case 'published': {
      const { number, policy, told, settledAt } = answer.publication;
      const news = settledAt === null ? 'the accounts concerned are being told' : `${told} accounts were told`;
      return { document: answer, lines: [`✓ Publication ${number} is live (${policy}); ${news}.`] };
    }
    case 'scheduled':
      return { document: answer, lines: [`✓ It will be live at ${answer.at}.`] };
    case 'underWay':
      return { document: answer, lines: ['✗ It takes longer than usual: ask again, nothing happens twice.'], exit: exitCode.no };
    default:
      return answered(answer, id);
  }
}

function answered(answer: DraftAnswer, id = ''): Answer {
  switch (answer.kind) {
    case 'done':
      return { document: answer.draft, lines: draftLines(answer.draft) };
    case 'refused':
      return { document: answer, lines: [`✗ Refused: ${answer.reason}`], exit: exitCode.no };
    case 'unknown':
      throw new CommandFailure({
        exit: exitCode.no,
        what: 'There is no such draft.',
        where: id,
        next: 'recourse rules drafts --all lists them',
      });
  }
}

function about(name: string, description: string): Command {
  return new Command(name).description(description).addArgument(new Argument('<id>', 'of the draft').argParser(readId));
}

function deed(name: string, description: string): Command {
  return about(name, description)
    .requiredOption('--by <name>', 'who does it')
    .option('--revision <number>', 'the one you saw: refused when somebody changed it since', readCount);
}

function doerOf({ by, revision }: DoerOptions): { readonly by: string; readonly revision: number | null } {
  return { by, revision: revision ?? null };
}
