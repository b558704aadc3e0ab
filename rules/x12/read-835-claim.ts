import type { CivilDate } from '../domain/civil-date.ts';
import type { Adjustment, RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';
import type {
  ClaimAmount,
  InpatientAdjudication,
  OutpatientAdjudication,
  RemittanceContact,
  RemittanceReference,
  RemittedParty,
} from '../domain/remittance-details.ts';
import { addAdjustments } from './read-cas.ts';
import { readInpatientAdjudication, readOutpatientAdjudication, remarksOf } from './read-835-adjudication.ts';
import { readRemittanceLine } from './read-835-line.ts';
import {
  optionalQuantityOf,
  readAmount,
  readContact,
  readParty,
  readQuantity,
  readReference,
  type ReadQuantity,
} from './read-835-parts.ts';
import { amountOf, amountOrZeroOf, dateOf, elementOf, requiredOf, type Segment, undefinedIfEmpty } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

const loop = '2100';

const unnamed: RemittedParty = { last: '', first: '' };

/** What a claim collects between CLP and its end. */
class Found {
  readonly adjustments: Adjustment[] = [];
  readonly rarcs: string[] = [];
  readonly lines: RemittanceLine[] = [];
  patient = unnamed;
  subscriber: RemittedParty | undefined = undefined;
  corrected: RemittedParty | undefined = undefined;
  renderingProvider: RemittedParty | undefined = undefined;
  crossover = unnamed;
  priorityPayer: RemittedParty | undefined = undefined;
  otherSubscriber: RemittedParty | undefined = undefined;
  inpatient: InpatientAdjudication | undefined = undefined;
  outpatient: OutpatientAdjudication | undefined = undefined;
  receivedOn: CivilDate | null = null;
  servicedFrom: CivilDate | null = null;
  servicedThrough: CivilDate | undefined = undefined;
  coverageExpiredOn: CivilDate | undefined = undefined;
  references: RemittanceReference[] | undefined = undefined;
  amounts: ClaimAmount[] | undefined = undefined;
  quantities: ReadQuantity[] | undefined = undefined;
  contacts: RemittanceContact[] | undefined = undefined;
}

/** Loop 2100, from CLP to the end of the part. */
export function readRemittanceClaim(cursor: SegmentCursor, clp: Segment): RemittanceClaim {
  const found = readBody(cursor);
  const { patient, subscriber, crossover } = found;
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
    adjustments: found.adjustments,
    rarcs: found.rarcs,
    inpatient: found.inpatient,
    outpatient: found.outpatient,
    crossoverPayerId: crossover.id ?? null,
    crossoverPayerName: undefinedIfEmpty(crossover.last),
    receivedOn: found.receivedOn,
    servicedFrom: found.servicedFrom ?? firstDayOf(found.lines),
    servicedThrough: found.servicedThrough,
    coverageExpiredOn: found.coverageExpiredOn,
    patient: {
      last: patient.last,
      first: patient.first,
      middle: patient.middle,
      suffix: patient.suffix,
      memberId: patient.id ?? subscriber?.id ?? '',
    },
    subscriber,
    corrected: found.corrected,
    renderingProvider: found.renderingProvider,
    priorityPayer: found.priorityPayer,
    otherSubscriber: found.otherSubscriber,
    references: found.references,
    amounts: found.amounts,
    quantities: found.quantities,
    contacts: found.contacts,
    lines: found.lines,
    place: cursor.placeFrom(clp),
  };
}

function readBody(cursor: SegmentCursor): Found {
  const found = new Found();
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'SVC') {
      found.lines.push(readRemittanceLine(cursor, segment, found.lines.length + 1));
      continue;
    }
    cursor.take();
    readSegment(segment, found);
  }
  return found;
}

function readSegment(segment: Segment, found: Found): void {
  switch (segment.id) {
    case 'CAS':
      return addAdjustments(found.adjustments, segment, loop);
    case 'NM1':
      return readName(segment, found);
    case 'DTM':
      return readDate(segment, found);
    case 'REF':
      (found.references ??= []).push(readReference(segment));
      return;
    case 'AMT':
      (found.amounts ??= []).push(readAmount(segment, loop));
      return;
    case 'QTY':
      (found.quantities ??= []).push(readQuantity(segment, loop));
      return;
    case 'MIA':
      found.rarcs.push(...remarksOf(segment));
      found.inpatient = readInpatientAdjudication(segment);
      return;
    case 'MOA':
      found.rarcs.push(...remarksOf(segment));
      found.outpatient = readOutpatientAdjudication(segment);
      return;
    case 'PER':
      (found.contacts ??= []).push(readContact(segment));
      return;
    default:
  }
}

function readName(nm1: Segment, found: Found): void {
  switch (elementOf(nm1, 1)) {
    case 'QC':
      found.patient = readParty(nm1);
      return;
    case 'IL':
      found.subscriber = readParty(nm1);
      return;
    case '74':
      found.corrected = readParty(nm1);
      return;
    case '82':
      found.renderingProvider = readParty(nm1);
      return;
    case 'TT':
      found.crossover = readParty(nm1);
      return;
    case 'PR':
      found.priorityPayer = readParty(nm1);
      return;
    case 'GB':
      found.otherSubscriber = readParty(nm1);
      return;
    default:
  }
}

function readDate(dtm: Segment, found: Found): void {
  switch (elementOf(dtm, 1)) {
    case '232':
      found.servicedFrom = dateOf(dtm, 2, loop);
      return;
    case '233':
      found.servicedThrough = dateOf(dtm, 2, loop);
      return;
    case '050':
      found.receivedOn = dateOf(dtm, 2, loop);
      return;
    case '036':
      found.coverageExpiredOn = dateOf(dtm, 2, loop);
      return;
    default:
  }
}

function firstDayOf(lines: readonly RemittanceLine[]): CivilDate | null {
  let first: CivilDate | null = null;
  for (const { servicedOn } of lines) if (servicedOn !== undefined && (first === null || servicedOn < first)) first = servicedOn;
  return first;
}
