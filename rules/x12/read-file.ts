import { type CivilDate, parseD8 } from '../domain/civil-date.ts';
import type { Envelope, X12Transaction } from '../domain/x12-file.ts';
import { readInquiries } from './read-276.ts';
import { readDocumentRequests } from './read-277-rfai.ts';
import { readStatusAnswers } from './read-277-status.ts';
import { readClaimAcknowledgements } from './read-277ca.ts';
import { readRemittance } from './read-835.ts';
import { readClaims } from './read-837.ts';
import { readFunctionalAcknowledgement, readInterchangeAcknowledgement } from './read-999.ts';
import { elementOf, faultAt, type Segment } from './segment.ts';
import { SegmentCursor } from './segment-cursor.ts';

/**
 * Reads a whole X12 file: every transaction of every group of every interchange, in order.
 * All or nothing: a file with any fault that makes it unusable gives nothing.
 * A remittance that does not balance is no fault; see `Remittance.imbalances`.
 * @throws X12Fault
 */
export function readX12File(bytes: Uint8Array): readonly X12Transaction[] {
  const cursor = new SegmentCursor(bytes);
  const transactions: X12Transaction[] = [];
  do readInterchange(cursor, transactions);
  while (cursor.peek() !== null);
  return transactions;
}

function readInterchange(cursor: SegmentCursor, into: X12Transaction[]): void {
  const isa = cursor.takeExpected('ISA');
  const interchange = {
    senderId: elementOf(isa, 6).trim(),
    receiverId: elementOf(isa, 8).trim(),
    sentOn: interchangeDate(isa),
    interchangeControlNumber: elementOf(isa, 13),
  };
  for (let ta1 = cursor.peek(); ta1?.id === 'TA1'; ta1 = cursor.peek()) {
    cursor.take();
    const envelope = { ...interchange, groupControlNumber: '', transactionControlNumber: '', version: '' };
    const acknowledgement = readInterchangeAcknowledgement(ta1);
    into.push({ envelope, place: acknowledgement.place, kind: 'interchange-acknowledgement', acknowledgement });
  }
  let groups = 0;
  for (; cursor.peek()?.id === 'GS'; groups++) readGroup(cursor, interchange, into);
  const iea = cursor.takeExpected('IEA');
  checkTrailer(iea, groups, elementOf(isa, 13));
}

type Interchange = Pick<Envelope, 'senderId' | 'receiverId' | 'sentOn' | 'interchangeControlNumber'>;

function readGroup(cursor: SegmentCursor, interchange: Interchange, into: X12Transaction[]): void {
  const gs = cursor.takeExpected('GS');
  const groupControlNumber = elementOf(gs, 6);
  let sets = 0;
  for (let st = cursor.peek(); st?.id === 'ST'; st = cursor.peek()) {
    cursor.take();
    const transactionControlNumber = elementOf(st, 2);
    const version = elementOf(st, 3) || elementOf(gs, 8);
    const content = readTransaction(cursor, st, version);
    const se = cursor.takeExpected('SE');
    checkTrailer(se, se.number - st.number + 1, transactionControlNumber);
    const envelope = { ...interchange, groupControlNumber, transactionControlNumber, version };
    into.push({ envelope, place: { offset: st.offset, length: se.offset + se.length - st.offset }, ...content });
    sets++;
  }
  const ge = cursor.takeExpected('GE');
  checkTrailer(ge, sets, groupControlNumber);
}

type Content = X12Transaction extends infer Each ? (Each extends unknown ? Omit<Each, 'envelope' | 'place'> : never) : never;

/** ST01 says what it is, the version which guide it follows; sibling versions (A1, A2, A3) are read alike. */
function readTransaction(cursor: SegmentCursor, st: Segment, version: string): Content {
  const transactionSetId = elementOf(st, 1);
  const guide = version.slice(6, 10);
  switch (`${transactionSetId} ${guide}`) {
    case '837 X222':
      return { kind: 'claims', claims: readClaims(cursor, 'professional') };
    case '837 X223':
      return { kind: 'claims', claims: readClaims(cursor, 'institutional') };
    case '835 X221':
      return { kind: 'remittance', remittance: readRemittance(cursor, st) };
    case '999 X231':
      return { kind: 'functional-acknowledgement', acknowledgement: readFunctionalAcknowledgement(cursor, st) };
    case '277 X214':
      return { kind: 'claim-acknowledgements', ...readClaimAcknowledgements(cursor) };
    case '276 X212':
      return { kind: 'claim-inquiries', inquiries: readInquiries(cursor) };
    case '277 X212':
      return { kind: 'claim-statuses', ...readStatusAnswers(cursor) };
    case '277 X213':
    case '277 X313':
      return { kind: 'document-requests', requests: readDocumentRequests(cursor) };
    default:
  }
  let segmentCount = 2;
  for (; cursor.peekInside() !== null; segmentCount++) cursor.take();
  return { kind: 'unknown', transactionSetId, segmentCount };
}

/** SE, GE and IEA say in 01 how many parts came before them and repeat in 02 the control number that opened them. */
function checkTrailer(trailer: Segment, count: number, controlNumber: string): void {
  if (!/^\d+$/.test(elementOf(trailer, 1)) || Number(elementOf(trailer, 1)) !== count)
    throw faultAt(trailer, 'envelope', 1, 'x12.count', `the count ${count}`);
  if (!isSameNumber(elementOf(trailer, 2), controlNumber))
    throw faultAt(trailer, 'envelope', 2, 'x12.control-number', 'the control number this part was opened with');
}

function isSameNumber(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b));
}

/** ISA09 has two digits for the year. */
function interchangeDate(isa: Segment): CivilDate {
  const date = parseD8(`20${elementOf(isa, 9)}`);
  if (date === null) throw faultAt(isa, 'envelope', 9, 'x12.date', 'a date written YYMMDD');
  return date;
}
