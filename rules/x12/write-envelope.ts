import { DomainError } from '../domain/failures.ts';

/** Who sends what to whom, and under which numbers; the caller has the clock and the numbers. */
export interface OutboundEnvelope {
  readonly senderId: string;
  readonly receiverId: string;
  /** `YYYY-MM-DD` and `HHMM`. */
  readonly date: string;
  readonly time: string;
  /** ISA13 and GS06, at most nine digits. */
  readonly controlNumber: number;
  readonly isTest: boolean;
}

export interface OutboundSet {
  /** GS01: HC claims, HP remittance, FA acknowledgement, HN status, HR status request. */
  readonly functionalId: string;
  readonly transactionSetId: string;
  /** Implementation guide, such as 005010X222A1. */
  readonly version: string;
  /** The segments between ST and SE, element by element. */
  readonly body: readonly (readonly string[])[];
}

const elementSeparator = '*';
const terminator = '~\n';
const delimiters = /[*~^]/;

/** Composites are written with this between their components. */
export const componentSeparator = ':';

/**
 * One interchange with one group and one transaction: ISA padded to its 106 bytes, SE01, GE01 and IEA01 counted here.
 * @throws DomainError `x12.delimiter` when a value contains a delimiter, naming segment and element, never the value.
 */
export function writeInterchange(envelope: OutboundEnvelope, set: OutboundSet): string {
  const control = String(envelope.controlNumber).padStart(9, '0');
  const setControl = '0001';
  const body = [['ST', set.transactionSetId, setControl, set.version], ...set.body];
  const date = envelope.date.replaceAll('-', '');
  const gs = [
    'GS',
    set.functionalId,
    envelope.senderId,
    envelope.receiverId,
    date,
    envelope.time,
    String(envelope.controlNumber),
    'X',
    set.version,
  ];
  const segments = [
    gs,
    ...body,
    ['SE', String(body.length + 1), setControl],
    ['GE', '1', String(envelope.controlNumber)],
    ['IEA', '1', control],
  ];
  return isa(envelope, control) + segments.map(writeSegment).join('');
}

/** A TA1 stands between ISA and IEA without a group. */
export function writeBareInterchange(envelope: OutboundEnvelope, body: readonly (readonly string[])[]): string {
  const control = String(envelope.controlNumber).padStart(9, '0');
  return isa(envelope, control) + [...body, ['IEA', '0', control]].map(writeSegment).join('');
}

function isa(envelope: OutboundEnvelope, control: string): string {
  const fixed = (text: string): string => {
    if (text.length > 15 || delimiters.test(text))
      throw new DomainError('x12.interchange-id', 'an interchange id has at most 15 characters');
    return text.padEnd(15);
  };
  const blanks = ' '.repeat(10);
  const date = envelope.date.replaceAll('-', '').slice(2);
  const ids = ['ZZ', fixed(envelope.senderId), 'ZZ', fixed(envelope.receiverId)];
  const rest = [date, envelope.time, '^', '00501', control, '0', envelope.isTest ? 'T' : 'P', componentSeparator];
  return `${['ISA', '00', blanks, '00', blanks, ...ids, ...rest].join(elementSeparator)}${terminator}`;
}

function writeSegment(elements: readonly string[]): string {
  elements.forEach((value, index) => {
    if (delimiters.test(value))
      throw new DomainError('x12.delimiter', `${elements[0] ?? ''}${String(index).padStart(2, '0')} contains a delimiter of the file`);
  });
  return `${elements.join(elementSeparator).replace(/\*+$/, '')}${terminator}`;
}

/** @throws DomainError `x12.delimiter` when a component contains the component separator. */
export function composite(...parts: readonly string[]): string {
  if (parts.some((part) => part.includes(componentSeparator)))
    throw new DomainError('x12.delimiter', 'a component contains the component separator');
  return parts.join(componentSeparator).replace(/:+$/, '');
}
