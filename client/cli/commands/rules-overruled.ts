import { Command } from 'commander';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { words } from '../../../rules/lifecycle/describe.ts';
import type { OverruledView } from '../../views/people-shapes.ts';
import { table } from '../output.ts';
import { readDate } from '../read-arguments.ts';
import type { Session } from '../session.ts';

export function overruledCommand(session: Session): Command {
  return new Command('overruled')
    .description('the rules that people overrule most, why, and what they do instead')
    .option('--since <date>', 'only since that day', readDate)
    .action(({ since }: { since?: CivilDate }) =>
      session.ask(async ({ reads }) => {
        const rules = await reads.overruled(since ?? null);
        return { document: { rules }, lines: lines(rules) };
      }),
    );
}

function lines(rules: readonly OverruledView[]): readonly string[] {
  if (rules.length === 0) return ['Nobody did otherwise than a rule said.'];
  const rows = rules.map((r) => [r.ruleId, String(r.overrides), String(r.decisions), list(r.reasons), list(r.chosen), r.lastOn]);
  return table(['Rule', 'Overruled', 'Of decisions', 'Why', 'Instead', 'Last'], rows);
}

function list(all: OverruledView['reasons']): string {
  return all.map(({ name, count }) => `${words(name)} ${count}`).join(', ');
}
