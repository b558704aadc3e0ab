import { Command } from 'commander';
import { words } from '../../../rules/lifecycle/describe.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import { proofLine } from '../../../rules/lifecycle/proof-statement.ts';
import type { ProofView } from '../../deadline-proof.ts';
import { isUnreachable } from '../../unreachable.ts';
import { CommandFailure, type ExitCode, exitCode } from '../failure.ts';
import type { Session } from '../session.ts';

/** Its own meaning here: a monitor must tell it from a finding. */
const cannotLook: ExitCode = 2;

const exits = `
Exit codes:
  0  every open deadline has its timer, and nothing disagreed
  1  something disagreed: it was healed, or must be
  2  could not look: the engine, its database or Temporal is away`;

export function proveCommand(session: Session): Command {
  return new Command('prove')
    .description('compare every open deadline with the timer that is armed for it, heal what does not agree, write a signed statement')
    .option('--dry-run', 'change nothing; say what does not agree')
    .option('--by <name>', 'who asks', 'command line')
    .addHelpText('after', exits)
    .action(({ dryRun = false, by }: { dryRun?: boolean; by: string }) =>
      looking(() =>
        session.ask(async ({ deadlines }) => {
          const proof = await deadlines.prove({ by, isDryRun: dryRun });
          return { document: proof, lines: proofLines(proof), exit: proof.found === 0 ? exitCode.done : exitCode.no };
        }),
      ),
    );
}

/** Who asks for a proof must not take "could not look" for "nothing found". */
async function looking(look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!isUnreachable(error) && !(error instanceof DomainError && error.code === 'proof.cannot-look')) throw error;
    throw new CommandFailure({
      exit: cannotLook,
      what: `The deadlines could not be looked at: ${error instanceof Error ? error.message : 'a server is away'}`,
      where: 'the database, Temporal, or the worker of this engine',
      next: 'start it with npm start in another terminal; recourse doctor says what is away',
    });
  }
}

function proofLines(proof: ProofView): readonly string[] {
  const { accounts, folded, found, healed, findings, statement } = proof;
  const lines = findings.map(({ kind, detail, healed: isHealed, accountNumber, accountId }) => {
    return `${isHealed ? '✓ healed' : '✗ found'}: ${accountNumber ?? accountId}: ${words(kind)}: ${detail}`;
  });
  const restored = new Set(
    findings.filter(({ kind }) => kind === 'databaseBehind' || kind === 'unknownAccount').map(({ accountId }) => accountId),
  );
  return [
    `${proof.unarmed === 0 && found === healed ? '✓' : '✗'} ${proofLine(proof)}`,
    `${accounts} open accounts compared, ${folded} projections folded again, ${found} disagreed, ${healed} healed`,
    ...(restored.size === 0
      ? []
      : [`✗ AN OLDER DATABASE WAS RESTORED under ${restored.size} accounts: take in again the files that came since its backup`]),
    ...lines,
    ...(found > findings.length ? [`… and ${found - findings.length} more`] : []),
    ...(statement === null ? ['Dry run: nothing was changed'] : [`Statement ${statement}: recourse deadlines statement --verify`]),
  ];
}
