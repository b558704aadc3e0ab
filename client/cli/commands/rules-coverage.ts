import { Command } from 'commander';
import type { CoverageFault, CoverageMap } from '../../../rules/administration/coverage.ts';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { exitFor, money, moneyCell, table } from '../output.ts';
import { readDate } from '../read-arguments.ts';
import type { Session } from '../session.ts';

const faults: Readonly<Record<CoverageFault, string>> = {
  noRule: 'no rule',
  onlyFallback: 'only the fallback',
  equalRules: 'two of equal rank',
};

const rowsShown = 40;

export function coverageCommand(session: Session): Command {
  return new Command('coverage')
    .description('stored denials that the live rules do not answer well, by payer, code and service, in dollars')
    .option('--since <date>', 'only denials of remittances since that day', readDate)
    .action(({ since }: { since?: CivilDate }) =>
      session.ask(async ({ trials }) => {
        const map = await trials.coverage(since ?? null);
        return { document: map, lines: coverageLines(map), exit: exitFor(map.gaps.length === 0) };
      }),
    );
}

function coverageLines({ denials, cents, covered, gaps }: CoverageMap): readonly string[] {
  const rows = gaps.slice(0, rowsShown).map((gap) => {
    const { fault, payerId, carc, group, service, denials: count, cents: amount, witness, detail } = gap;
    return [faults[fault], payerId, `${group}-${carc}`, service, String(count), moneyCell(amount), witness, detail];
  });
  return [
    `${covered.denials} of ${denials} denials (${money(covered.cents)} of ${money(cents)}) are answered by one rule.`,
    ...table(['', 'Payer', 'Denial', 'Service', 'Denials', 'Dollars', 'Account', 'Detail'], rows),
    ...(gaps.length > rowsShown ? [`and ${gaps.length - rowsShown} more combinations (--json has them)`] : []),
  ];
}
