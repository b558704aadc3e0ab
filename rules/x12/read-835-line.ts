import type { CivilDate } from '../domain/civil-date.ts';
import type { Cents } from '../domain/money.ts';
import type { Adjustment, RemittanceLine } from '../domain/remittance.ts';
import { readAdjustments } from './read-cas.ts';
import { amountOf, componentOf, dateOf, elementOf, nullIfEmpty, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** The first day the line was serviced on is used where the claim has no date of its own. */
type DatedLine = RemittanceLine & { readonly servicedOn: CivilDate | null };

/** Loop 2110, from SVC to before the next SVC, LX, CLP, PLB or SE. `number` is its place among the lines of the claim, from 1. */
export function readRemittanceLine(cursor: SegmentCursor, svc: Segment, number: number): DatedLine {
  const adjustments: Adjustment[] = [];
  const rarcs: string[] = [];
  let controlNumber: string | null = null;
  let allowedCents: Cents | null = null;
  let servicedOn: CivilDate | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (endsLine.has(segment.id)) break;
    cursor.take();
    const qualifier = elementOf(segment, 1);
    if (segment.id === 'CAS') adjustments.push(...readAdjustments(segment, '2110'));
    else if (segment.id === 'REF' && qualifier === '6R') controlNumber = nullIfEmpty(elementOf(segment, 2));
    else if (segment.id === 'AMT' && qualifier === 'B6') allowedCents = amountOf(segment, 2, '2110');
    else if (segment.id === 'LQ' && qualifier === 'HE') rarcs.push(requiredOf(segment, 2, '2110'));
    else if (segment.id === 'DTM' && (qualifier === '472' || qualifier === '150')) servicedOn = dateOf(segment, 2, '2110');
  }
  return {
    number,
    controlNumber,
    ...codesOf(svc),
    chargeCents: amountOf(svc, 2, '2110'),
    paidCents: amountOf(svc, 3, '2110'),
    allowedCents,
    adjustments,
    rarcs,
    place: cursor.placeFrom(svc),
    servicedOn,
  };
}

const endsLine = new Set(['SVC', 'LX', 'CLP', 'PLB']);

/** SVC01 holds a revenue code when its qualifier is NU; a procedure's revenue code stands in SVC04. */
function codesOf(svc: Segment): Pick<RemittanceLine, 'procedureCode' | 'revenueCode'> {
  const code = nullIfEmpty(componentOf(svc, 1, 2));
  if (componentOf(svc, 1, 1) === 'NU') return { procedureCode: null, revenueCode: code };
  return { procedureCode: code, revenueCode: nullIfEmpty(elementOf(svc, 4)) };
}
