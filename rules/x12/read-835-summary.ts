import type { ProviderAdjustment } from '../domain/remittance.ts';
import type { ClaimAmount, ProviderSummary } from '../domain/remittance-details.ts';
import { optionalQuantityOf, refuseOfClaim } from './read-835-parts.ts';
import {
  amountOf,
  amountOrZeroOf,
  componentOf,
  dateOf,
  elementCount,
  elementOf,
  isEmpty,
  placeOf,
  requiredOf,
  type Segment,
  undefinedIfEmpty,
} from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** PLB: up to six pairs of reason (code, reference) and amount. */
export function readProviderAdjustments(cursor: SegmentCursor, plb: Segment): readonly ProviderAdjustment[] {
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    cursor.take();
    refuseOfClaim(segment, 'summary');
  }
  const adjustments: ProviderAdjustment[] = [];
  const place = placeOf(plb);
  const fiscalYearEndsOn = isEmpty(plb, 2) ? undefined : dateOf(plb, 2, 'summary');
  for (let index = 3; index < elementCount(plb); index += 2) {
    if (isEmpty(plb, index) && isEmpty(plb, index + 1)) continue;
    requiredOf(plb, index, 'summary');
    adjustments.push({
      providerId: undefinedIfEmpty(elementOf(plb, 1)),
      fiscalYearEndsOn,
      code: componentOf(plb, index, 1),
      reference: componentOf(plb, index, 2),
      cents: amountOf(plb, index + 1, 'summary'),
      place,
    });
  }
  return adjustments;
}

/** LX with TS3 and TS2, up to the end of the part; null when there is no TS3. */
export function readProviderSummary(cursor: SegmentCursor, lx: Segment): ProviderSummary | null {
  let ts3: Segment | null = null;
  const amounts: ClaimAmount[] = [];
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    cursor.take();
    refuseOfClaim(segment, '2000');
    if (segment.id === 'TS3') {
      ts3 = segment;
      amounts.push(...amountsOf(segment, 13, 22), ...amountsOf(segment, 24, 24));
    } else if (segment.id === 'TS2') amounts.push(...amountsOf(segment, 1, 6), ...amountsOf(segment, 8, 9), ...amountsOf(segment, 17, 19));
  }
  if (ts3 === null) return null;
  return {
    number: elementOf(lx, 1),
    providerId: elementOf(ts3, 1),
    facilityCode: elementOf(ts3, 2),
    fiscalYearEndsOn: isEmpty(ts3, 3) ? undefined : dateOf(ts3, 3, '2000'),
    claimCount: optionalQuantityOf(ts3, 4, '2000') ?? 0,
    chargeCents: amountOrZeroOf(ts3, 5, '2000'),
    amounts,
    place: cursor.placeFrom(lx),
  };
}

/** Of the elements that hold amounts; counts and days between them stay in the raw file. */
function amountsOf(segment: Segment, from: number, to: number): readonly ClaimAmount[] {
  const amounts: ClaimAmount[] = [];
  for (let index = from; index <= to; index++)
    if (!isEmpty(segment, index)) amounts.push({ qualifier: `${segment.id}-${index}`, cents: amountOf(segment, index, '2000') });
  return amounts;
}
