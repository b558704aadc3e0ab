import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { type CivilDate, civilDateAt, instant } from '../../../rules/domain/civil-date.ts';
import { RuleSetFault } from '../../../rules/engine/fault.ts';
import { draftFiles } from '../../draft-files.ts';
import type { Engine } from '../../engine.ts';
import { shippedFiles } from '../../knowledge.ts';
import { weighFile } from '../../what-if-file.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { readDate } from '../read-arguments.ts';
import { readable, readableStream } from '../read-file.ts';
import { type Answer, table } from '../output.ts';
import type { Session } from '../session.ts';
import { progressOn, whatIfLines } from '../what-if-lines.ts';

interface Options {
  readonly draft?: readonly string[];
  readonly asOf?: CivilDate;
  readonly decisions?: string;
}

export function whatIfCommand(session: Session): Command {
  const show = new Command('show')
    .description('a what-if made before; the latest ones when none is named')
    .argument('[id]')
    .action((id?: string) => session.ask(({ trials }) => (id === undefined ? listed(trials) : shown(trials, id))));
  return new Command('what-if')
    .description('what a draft of the rules would have changed: every stored decision and every open account, asked of both')
    .option('--draft <paths...>', 'a folder with the whole draft, or files that take the place of the live ones of their name')
    .option('--as-of <date>', 'ask every decision as if made on that day, for rules not in force yet', readDate)
    .option(
      '--decisions <file>',
      'no engine: decisions of this file, one {"id", "asOf", "facts"} a line, and the rules of this clone as live',
    )
    .action(({ draft, asOf, decisions }: Options) => {
      const asked = { draft: checkedPaths(draft), askedOn: asOf ?? null };
      return decisions === undefined ? weigh(session, asked) : weighOffline(session, decisions, asked);
    })
    .addCommand(show);
}

interface Asked {
  readonly draft: readonly string[];
  readonly askedOn: CivilDate | null;
}

function weigh(session: Session, { draft, askedOn }: Asked): Promise<void> {
  return session.ask(async ({ trials }) => {
    const onProgress = progressOn(session);
    const { id, report } = await sound(() =>
      trials.whatIf({ draft: (live) => readable(() => draftFiles(live, draft)), askedOn, onProgress }),
    );
    return { document: { id, report }, lines: whatIfLines(report, id) };
  });
}

async function weighOffline(session: Session, path: string, { draft, askedOn }: Asked): Promise<void> {
  const live = shippedFiles();
  const publishedOn = civilDateAt(instant(new Date().toISOString()), 'UTC');
  const question = { live, draft: readable(() => draftFiles(live, draft)), publishedOn, askedOn };
  const report = await sound(() => readableStream(() => weighFile(path, question)));
  session.say({ document: { id: null, report }, lines: whatIfLines(report, null) });
}

function checkedPaths(paths: readonly string[] | undefined): readonly string[] {
  const missing = paths?.find((path) => !existsSync(path));
  if (paths !== undefined && missing === undefined) return paths;
  const where = missing ?? 'recourse rules what-if';
  const next = 'name its folder or its files: recourse rules what-if --draft PATH…';
  throw new CommandFailure({ exit: exitCode.wrongUsage, what: 'There is no draft to weigh.', where, next });
}

/** A broken draft is weighed by nobody. */
async function sound<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RuleSetFault)) throw error;
    const [first] = error.faults;
    const where = first === undefined ? 'the draft' : `${first.file}#${first.pointer}: ${first.message}`;
    const what = `The draft has ${error.faults.length} faults and cannot be weighed.`;
    throw new CommandFailure({ exit: exitCode.no, what, where, next: 'recourse rules check FILES names them all' });
  }
}

async function listed(trials: Engine['trials']): Promise<Answer> {
  const all = await trials.whatIfs();
  const rows = all.map(({ id, startedAt, baseNumber, contentHash, isFinished }) => {
    return [
      id,
      startedAt.slice(0, 16).replace('T', ' '),
      String(baseNumber),
      contentHash.slice(0, 12),
      isFinished ? 'done' : 'not finished',
    ];
  });
  const lines = rows.length === 0 ? ['No what-if was made yet.'] : table(['Id', 'Started (UTC)', 'Over', 'Draft', ''], rows);
  return { document: { whatIfs: all }, lines };
}

async function shown(trials: Engine['trials'], id: string): Promise<Answer> {
  const found = await trials.whatIfById(id);
  const fail = (what: string, next: string) => new CommandFailure({ exit: exitCode.no, what, where: id, next });
  if (found === null) throw fail('There is no such what-if.', 'recourse rules what-if show lists them');
  if (found.report === null) throw fail('This what-if is not finished.', 'ask it again with the same draft: it goes on where it was ended');
  return { document: { id, report: found.report }, lines: whatIfLines(found.report, id) };
}
