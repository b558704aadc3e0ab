import type { Adjustment, AdjustmentGroup } from '../domain/remittance.ts';
import { amountOf, elementCount, elementOf, faultAt, isEmpty, quantityOf, requiredOf, type Segment } from './segment.ts';

const groups: readonly AdjustmentGroup[] = ['CO', 'PR', 'OA', 'PI', 'CR'];

/** The up to six (CARC, amount, quantity) triplets of a CAS; each carries the place of the segment. */
export function readAdjustments(cas: Segment, loop: string): readonly Adjustment[] {
  const adjustments: Adjustment[] = [];
  addAdjustments(adjustments, cas, loop);
  return adjustments;
}

/** As `readAdjustments`, to the end of a list. */
export function addAdjustments(to: Adjustment[], cas: Segment, loop: string): void {
  const text = elementOf(cas, 1);
  const group = groups.find((known) => known === text);
  if (group === undefined) throw faultAt(cas, loop, 1, 'x12.code', `one of ${groups.join(', ')}`);
  const place = { offset: cas.offset, length: cas.length };
  const count = elementCount(cas);
  for (let index = 2; index < count; index += 3) {
    if (isEmpty(cas, index) && isEmpty(cas, index + 1)) continue;
    to.push({
      group,
      carc: requiredOf(cas, index, loop),
      cents: amountOf(cas, index + 1, loop),
      quantity: isEmpty(cas, index + 2) ? undefined : quantityOf(cas, index + 2, loop),
      place,
    });
  }
}
