import type { FaultReport, FileReport, TransactionReport } from '../edi/file-report.ts';
import { type Cell, money, moneyCell, table } from './output.ts';

/** `recourse edi inspect`: what the file holds, one row per transaction, and everything that is wrong with it. */
export function inspectLines(path: string, report: FileReport): readonly string[] {
  const { bytes, interchanges, groups, transactions } = report;
  return [
    `${path}: ${bytes} bytes, ${interchanges} interchanges, ${groups} groups, ${transactions.length} transactions`,
    '',
    ...table(
      ['Type', 'Version', 'Control', 'Claims', 'Lines', 'Charged', 'Adjusted', 'Paid', 'PLB', 'Check', 'Balances'],
      transactions.map(row),
    ),
    ...troubleLines(report),
  ];
}

/** `recourse edi validate`: one line when nothing is wrong. */
export function validateLines(path: string, report: FileReport): readonly string[] {
  const trouble = troubleLines(report);
  if (trouble.length > 0) return [`✗ ${path}`, ...trouble];
  return [`✓ ${path}: ${report.transactions.length} transactions, no fault, all that can balance balances`];
}

export function isWell({ faults, transactions }: FileReport): boolean {
  return faults.length === 0 && transactions.every((transaction) => transaction.faults.length === 0 && transaction.balanced !== false);
}

/** Not one transaction could be made out, and something is wrong: not X12, or cut off at once. */
export function isUnreadable({ faults, transactions }: FileReport): boolean {
  return faults.length > 0 && transactions.length === 0;
}

function row(transaction: TransactionReport): readonly (string | Cell)[] {
  const { type, version, controlNumber, claims, lines, chargeCents, adjustmentCents, paidCents, plbCents, checkCents, balanced } =
    transaction;
  return [
    type,
    version,
    controlNumber,
    String(claims),
    String(lines),
    moneyOrNothing(chargeCents),
    moneyOrNothing(adjustmentCents),
    moneyOrNothing(paidCents),
    moneyOrNothing(plbCents),
    moneyOrNothing(checkCents),
    balanced === null ? '' : balanced ? 'yes' : 'no',
  ];
}

function moneyOrNothing(amountCents: number | null): string | Cell {
  return amountCents === null ? '' : moneyCell(amountCents);
}

function troubleLines({ faults, transactions }: FileReport): readonly string[] {
  return [
    ...transactions.flatMap(({ type, controlNumber, isComplete, imbalances, faults: own }) => [
      ...own.map((fault) => `✗ ${type} ${controlNumber}: ${faultWords(fault)}`),
      ...imbalances.map(
        ({ level, offset, expectedCents, cameCents }) =>
          `✗ ${type} ${controlNumber}: the ${level} at byte ${offset} does not balance: ${money(expectedCents)} is left, ${money(cameCents)} is said`,
      ),
      ...(isComplete || own.length > 0 ? [] : [`✗ ${type} ${controlNumber}: it does not end`]),
    ]),
    ...faults.map((fault) => `✗ ${faultWords(fault)}`),
  ];
}

function faultWords({ message, code, loop }: FaultReport): string {
  return `${message} (${code}${loop === null ? '' : `, loop ${loop}`})`;
}
