import type { CivilDate } from '../domain/civil-date.ts';
import type { Cents } from '../domain/money.ts';
import type { Adjustment, RemittanceLine } from '../domain/remittance.ts';
import type { ClaimAmount, RemittanceReference, ServiceCode } from '../domain/remittance-details.ts';
import { addAdjustments } from './read-cas.ts';
import { optionalQuantityOf, type ReadQuantity, readQuantity } from './read-835-parts.ts';
import { amountOf, componentOf, dateOf, elementOf, isEmpty, nullIfEmpty, requiredOf, type Segment, undefinedIfEmpty } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

const loop = '2110';

/** What a line collects: most lines have nothing of most of it. */
interface Found {
  controlNumber: string | null;
  allowedCents: Cents | null;
  servicedOn: CivilDate | undefined;
  servicedThrough: CivilDate | undefined;
  adjustments: Adjustment[] | null;
  rarcs: string[] | null;
  pharmacyRejects: string[] | undefined;
  references: RemittanceReference[] | undefined;
  amounts: ClaimAmount[] | undefined;
  quantities: ReadQuantity[] | undefined;
}

const noAdjustments: readonly Adjustment[] = [];
const noCodes: readonly string[] = [];

/** Loop 2110, from SVC to before the next SVC, LX, CLP, PLB or SE. `number` is its place among the lines of the claim, from 1. */
export function readRemittanceLine(cursor: SegmentCursor, svc: Segment, number: number): RemittanceLine {
  const found = readBody(cursor);
  const isRevenue = componentOf(svc, 1, 1) === 'NU';
  const code = nullIfEmpty(componentOf(svc, 1, 2));
  return {
    number,
    controlNumber: found.controlNumber,
    procedureQualifier: isRevenue ? undefined : undefinedIfEmpty(componentOf(svc, 1, 1)),
    procedureCode: isRevenue ? null : code,
    modifiers: modifiersOf(svc, 1),
    // SVC01 holds a revenue code when its qualifier is NU; a procedure's revenue code stands in SVC04.
    revenueCode: isRevenue ? code : nullIfEmpty(elementOf(svc, 4)),
    chargeCents: amountOf(svc, 2, loop),
    paidCents: amountOf(svc, 3, loop),
    paidUnits: optionalQuantityOf(svc, 5, loop),
    submitted: submittedOf(svc),
    submittedUnits: optionalQuantityOf(svc, 7, loop),
    servicedOn: found.servicedOn,
    servicedThrough: found.servicedThrough,
    allowedCents: found.allowedCents,
    adjustments: found.adjustments ?? noAdjustments,
    rarcs: found.rarcs ?? noCodes,
    pharmacyRejects: found.pharmacyRejects,
    references: found.references,
    amounts: found.amounts,
    quantities: found.quantities,
    place: cursor.placeFrom(svc),
  };
}

function readBody(cursor: SegmentCursor): Found {
  const found: Found = {
    controlNumber: null,
    allowedCents: null,
    servicedOn: undefined,
    servicedThrough: undefined,
    adjustments: null,
    rarcs: null,
    pharmacyRejects: undefined,
    references: undefined,
    amounts: undefined,
    quantities: undefined,
  };
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null && segment.id !== 'SVC'; segment = cursor.peekInside()) {
    cursor.take();
    switch (segment.id) {
      case 'CAS':
        addAdjustments((found.adjustments ??= []), segment, loop);
        break;
      case 'DTM':
        readDate(segment, found);
        break;
      case 'REF':
        if (elementOf(segment, 1) === '6R') found.controlNumber = nullIfEmpty(elementOf(segment, 2));
        else (found.references ??= []).push({ qualifier: elementOf(segment, 1), value: elementOf(segment, 2) });
        break;
      case 'AMT':
        if (elementOf(segment, 1) === 'B6') found.allowedCents = amountOf(segment, 2, loop);
        else (found.amounts ??= []).push({ qualifier: elementOf(segment, 1), cents: amountOf(segment, 2, loop) });
        break;
      case 'LQ':
        if (elementOf(segment, 1) === 'HE') (found.rarcs ??= []).push(requiredOf(segment, 2, loop));
        else if (elementOf(segment, 1) === 'RX') (found.pharmacyRejects ??= []).push(requiredOf(segment, 2, loop));
        break;
      case 'QTY':
        (found.quantities ??= []).push(readQuantity(segment, loop));
        break;
      default:
    }
  }
  return found;
}

/** 472 a day, 150 and 151 the first and last of several. */
function readDate(dtm: Segment, found: Found): void {
  const qualifier = elementOf(dtm, 1);
  if (qualifier === '472' || qualifier === '150') found.servicedOn = dateOf(dtm, 2, loop);
  else if (qualifier === '151') found.servicedThrough = dateOf(dtm, 2, loop);
}

function modifiersOf(svc: Segment, element: number): string[] | undefined {
  let modifiers: string[] | undefined;
  for (let part = 3; part <= 6; part++) {
    const modifier = componentOf(svc, element, part);
    if (modifier !== '') (modifiers ??= []).push(modifier);
  }
  return modifiers;
}

function submittedOf(svc: Segment): ServiceCode | undefined {
  if (isEmpty(svc, 6)) return undefined;
  return { qualifier: componentOf(svc, 6, 1), code: componentOf(svc, 6, 2), modifiers: modifiersOf(svc, 6) ?? noCodes };
}
