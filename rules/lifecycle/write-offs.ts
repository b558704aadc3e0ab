import type { Account, ClaimTrack } from '../domain/account.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import type { Subject } from '../domain/task.ts';
import { payerBucket, standingRemittances } from './balances.ts';
import { subjectKey } from './turn.ts';

/** What we wrote off about this subject and did not take back. */
export function writeOffsAbout(account: Account, subject: Subject): readonly LedgerLine[] {
  const about = subjectKey(subject);
  const keys = new Set(
    account.commands.flatMap(({ command }) =>
      command.kind === 'postWriteOff' && subjectKey(command.subject) === about ? [command.key] : [],
    ),
  );
  const undone = new Set(account.lines.map((line) => line.undoes));
  return account.lines.filter((line) => 'cause' in line.source && keys.has(line.source.cause) && !undone.has(line.id));
}

/** What was written off of a claim because it was never answered, or of denials on which a payer now speaks again: it may be owed after all. */
export function writtenOffBefore(account: Account, claim: ClaimTrack, caseIds: readonly string[]): number {
  const { sequence } = claim;
  const ofClaim = standingRemittances(claim).length > 0 ? [] : writeOffsAbout(account, { kind: 'claim', sequence });
  const ofCases = caseIds.flatMap((caseId) => writeOffsAbout(account, { kind: 'case', sequence, caseId }));
  const bucket = payerBucket(sequence);
  return [...ofClaim, ...ofCases].filter((line) => line.bucket === bucket).reduce((total, line) => total - line.cents, 0);
}
