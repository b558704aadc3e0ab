import type { Trace, WhatIfExample, WhatIfReport } from '../../rules/administration/report.ts';
import { matchedLeafWords } from '../../rules/engine/explain.ts';
import { words } from '../../rules/lifecycle/describe.ts';
import { type Cell, money, moneyCell, section, table } from './output.ts';
import type { WhatIfProgress } from '../what-if.ts';
import type { Session } from './session.ts';

const rowsShown = 20;

/** A what-if as an approver reads it; `--json` has all of it. */
export function whatIfLines(report: WhatIfReport, id: string | null): readonly string[] {
  const { decisions, changed, answered, flows, late, open, rules } = report;
  return [
    `Of ${number(decisions)} decisions ${number(changed.count)} (${money(changed.cents)}) would be won by another rule or answered otherwise; ${number(answered.count)} (${money(answered.cents)}) answered otherwise.`,
    `${number(rules.changed.length)} rules new or changed, ${number(rules.removed.length)} gone, compared with publication ${report.baseNumber}.`,
    ...notYet(report),
    ...section(
      'Changed decisions',
      shortened(
        table(
          ['From', 'To', 'Decisions', 'Dollars'],
          flows
            .slice(0, rowsShown)
            .map((f) => [
              `${f.fromRule} (${words(f.fromAction)})`,
              `${f.toRule} (${words(f.toAction)})`,
              right(f.count),
              moneyCell(f.cents),
            ]),
        ),
        flows.length,
      ),
    ),
    ...section('Where the dollars would have gone', directionTable(report.directions)),
    ...section(
      'Known late: past decisions that a rule in force before its publication would have changed',
      late.inTime.count + late.tooLate.count + late.noWindow.count === 0 ? [] : lateLines(report),
    ),
    ...section('Open accounts', openLines(report)),
    ...section('Where their dollars go', directionTable(open.directions)),
    ...section(
      'Queues',
      table(
        ['Queue', 'Tasks now', 'Tasks then', ''],
        open.queues.map((q) => [q.queue, right(q.before), right(q.after), signed(q.after - q.before)]),
      ),
    ),
    ...section('Dates newly at risk', riskLines(report)),
    ...report.examples.flatMap(exampleLines),
    '',
    id === null ? 'Not stored.' : `Stored as what-if ${id}.`,
  ];
}

function notYet({ rules, askedOn }: WhatIfReport): readonly string[] {
  if (rules.notYetInForce.length === 0) return askedOn === null ? [] : [`Every decision was asked as if made on ${askedOn}.`];
  const named = rules.notYetInForce.slice(0, 5).join(', ');
  return [
    `${rules.notYetInForce.length} changed rules are not in force yet and could not win (${named}): ask again with --as-of and a day on which they are (one that goes by a date of the case waits for such cases).`,
  ];
}

function directionTable(directions: WhatIfReport['directions']): readonly string[] {
  return table(
    ['From', 'To', 'Decisions', 'Dollars'],
    directions.map((d) => [words(d.from), words(d.to), right(d.count), moneyCell(d.cents)]),
  );
}

function lateLines({ late }: WhatIfReport): readonly string[] {
  const sum = ({ count, cents }: { readonly count: number; readonly cents: number }) => `${number(count)} (${money(cents)})`;
  return [
    `${sum(late.inTime)} can still be done, ${sum(late.tooLate)} are too late, ${sum(late.noWindow)} have no known window.`,
    ...table(
      ['Decision', 'Decided on', 'Rule', 'Would have been', 'Dollars', 'Days left'],
      late.list
        .slice(0, rowsShown)
        .map((l) => [l.decisionId, l.decidedOn, l.ruleId, words(l.action), moneyCell(l.amountCents), right(l.daysLeft ?? 0)]),
    ),
  ];
}

function openLines({ open: { accounts, standing, moved, movedList } }: WhatIfReport): readonly string[] {
  return [
    `${number(moved.accounts)} of ${number(accounts)} open accounts would move (${money(moved.cents)}; ${number(standing)} decisions stand): ` +
      `action of ${number(moved.action)}, owner of ${number(moved.owner)}, date of ${number(moved.date)}.`,
    ...table(
      ['Account', 'From', 'To', 'Dollars'],
      movedList.slice(0, rowsShown).map(({ account, from, to, amountCents }) => [account, side(from), side(to), moneyCell(amountCents)]),
    ),
  ];
}

function side({ action, taskQueue, dueOn }: WhatIfReport['open']['movedList'][number]['from']): string {
  return [words(action), ...(taskQueue === null ? [] : [`[${taskQueue}]`]), ...(dueOn === null ? [] : [`by ${dueOn}`])].join(' ');
}

const reasons = { outwaited: 'the draft waits past it', shortened: 'closes earlier', late: 'its safe date is past' };

function riskLines({ open: { atRisk, atRiskList } }: WhatIfReport): readonly string[] {
  if (atRisk.count === 0) return [];
  return [
    `${number(atRisk.count)} (${money(atRisk.cents)})`,
    ...table(
      ['Account', 'What', 'Why', 'Live', 'Draft', 'Dollars'],
      atRiskList
        .slice(0, rowsShown)
        .map((r) => [r.account, words(r.what.replace(/^left\./, '')), reasons[r.why], r.liveOn ?? '', r.draftOn, moneyCell(r.amountCents)]),
    ),
  ];
}

function exampleLines({ account, decisionId, point, asOf, amountCents, live, draft }: WhatIfExample): readonly string[] {
  return section(`Example: account ${account}, ${money(amountCents)}, "${point}" on ${asOf} (${decisionId})`, [
    ...traceLines('Live', live),
    ...traceLines('Draft', draft),
  ]);
}

function traceLines(title: string, { answer, leaves, other }: Trace): readonly string[] {
  return [
    `${title}: ${answer.ruleId} answers ${words(answer.action)}, queue ${answer.queue}; ${other}`,
    ...leaves.map((leaf) => `  ${matchedLeafWords(leaf)}`),
  ];
}

function shortened(lines: readonly string[], total: number): readonly string[] {
  return total > rowsShown ? [...lines, `and ${number(total - rowsShown)} more (--json has them)`] : lines;
}

function signed(value: number): Cell {
  return { content: value > 0 ? `+${value}` : value === 0 ? '' : String(value), hAlign: 'right' };
}

function right(value: number): Cell {
  return { content: number(value), hAlign: 'right' };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

const barLength = 20;

/** A line for every twentieth of the way. */
export function progressOn(session: Session): (progress: WhatIfProgress) => void {
  const startedAt = performance.now();
  let last = '';
  return ({ of, done, total }) => {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const filled = Math.floor(share * barLength);
    if (last === `${of}${filled}`) return;
    last = `${of}${filled}`;
    const perSecond = Math.round((done * 1000) / Math.max(1, performance.now() - startedAt));
    const bar = `[${'#'.repeat(filled)}${'.'.repeat(barLength - filled)}] ${Math.floor(share * 100)}%`;
    const rate = of === 'decisions' ? `, ${perSecond.toLocaleString('en-US')} per second` : '';
    session.progress(`${bar} ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${of}${rate}`);
  };
}
