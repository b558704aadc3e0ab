import type { FunctionalAcknowledgement, InterchangeAcknowledgement } from '../domain/acknowledgement.ts';
import { elementOf, faultAt, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

const interchangeCodes: readonly InterchangeAcknowledgement['code'][] = ['A', 'E', 'R'];

export function readInterchangeAcknowledgement(ta1: Segment): InterchangeAcknowledgement {
  const code = interchangeCodes.find((known) => known === elementOf(ta1, 4));
  if (code === undefined) throw faultAt(ta1, 'envelope', 4, 'x12.code', 'A, E or R');
  return {
    interchangeControlNumber: requiredOf(ta1, 1, 'envelope'),
    code,
    note: elementOf(ta1, 5),
    place: { offset: ta1.offset, length: ta1.length },
  };
}

/** Reads from after ST to before SE. AK1 and AK9 are required; IK3, IK4 and CTX stay in the raw file. */
export function readFunctionalAcknowledgement(cursor: SegmentCursor, st: Segment): FunctionalAcknowledgement {
  const ak1 = cursor.peekInside();
  if (ak1?.id !== 'AK1') throw faultAt(st, 'header', 1, 'x12.missing', 'AK1 after it');
  cursor.take();
  const transactions: FunctionalAcknowledgement['transactions'][number][] = [];
  let ak9: Segment | null = null;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'AK2') {
      transactions.push(readTransactionResponse(cursor, segment));
      continue;
    }
    cursor.take();
    if (segment.id === 'AK9') ak9 = segment;
  }
  if (ak9 === null) throw faultAt(ak1, 'header', 1, 'x12.missing', 'AK9 in the same transaction set');
  return {
    functionalId: requiredOf(ak1, 1, 'header'),
    groupControlNumber: requiredOf(ak1, 2, 'header'),
    code: requiredOf(ak9, 1, 'trailer'),
    transactions,
    place: cursor.placeFrom(ak1),
  };
}

/** One loop 2000, from AK2 to IK5. */
function readTransactionResponse(cursor: SegmentCursor, ak2: Segment): FunctionalAcknowledgement['transactions'][number] {
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'AK2' || segment.id === 'AK9') break;
    cursor.take();
    if (segment.id === 'IK5')
      return { controlNumber: requiredOf(ak2, 2, '2000'), code: requiredOf(segment, 1, '2000'), place: cursor.placeFrom(ak2) };
  }
  throw faultAt(ak2, '2000', 2, 'x12.missing', 'IK5 in the same loop');
}
