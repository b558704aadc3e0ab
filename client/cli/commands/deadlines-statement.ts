import { Argument, Command } from 'commander';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import type { Chain } from '../../deadline-proof.ts';
import { statementKeyPath, trustedKeys } from '../../statement-key.ts';
import { exitFor } from '../output.ts';
import { readDate } from '../read-arguments.ts';
import type { Session } from '../session.ts';

interface Given {
  readonly verify?: true;
  readonly key: readonly string[];
}

export function statementCommand(session: Session): Command {
  return new Command('statement')
    .description('what the deadline proofs said, day by day, as it was signed')
    .addArgument(new Argument('[date]', 'of the facility, YYYY-MM-DD; the last day with one when absent').argParser(readDate))
    .option('--verify', 'recompute the chain from its first statement and check every signature; exit 1 where it is broken')
    .option('--key <file...>', 'PEM files of keys whose signatures count; that of this engine when absent', [])
    .action((on: CivilDate | undefined, { verify = false, key }: { verify?: boolean } & Omit<Given, 'verify'>) =>
      session.ask(async ({ deadlines }) => {
        const all = await deadlines.statements(on);
        const day = on ?? all.at(-1)?.on;
        const shown = all.filter((statement) => statement.on === day);
        const keys = (): Parameters<typeof deadlines.verify>[0] =>
          trustedKeys(key.length > 0 ? key : [statementKeyPath(session.terminal.env)]);
        const chain = verify ? await deadlines.verify(keys()) : null;
        const lines = shown.flatMap(({ text, sha256, keyId, signature }) => [
          text,
          `sha256 ${sha256}`,
          `key ${keyId} signature ${signature}`,
          '',
        ]);
        return {
          document: { statements: shown.map(({ foundSha256: _found, ...statement }) => statement), ...(chain === null ? {} : { chain }) },
          lines: [...(shown.length === 0 ? [`No statement${day === undefined ? '' : ` of ${day}`}.`] : lines), ...chainLines(chain)],
          exit: exitFor(shown.length > 0 && (chain === null || chain.faults.length === 0)),
        };
      }),
    );
}

function chainLines(chain: Chain | null): readonly string[] {
  if (chain === null) return [];
  const { statements, faults, keyIds } = chain;
  if (faults.length === 0) return [`✓ ${statements} statements stand as they were signed, by key ${keyIds.join(', ')}`];
  return faults.map((fault) => `✗ ${fault}`);
}
