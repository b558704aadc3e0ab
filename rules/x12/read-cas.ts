import type { Adjustment, AdjustmentGroup } from '../domain/remittance.ts';
import { amountOf, elementOf, faultAt, requiredOf, type Segment } from './segment.ts';

const groups: readonly AdjustmentGroup[] = ['CO', 'PR', 'OA', 'PI', 'CR'];

/** The up to six (CARC, amount, quantity) triplets of a CAS; each carries the place of the segment. */
export function readAdjustments(cas: Segment, loop: string): readonly Adjustment[] {
  const group = groups.find((known) => known === elementOf(cas, 1));
  if (group === undefined) throw faultAt(cas, loop, 1, 'x12.code', `one of ${groups.join(', ')}`);
  const place = { offset: cas.offset, length: cas.length };
  const adjustments: Adjustment[] = [];
  for (let index = 2; index < cas.elements.length; index += 3) {
    if (elementOf(cas, index) === '' && elementOf(cas, index + 1) === '') continue;
    adjustments.push({ group, carc: requiredOf(cas, index, loop), cents: amountOf(cas, index + 1, loop), place });
  }
  return adjustments;
}
