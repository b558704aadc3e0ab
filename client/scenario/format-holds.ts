import { z } from 'zod';
import type { Arrival } from '../../rules/domain/event.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { holdNames, holdWords } from '../../rules/domain/hold.ts';

/** A row of the holds feed: a notice about an account. */
export const holdArrival = z.strictObject({
  account: z.string(),
  hold: z.enum(holdNames),
  says: z.enum(holdWords).default('placed'),
  reference: z.string().default('NOTICE-1'),
});
export type HoldTold = z.output<typeof holdArrival>;

type HoldReported = Extract<Arrival, { kind: 'holdReported' }>;

/** The feed that brings it, and what it says. */
export function holdFile({ account, hold, says, reference }: HoldTold, on: CivilDate) {
  const body: Omit<HoldReported, 'fileId' | 'offset'> = { kind: 'holdReported', hold, says, on, reference };
  const csv = `account_number,guarantor_id,hold,says,on,reference\n${account},,${hold},${says},${on},${reference}\n`;
  return { kind: 'feed', name: `${on}-${account}-${hold}-${says}-holds.csv`, csv, accountNumber: account, body } as const;
}
