import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PostalAddress } from '../../rules/domain/claim.ts';
import { dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const returnedMailColumns = [
  'statement',
  'event',
  'on',
  'reason',
  'address_1',
  'address_2',
  'city',
  'state',
  'postal_code',
] as const;

/** What the mail house says of a statement that did not reach the person: it came back, or it was forwarded and this is where they live now. */
export type ReturnedMail = { readonly statement: string; readonly on: CivilDate; readonly offset: number } & (
  | { readonly event: 'returned'; readonly reason: string }
  | { readonly event: 'forwarded'; readonly address: PostalAddress }
);

export function readReturnedMail(content: Uint8Array): readonly ReturnedMail[] {
  return readCsv(content, returnedMailColumns).map((row) => {
    const about = { statement: requiredText(row, 'statement'), on: dateCell(row, 'on'), offset: row.offset };
    if (oneOf(row, 'event', ['returned', 'forwarded']) === 'returned') return { ...about, event: 'returned', reason: row.cell('reason') };
    const address = {
      line1: requiredText(row, 'address_1'),
      line2: row.cell('address_2'),
      city: requiredText(row, 'city'),
      state: requiredText(row, 'state'),
      postalCode: requiredText(row, 'postal_code'),
    };
    return { ...about, event: 'forwarded', address };
  });
}
