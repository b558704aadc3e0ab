import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { type HoldName, holdNames, type HoldWord, holdWords } from '../../rules/domain/hold.ts';
import { IntakeFault } from '../intake/fault.ts';
import { dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const holdColumns = ['account_number', 'guarantor_id', 'hold', 'says', 'on', 'reference'] as const;

/** A notice about an account or a person, such as one of a bankruptcy court: one of `accountNumber` and `guarantorId` is empty. */
export interface HoldRow {
  readonly accountNumber: string;
  readonly guarantorId: string;
  readonly hold: HoldName;
  readonly says: HoldWord;
  readonly on: CivilDate;
  readonly reference: string;
  readonly offset: number;
}

export function readHoldRows(content: Uint8Array): readonly HoldRow[] {
  return readCsv(content, holdColumns).map((row) => {
    const accountNumber = row.cell('account_number');
    const guarantorId = row.cell('guarantor_id');
    if ((accountNumber === '') === (guarantorId === ''))
      throw new IntakeFault('feed.cell', `row ${row.number}: exactly one of account_number and guarantor_id must be given`, row.offset);
    return {
      accountNumber,
      guarantorId,
      hold: oneOf(row, 'hold', holdNames),
      says: oneOf(row, 'says', holdWords),
      on: dateCell(row, 'on'),
      reference: requiredText(row, 'reference'),
      offset: row.offset,
    };
  });
}
