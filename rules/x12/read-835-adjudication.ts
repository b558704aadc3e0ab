import type { Cents } from '../domain/money.ts';
import type { InpatientAdjudication, InpatientAmount, OutpatientAdjudication } from '../domain/remittance-details.ts';
import { inpatientAmounts } from './inpatient-amounts.ts';
import { optionalQuantityOf } from './read-835-parts.ts';
import { amountOf, elementOf, isEmpty, type Segment } from './segment.ts';

const loop = '2100';

/** MIA holds remark codes in 05 and 20 to 23, MOA in 03 to 07. */
export function remarksOf(segment: Segment): readonly string[] {
  const elements = segment.id === 'MIA' ? [5, 20, 21, 22, 23] : [3, 4, 5, 6, 7];
  return elements.map((index) => elementOf(segment, index)).filter((code) => code !== '');
}

/** Undefined when it holds nothing but remarks. */
export function readInpatientAdjudication(mia: Segment): InpatientAdjudication | undefined {
  const amounts: Partial<Record<InpatientAmount, Cents>> = {};
  let isSaid = false;
  for (const [element, amount] of inpatientAmounts) {
    if (isEmpty(mia, element)) continue;
    amounts[amount] = amountOf(mia, element, loop);
    isSaid = true;
  }
  if (!isSaid && [1, 3, 15].every((element) => isEmpty(mia, element))) return undefined;
  return {
    coveredDays: optionalQuantityOf(mia, 1, loop),
    lifetimePsychiatricDays: optionalQuantityOf(mia, 3, loop),
    costReportDays: optionalQuantityOf(mia, 15, loop),
    amounts,
  };
}

/** Undefined when it holds nothing but remarks. */
export function readOutpatientAdjudication(moa: Segment): OutpatientAdjudication | undefined {
  if ([1, 2, 8, 9].every((element) => isEmpty(moa, element))) return undefined;
  return {
    reimbursementRate: optionalQuantityOf(moa, 1, loop),
    hcpcsPayableCents: optionalAmountOf(moa, 2),
    endStageRenalCents: optionalAmountOf(moa, 8),
    nonpayableProfessionalCents: optionalAmountOf(moa, 9),
  };
}

function optionalAmountOf(segment: Segment, index: number): Cents | undefined {
  return isEmpty(segment, index) ? undefined : amountOf(segment, index, loop);
}
