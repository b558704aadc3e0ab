import { Command } from 'commander';
import { Explainer } from '../../edi/explain.ts';
import { type FileReport, FileReporter } from '../../edi/file-report.ts';
import { readEdi } from '../../edi/read-edi.ts';
import { loadCategories } from '../../knowledge.ts';
import { inspectLines, isUnreadable, isWell, validateLines } from '../edi-lines.ts';
import { type ExitCode, exitCode } from '../failure.ts';
import { readableStream } from '../read-file.ts';
import type { Session } from '../session.ts';

const exits = '\nExits with 0 when the file is clean, 1 when it has faults or does not balance, 2 when nothing in it can be read.';

/** X12 files looked at offline: nothing is stored, no engine is needed. */
export function ediCommand(session: Session): Command {
  return new Command('edi')
    .description('look at X12 files offline: nothing is stored')
    .addCommand(
      new Command('inspect')
        .description('envelopes, transactions, counts, totals, balance, and faults with their positions')
        .argument('<file>')
        .addHelpText('after', exits)
        .action(async (path: string) => {
          const report = await reportOf(path);
          session.say({ document: { ok: isWell(report), file: path, ...report }, lines: inspectLines(path, report), exit: exitOf(report) });
        }),
    )
    .addCommand(
      new Command('explain')
        .description('a remittance in words: per claim what was charged, paid, adjusted and why, and what is denied')
        .argument('<file>')
        .addHelpText('after', exits)
        .action((path: string) => explain(path, session)),
    )
    .addCommand(
      new Command('validate')
        .description('only what is wrong, file by file')
        .argument('<files...>')
        .addHelpText('after', exits)
        .action(async (paths: readonly string[]) => {
          const reports: { readonly file: string; readonly report: FileReport }[] = [];
          for (const file of paths) reports.push({ file, report: await reportOf(file) });
          const exit = Math.max(...reports.map(({ report }) => exitOf(report)));
          session.say({
            document: { ok: exit === exitCode.done, files: reports.map(({ file, report }) => ({ ok: isWell(report), file, ...report })) },
            lines: reports.flatMap(({ file, report }) => validateLines(file, report)),
            exit: exit === 0 ? exitCode.done : exit === 1 ? exitCode.no : exitCode.wrongUsage,
          });
        }),
    );
}

async function reportOf(path: string): Promise<FileReport> {
  const reporter = new FileReporter();
  return reporter.report(await readableStream(() => readEdi(path, (event) => reporter.take(event))));
}

/** Lines go out as they are read: a remittance may hold more claims than fit in memory. */
async function explain(path: string, session: Session): Promise<void> {
  const explainer = new Explainer(loadCategories());
  const reporter = new FileReporter();
  const lines: string[] = [];
  const bytes = await readableStream(() =>
    readEdi(path, (event) => {
      reporter.take(event);
      const said = explainer.linesOf(event);
      if (session.isJson) lines.push(...said);
      else if (said.length > 0) session.terminal.out(`${said.join('\n')}\n`);
    }),
  );
  const report = reporter.report(bytes);
  session.say({ document: { ok: isWell(report), file: path, lines, ...report }, lines: [], exit: exitOf(report) });
}

function exitOf(report: FileReport): ExitCode {
  if (isUnreadable(report)) return exitCode.wrongUsage;
  return isWell(report) ? exitCode.done : exitCode.no;
}
