import { moneyCell, section, table } from '../../cli/output.ts';
import type { PlayedYear } from './play.ts';
import type { Check } from './check.ts';
import type { PayerLine, Reconciliation } from './reconcile.ts';

/** The reconciliation as people read it. */
export function reconciliationLines({ checks, payers, money, ends, leftovers, holds, fingerprint }: Reconciliation): readonly string[] {
  const unmatched = Object.entries(leftovers.unmatchedTasks).map(([kind, count]) => [kind, String(count)]);
  return [
    ...section('Claims out, answers in', table(payerHead, payers.map(payerRow))),
    ...section(
      'Every cent',
      table(
        ['', ''],
        Object.entries(money).map(([what, amount]) => [words(what), moneyCell(amount)]),
      ).slice(1),
    ),
    ...section(
      'Where the accounts stand',
      table(
        ['phase', 'accounts'],
        Object.entries(ends).map(([phase, count]) => [phase, String(count)]),
      ),
    ),
    ...section('Not matched yet', table(['task', 'open'], unmatched)),
    ...section('What must hold', checks.flatMap(checkLines)),
    '',
    `${holds ? '✓ the year reconciles' : '✗ the year does not reconcile'} · files sent: sha256 ${fingerprint.slice(0, 16)}`,
  ];
}

/** `1,234 turns`, and how fast. */
export function figureLine({ counts }: PlayedYear, accounts: number, ms: number): string {
  const seconds = ms / 1000;
  const each = (count: number): string => (count / seconds).toFixed(count > 10 * seconds ? 0 : 1);
  const { turns, commands, files, crashes, retries } = counts;
  const broken = crashes + retries === 0 ? '' : `, ${crashes} crashes, ${retries} retries`;
  const work = turns === 0 ? '' : `, ${turns} turns, ${commands} commands`;
  return `${accounts} accounts${work}, ${files} files in${broken}: ${seconds.toFixed(1)} s, ${each(accounts)} accounts/s, ${each(turns)} turns/s`;
}

const payerHead = ['payer', 'sent', 'rejected', 'adjudicated', 'given up', 'no answer yet', 'paid', 'held', 'unmatched'];

function payerRow(line: PayerLine) {
  const waiting = Object.entries(line.waiting).map(([owner, count]) => `${count} with ${owner}`);
  const counts = [line.sent, line.rejected, line.adjudicated, line.givenUp].map(String);
  return [
    line.payerId,
    ...counts,
    waiting.join(', ') || '0',
    moneyCell(line.paidCents),
    moneyCell(line.heldCents),
    moneyCell(line.unmatchedCents),
  ];
}

function checkLines({ name, holds, says, against }: Check): readonly string[] {
  return [`${holds ? '✓' : '✗'} ${name} (${says})`, ...against.map((finding) => `    ${finding}`)];
}

function words(camel: string): string {
  return camel.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
}
