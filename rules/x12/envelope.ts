import { type CivilDate, parseD8 } from '../domain/civil-date.ts';
import type { Envelope } from '../domain/x12-file.ts';
import type { X12Fault } from './fault.ts';
import { elementOf, faultAt, type Segment } from './segment.ts';

/** What is open of an interchange and of a group. */
export interface Interchange extends Pick<Envelope, 'senderId' | 'receiverId' | 'sentOn' | 'interchangeControlNumber'> {
  /** GS so far; null once a transaction stood outside of a group: then IEA01 has nothing to count. */
  groups: number | null;
}

export interface Group {
  readonly controlNumber: string;
  readonly version: string;
  transactions: number;
}

/** @throws X12Fault when ISA09 is no date */
export function interchangeOf(isa: Segment): Interchange {
  return {
    senderId: elementOf(isa, 6).trim(),
    receiverId: elementOf(isa, 8).trim(),
    sentOn: interchangeDate(isa),
    interchangeControlNumber: elementOf(isa, 13),
    groups: 0,
  };
}

/** Of a transaction, or of a TA1, which has neither group nor number. */
export function envelopeOf(interchange: Interchange, group: Group | null, set: { controlNumber: string; version: string }): Envelope {
  const { senderId, receiverId, sentOn, interchangeControlNumber } = interchange;
  return {
    senderId,
    receiverId,
    sentOn,
    interchangeControlNumber,
    groupControlNumber: group?.controlNumber ?? '',
    transactionControlNumber: set.controlNumber,
    version: set.version,
  };
}

/** ISA09 has two digits for the year. */
function interchangeDate(segment: Segment): CivilDate {
  const date = parseD8(`20${elementOf(segment, 9)}`);
  if (date === null) throw faultAt(segment, 'envelope', 9, 'x12.date', 'a date written YYMMDD');
  return date;
}

/**
 * SE, GE and IEA say in 01 how many parts came before them and repeat in 02 the control number that opened them.
 * @param count null where it cannot be told
 */
export function trailerFaults(trailer: Segment, count: number | null, controlNumber: string): readonly X12Fault[] {
  const faults: X12Fault[] = [];
  if (count !== null && (!/^\d+$/.test(elementOf(trailer, 1)) || Number(elementOf(trailer, 1)) !== count))
    faults.push(faultAt(trailer, 'envelope', 1, 'x12.count', `the count ${count}`));
  if (!isSameNumber(elementOf(trailer, 2), controlNumber))
    faults.push(faultAt(trailer, 'envelope', 2, 'x12.control-number', 'the control number this part was opened with'));
  return faults;
}

function isSameNumber(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && a.replace(/^0+/, '') === b.replace(/^0+/, ''));
}
