import type { Adjustment, AdjustmentGroup } from '../domain/remittance.ts';
import { withItem } from './read-835-parts.ts';
import { amountOf, elementCount, elementOf, faultAt, isEmpty, quantityOf, placeOf, requiredOf, type Segment } from './segment.ts';

/**
 * The up to six (CARC, amount, quantity) triplets of a CAS, each with the place of the segment, added to those read before it: to a new list when
 * there are none.
 */
export function withAdjustments(before: Adjustment[], cas: Segment, loop: string): Adjustment[] {
  const group = groupOf(cas, loop);
  const place = placeOf(cas);
  let adjustments = before;
  for (let index = 2; index < elementCount(cas); index += 3) {
    if (isEmpty(cas, index) && isEmpty(cas, index + 1)) continue;
    adjustments = withItem(adjustments, {
      group,
      carc: requiredOf(cas, index, loop),
      cents: amountOf(cas, index + 1, loop),
      quantity: isEmpty(cas, index + 2) ? undefined : quantityOf(cas, index + 2, loop),
      place,
    });
  }
  return adjustments;
}

function groupOf(cas: Segment, loop: string): AdjustmentGroup {
  const group = elementOf(cas, 1);
  switch (group) {
    case 'CO':
    case 'PR':
    case 'OA':
    case 'PI':
    case 'CR':
      return group;
    default:
      throw faultAt(cas, loop, 1, 'x12.code', 'one of CO, PR, OA, PI, CR');
  }
}
