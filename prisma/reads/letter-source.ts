import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf } from '../convert.ts';

/** The remittance that told a denial, as the payer sent it. */
export interface RemittanceNotice {
  /** TRN02 */
  readonly trace: string;
  readonly paidOn: CivilDate;
  /** CLP07 */
  readonly payerClaimNumber: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly fileName: string;
}

export async function readRemittanceNotice(db: Database, remittanceClaimId: string): Promise<RemittanceNotice | null> {
  const row = await db.remittanceClaim.findUnique({
    where: { id: remittanceClaimId },
    include: { remittance: { select: { trace: true, paidOn: true, file: { select: { name: true } } } } },
  });
  if (row === null) return null;
  const { payerClaimNumber, chargeCents, paidCents, remittance } = row;
  const { trace, paidOn, file } = remittance;
  const amounts = { chargeCents: centsOf(chargeCents), paidCents: centsOf(paidCents) };
  return { trace, paidOn: civilOf(paidOn), payerClaimNumber, ...amounts, fileName: file.name };
}
