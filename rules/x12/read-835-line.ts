import type { RemittanceLine } from '../domain/remittance.ts';
import type { ServiceCode } from '../domain/remittance-details.ts';
import { withAdjustments } from './read-cas.ts';
import { type Growing, none, notYet, optionalQuantityOf, readAmount, readQuantity, readReference, withItem } from './read-835-parts.ts';
import {
  amountOf,
  componentCount,
  componentOf,
  dateOf,
  elementOf,
  isEmpty,
  nullIfEmpty,
  requiredOf,
  type Segment,
  undefinedIfEmpty,
} from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

const loop = '2110';

type Draft = Growing<RemittanceLine>;

/** Loop 2110, from SVC to before the next SVC or the end of the part. `number` is its place among the lines of the claim, from 1. */
export function readRemittanceLine(cursor: SegmentCursor, svc: Segment, number: number): RemittanceLine {
  const line = draftOf(svc, number);
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null && segment.id !== 'SVC'; segment = cursor.peekInside()) {
    cursor.take();
    readSegment(segment, line);
  }
  line.place = cursor.placeFrom(svc);
  return line;
}

/** What SVC says; the rest of the loop fills the rest. */
function draftOf(svc: Segment, number: number): Draft {
  const qualifier = undefinedIfEmpty(componentOf(svc, 1, 1));
  const isRevenue = qualifier === 'NU';
  const code = nullIfEmpty(componentOf(svc, 1, 2));
  return {
    number,
    controlNumber: null,
    procedureQualifier: isRevenue ? undefined : qualifier,
    procedureCode: isRevenue ? null : code,
    modifiers: modifiersOf(svc, 1),
    // SVC01 holds a revenue code when its qualifier is NU; a procedure's revenue code stands in SVC04.
    revenueCode: isRevenue ? code : nullIfEmpty(elementOf(svc, 4)),
    chargeCents: amountOf(svc, 2, loop),
    paidCents: amountOf(svc, 3, loop),
    paidUnits: optionalQuantityOf(svc, 5, loop),
    submitted: submittedOf(svc),
    submittedUnits: optionalQuantityOf(svc, 7, loop),
    servicedOn: undefined,
    servicedThrough: undefined,
    allowedCents: null,
    adjustments: none,
    rarcs: none,
    pharmacyRejects: undefined,
    references: undefined,
    amounts: undefined,
    quantities: undefined,
    place: notYet,
  };
}

function readSegment(segment: Segment, line: Draft): void {
  switch (segment.id) {
    case 'CAS':
      line.adjustments = withAdjustments(line.adjustments, segment, loop);
      return;
    case 'DTM':
      return readDate(segment, line);
    case 'REF':
      return readReferenceOf(segment, line);
    case 'AMT':
      return readAmountOf(segment, line);
    case 'LQ':
      return readRemark(segment, line);
    case 'QTY':
      (line.quantities ??= []).push(readQuantity(segment, loop));
      return;
    default:
  }
}

function readReferenceOf(ref: Segment, line: Draft): void {
  if (elementOf(ref, 1) === '6R') line.controlNumber = nullIfEmpty(elementOf(ref, 2));
  else (line.references ??= []).push(readReference(ref));
}

function readAmountOf(amt: Segment, line: Draft): void {
  if (elementOf(amt, 1) === 'B6') line.allowedCents = amountOf(amt, 2, loop);
  else (line.amounts ??= []).push(readAmount(amt, loop));
}

function readRemark(lq: Segment, line: Draft): void {
  const list = elementOf(lq, 1);
  if (list === 'HE') line.rarcs = withItem(line.rarcs, requiredOf(lq, 2, loop));
  else if (list === 'RX') (line.pharmacyRejects ??= []).push(requiredOf(lq, 2, loop));
}

/** 472 a day, 150 and 151 the first and last of several. */
function readDate(dtm: Segment, line: Draft): void {
  const qualifier = elementOf(dtm, 1);
  if (qualifier === '472' || qualifier === '150') line.servicedOn = dateOf(dtm, 2, loop);
  else if (qualifier === '151') line.servicedThrough = dateOf(dtm, 2, loop);
}

function modifiersOf(svc: Segment, element: number): string[] | undefined {
  if (componentCount(svc, element) < 3) return undefined;
  let modifiers: string[] | undefined;
  for (let part = 3; part <= 6; part++) {
    const modifier = componentOf(svc, element, part);
    if (modifier !== '') (modifiers ??= []).push(modifier);
  }
  return modifiers;
}

function submittedOf(svc: Segment): ServiceCode | undefined {
  if (isEmpty(svc, 6)) return undefined;
  return { qualifier: componentOf(svc, 6, 1), code: componentOf(svc, 6, 2), modifiers: modifiersOf(svc, 6) ?? none };
}
