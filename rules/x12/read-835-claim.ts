import type { CivilDate } from '../domain/civil-date.ts';
import type { RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';
import { withAdjustments } from './read-cas.ts';
import { readInpatientAdjudication, readOutpatientAdjudication, remarksOf } from './read-835-adjudication.ts';
import { readRemittanceLine } from './read-835-line.ts';
import {
  type Growing,
  none,
  notYet,
  optionalQuantityOf,
  readAmount,
  readContact,
  readParty,
  readQuantity,
  readReference,
  withItem,
} from './read-835-parts.ts';
import { amountOf, amountOrZeroOf, dateOf, elementOf, nullIfEmpty, requiredOf, type Segment, undefinedIfEmpty } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

const loop = '2100';

type Draft = Growing<RemittanceClaim>;

const nobody = { last: '', first: '', middle: undefined, suffix: undefined, memberId: '' };

/** Loop 2100, from CLP to the end of the part. */
export function readRemittanceClaim(cursor: SegmentCursor, clp: Segment): RemittanceClaim {
  const lines: RemittanceLine[] = [];
  const claim = draftOf(clp, lines);
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'SVC') {
      lines.push(readRemittanceLine(cursor, segment, lines.length + 1));
      continue;
    }
    cursor.take();
    readSegment(segment, claim);
  }
  claim.servicedFrom ??= firstDayOf(lines);
  if (claim.patient.memberId === '' && claim.subscriber?.id !== undefined)
    claim.patient = { ...claim.patient, memberId: claim.subscriber.id };
  claim.place = cursor.placeFrom(clp);
  return claim;
}

/** What CLP says; the rest of the loop fills the rest. */
function draftOf(clp: Segment, lines: RemittanceLine[]): Draft {
  return {
    submissionKey: requiredOf(clp, 1, loop),
    status: requiredOf(clp, 2, loop),
    chargeCents: amountOf(clp, 3, loop),
    paidCents: amountOf(clp, 4, loop),
    patientResponsibilityCents: amountOrZeroOf(clp, 5, loop),
    filingIndicator: elementOf(clp, 6),
    payerClaimNumber: elementOf(clp, 7),
    facilityCode: undefinedIfEmpty(elementOf(clp, 8)),
    frequency: undefinedIfEmpty(elementOf(clp, 9)),
    drg: undefinedIfEmpty(elementOf(clp, 11)),
    drgWeight: optionalQuantityOf(clp, 12, loop),
    dischargeFraction: optionalQuantityOf(clp, 13, loop),
    adjustments: none,
    rarcs: none,
    inpatient: undefined,
    outpatient: undefined,
    crossoverPayerId: null,
    crossoverPayerName: undefined,
    receivedOn: null,
    servicedFrom: null,
    servicedThrough: undefined,
    coverageExpiredOn: undefined,
    patient: nobody,
    subscriber: undefined,
    corrected: undefined,
    renderingProvider: undefined,
    priorityPayer: undefined,
    otherSubscriber: undefined,
    references: undefined,
    amounts: undefined,
    quantities: undefined,
    contacts: undefined,
    lines,
    place: notYet,
  };
}

function readSegment(segment: Segment, claim: Draft): void {
  switch (segment.id) {
    case 'CAS':
      claim.adjustments = withAdjustments(claim.adjustments, segment, loop);
      return;
    case 'NM1':
      return readName(segment, claim);
    case 'DTM':
      return readDate(segment, claim);
    case 'REF':
      (claim.references ??= []).push(readReference(segment));
      return;
    case 'AMT':
      (claim.amounts ??= []).push(readAmount(segment, loop));
      return;
    case 'QTY':
      (claim.quantities ??= []).push(readQuantity(segment, loop));
      return;
    case 'MIA':
      for (const remark of remarksOf(segment)) claim.rarcs = withItem(claim.rarcs, remark);
      claim.inpatient = readInpatientAdjudication(segment);
      return;
    case 'MOA':
      for (const remark of remarksOf(segment)) claim.rarcs = withItem(claim.rarcs, remark);
      claim.outpatient = readOutpatientAdjudication(segment);
      return;
    case 'PER':
      (claim.contacts ??= []).push(readContact(segment));
      return;
    default:
  }
}

function readName(nm1: Segment, claim: Draft): void {
  switch (elementOf(nm1, 1)) {
    case 'QC':
      claim.patient = readPatient(nm1);
      return;
    case 'IL':
      claim.subscriber = readParty(nm1);
      return;
    case '74':
      claim.corrected = readParty(nm1);
      return;
    case '82':
      claim.renderingProvider = readParty(nm1);
      return;
    case 'TT':
      claim.crossoverPayerId = nullIfEmpty(elementOf(nm1, 9));
      claim.crossoverPayerName = undefinedIfEmpty(elementOf(nm1, 3));
      return;
    case 'PR':
      claim.priorityPayer = readParty(nm1);
      return;
    case 'GB':
      claim.otherSubscriber = readParty(nm1);
      return;
    default:
  }
}

function readPatient(nm1: Segment): RemittanceClaim['patient'] {
  return {
    last: elementOf(nm1, 3),
    first: elementOf(nm1, 4),
    middle: undefinedIfEmpty(elementOf(nm1, 5)),
    suffix: undefinedIfEmpty(elementOf(nm1, 7)),
    memberId: elementOf(nm1, 9),
  };
}

function readDate(dtm: Segment, claim: Draft): void {
  switch (elementOf(dtm, 1)) {
    case '232':
      claim.servicedFrom = dateOf(dtm, 2, loop);
      return;
    case '233':
      claim.servicedThrough = dateOf(dtm, 2, loop);
      return;
    case '050':
      claim.receivedOn = dateOf(dtm, 2, loop);
      return;
    case '036':
      claim.coverageExpiredOn = dateOf(dtm, 2, loop);
      return;
    default:
  }
}

function firstDayOf(lines: readonly RemittanceLine[]): CivilDate | null {
  let first: CivilDate | null = null;
  for (const { servicedOn } of lines) if (servicedOn !== undefined && (first === null || servicedOn < first)) first = servicedOn;
  return first;
}
