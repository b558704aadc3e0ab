import { parseD8 } from '../domain/civil-date.ts';
import type {
  AcknowledgedTransaction,
  FunctionalAcknowledgement,
  InterchangeAcknowledgement,
  SegmentError,
} from '../domain/acknowledgement.ts';
import { acceptedCount, transactionSetIdOf } from './acknowledged-sets.ts';
import { componentOf, elementOf, faultAt, quantityOf, placeOf, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

const interchangeCodes: readonly InterchangeAcknowledgement['code'][] = ['A', 'E', 'R'];

export function readInterchangeAcknowledgement(ta1: Segment): InterchangeAcknowledgement {
  const code = interchangeCodes.find((known) => known === elementOf(ta1, 4));
  if (code === undefined) throw faultAt(ta1, 'envelope', 4, 'x12.code', 'A, E or R');
  const madeOn = parseD8(`20${elementOf(ta1, 2)}`);
  const madeAtTime = elementOf(ta1, 3);
  return {
    interchangeControlNumber: requiredOf(ta1, 1, 'envelope'),
    ...(madeOn === null ? {} : { madeOn }),
    ...(/^\d{4}$/.test(madeAtTime) ? { madeAtTime } : {}),
    code,
    note: elementOf(ta1, 5),
    place: placeOf(ta1),
  };
}

/** Reads from after ST to before SE. AK1 and AK9 are required. */
export function readFunctionalAcknowledgement(cursor: SegmentCursor, st: Segment): FunctionalAcknowledgement {
  const ak1 = cursor.peekInside();
  if (ak1?.id !== 'AK1') throw faultAt(st, 'header', 1, 'x12.missing', 'AK1 after it');
  cursor.take();
  const functionalId = requiredOf(ak1, 1, 'header');
  const transactions: AcknowledgedTransaction[] = [];
  let ak9: Segment | null = null;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'AK2') {
      transactions.push(readTransactionResponse(cursor, segment, functionalId));
      continue;
    }
    cursor.take();
    if (segment.id === 'AK9') ak9 = segment;
  }
  if (ak9 === null) throw faultAt(ak1, 'header', 1, 'x12.missing', 'AK9 in the same transaction set');
  return {
    functionalId,
    groupControlNumber: requiredOf(ak1, 2, 'header'),
    code: requiredOf(ak9, 1, 'trailer'),
    ...versionOf(ak1),
    ...errorCodesOf(ak9, [5, 6, 7, 8, 9]),
    ...countsOf(ak9, transactions),
    transactions,
    place: cursor.placeFrom(ak1),
  };
}

/** AK103 and AK203. */
function versionOf(segment: Segment): { readonly version?: string } {
  const version = elementOf(segment, 3);
  return version === '' ? {} : { version };
}

function errorCodesOf(segment: Segment, indexes: readonly number[]): { readonly errorCodes?: readonly string[] } {
  const errorCodes = indexes.map((index) => elementOf(segment, index)).filter((code) => code !== '');
  return errorCodes.length === 0 ? {} : { errorCodes };
}

function countsOf(ak9: Segment, transactions: readonly AcknowledgedTransaction[]): Pick<FunctionalAcknowledgement, 'counts'> {
  if ([2, 3, 4].some((index) => elementOf(ak9, index) === '')) return {};
  const [included = 0, received = 0, accepted = 0] = [2, 3, 4].map((index) => quantityOf(ak9, index, 'trailer'));
  const isUsual = included === transactions.length && received === included && accepted === acceptedCount(transactions);
  return isUsual ? {} : { counts: { included, received, accepted } };
}

/** One loop 2000, from AK2 to IK5. */
function readTransactionResponse(cursor: SegmentCursor, ak2: Segment, functionalId: string): AcknowledgedTransaction {
  cursor.take();
  const segmentErrors: SegmentError[] = [];
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'AK2' || segment.id === 'AK9') break;
    if (segment.id === 'IK3') {
      segmentErrors.push(readSegmentError(cursor, segment));
      continue;
    }
    cursor.take();
    if (segment.id !== 'IK5') continue;
    const transactionSetId = requiredOf(ak2, 1, '2000');
    return {
      controlNumber: requiredOf(ak2, 2, '2000'),
      code: requiredOf(segment, 1, '2000'),
      ...(transactionSetId === transactionSetIdOf(functionalId) ? {} : { transactionSetId }),
      ...versionOf(ak2),
      ...errorCodesOf(segment, [2, 3, 4, 5, 6]),
      ...(segmentErrors.length === 0 ? {} : { segmentErrors }),
      place: cursor.placeFrom(ak2),
    };
  }
  throw faultAt(ak2, '2000', 2, 'x12.missing', 'IK5 in the same loop');
}

/** Loop 2100: IK3 with the CTX and IK4 that follow it. */
function readSegmentError(cursor: SegmentCursor, ik3: Segment): SegmentError {
  cursor.take();
  const elements: NonNullable<SegmentError['elements']>[number][] = [];
  let submissionKey = '';
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'CTX' && componentOf(segment, 1, 1) === 'CLM01') submissionKey = componentOf(segment, 1, 2);
    else if (segment.id === 'IK4') elements.push(elementErrorOf(segment));
    else if (segment.id !== 'CTX') break;
    cursor.take();
  }
  return {
    segmentId: requiredOf(ik3, 1, '2100'),
    position: quantityOf(ik3, 2, '2100'),
    loop: elementOf(ik3, 3),
    code: elementOf(ik3, 4),
    ...(submissionKey === '' ? {} : { submissionKey }),
    ...(elements.length === 0 ? {} : { elements }),
  };
}

function elementErrorOf(ik4: Segment): NonNullable<SegmentError['elements']>[number] {
  const component = componentOf(ik4, 1, 2);
  const element = componentOf(ik4, 1, 1);
  return { element: component === '' ? element : `${element}-${component}`, code: requiredOf(ik4, 3, '2110') };
}
