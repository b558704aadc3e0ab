import type { ScreeningResult } from '../../rules/domain/assistance.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const assistanceColumns = ['account_number', 'event', 'on', 'reference'] as const;

/** What the mail room, a portal, a vendor or a screening service says about assistance for an account. */
export type AssistanceRow = { readonly accountNumber: string; readonly on: CivilDate; readonly offset: number } & (
  | { readonly event: 'applied'; readonly applicationId: string }
  | { readonly event: 'screened'; readonly result: ScreeningResult }
);

/** `reference`: of `applied`, the application's number; the same again says that more papers came. */
export function readAssistanceRows(content: Uint8Array): readonly AssistanceRow[] {
  return readCsv(content, assistanceColumns).map((row) => {
    const about = { accountNumber: requiredText(row, 'account_number'), on: dateCell(row, 'on'), offset: row.offset };
    const event = oneOf(row, 'event', ['applied', 'screened-likely', 'screened-unlikely']);
    if (event === 'applied') return { ...about, event, applicationId: requiredText(row, 'reference') };
    return { ...about, event: 'screened', result: event === 'screened-likely' ? 'likely' : 'unlikely' };
  });
}
