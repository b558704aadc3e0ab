import type { StatementEntry } from '../../prisma/reads/statements.ts';
import { cents, dollars } from '../../rules/domain/money.ts';

/** `000000123  2026-06-16  $125.50 by 2026-07-11  mail, en  sent` */
export function statementLine({
  number,
  on,
  dueCents,
  payByOn,
  via,
  language,
  languageWanted,
  status,
  returnedOn,
}: StatementEntry): string {
  const how = `${via}, ${language}${languageWanted === null ? '' : ` for ${languageWanted}`}`;
  return `${number}  ${on}  ${dollars(dueCents)} by ${payByOn}  ${how}  ${status}${returnedOn === null ? '' : `, came back ${returnedOn}`}`;
}

export function dueLines(accounts: readonly { readonly accountNumber: string; readonly dueCents: number }[]): readonly string[] {
  return accounts.map(({ accountNumber, dueCents }) => `  ${accountNumber}  ${dollars(cents(dueCents))}`);
}
