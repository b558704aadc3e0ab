import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { addDays, addMonths, civilDate, type CivilDate } from '../../../rules/domain/civil-date.ts';
import type { PromiseReport } from '../../views/plan-shapes.ts';
import { exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import { type Answer, moneyCell, table } from '../output.ts';
import { readAmount, readDate } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { standing } from '../standing-lines.ts';

interface Promised {
  readonly by: string;
  readonly due: CivilDate;
  readonly note?: string;
  readonly formId?: string;
}

export function promiseCommand(session: Session): Command {
  return new Command('promise')
    .description('take down what a patient promised to pay: nothing is asked for until its day and a few days after')
    .argument('<account>')
    .argument('<amount>', 'dollars', readAmount)
    .requiredOption('--due <date>', 'by when', readDate)
    .requiredOption('--by <name>', 'who takes it down')
    .option('--note <text>', 'in your own words; kept with what you say, never in the account’s history')
    .option('--form-id <uuid>', 'the same again changes nothing and gets the same answer')
    .action((account: string, cents: number, { by, due: dueOn, note, formId = randomUUID() }: Promised) =>
      session.ask(async ({ reads, accounts }): Promise<Answer> => {
        const { id, view } = await findAccount(reads, account);
        const instruction = { do: 'promise', by, cents, dueOn, ...(note === undefined ? {} : { note }) } as const;
        const answer = await accounts.tell(id, { instruction, formId });
        const after = (await reads.account(id))?.view ?? view;
        const reason = answer.kind === 'refused' ? answer.reason : null;
        const document = { kind: answer.kind, formId, account: after, reason };
        if (answer.kind === 'done')
          return { document, lines: [`✓ Account ${view.accountNumber}: the promise is taken (${formId}).`, ...standing(after)] };
        const why = reason ?? (answer.kind === 'notRunning' ? 'the account is closed' : `no answer yet; repeat with --form-id ${formId}`);
        return { document, lines: [`✗ Account ${view.accountNumber}: ${why}`], exit: exitCode.no };
      }),
    );
}

export function reportCommand(session: Session): Command {
  const promises = new Command('promises')
    .description('promises to pay that were due in that time: how many were kept')
    .option('--from <date>', 'three months ago when absent', readDate)
    .option('--to <date>', 'today when absent', readDate)
    .addOption(
      new Option('--per <what>', 'by who took them, or by the month in which they were due').choices(['person', 'month']).default('person'),
    )
    .action(({ per, ...days }: { readonly from?: CivilDate; readonly to?: CivilDate; readonly per: 'person' | 'month' }) =>
      session.ask(async ({ plans }) => {
        const to = days.to ?? (await plans.today());
        const report = await plans.promises({ from: days.from ?? addDays(civilDate(addMonths(to, -3)), 1), to, per });
        return { document: report, lines: reportLines(report) };
      }),
    );
  return new Command('report').description('figures for supervisors and leaders').addCommand(promises);
}

function reportLines({ from, to, total, rows }: PromiseReport): readonly string[] {
  const row = (of: string, one: PromiseReport['total']) => [
    of,
    String(one.made),
    String(one.open),
    String(one.kept),
    String(one.partlyKept),
    String(one.broken),
    one.keptRate === null ? '' : `${(one.keptRate / 100).toFixed(1)} %`,
    moneyCell(one.promisedCents),
    moneyCell(one.paidCents),
  ];
  return [
    `Promises to pay that were due from ${from} to ${to}; the rate is of those that are settled, and one kept in part is not kept.`,
    '',
    ...table(
      ['Of', 'Made', 'Open', 'Kept', 'In part', 'Broken', 'Kept rate', 'Promised', 'Paid'],
      [...rows.map((one) => row(one.of, one)), row('all', total)],
    ),
  ];
}
