import { type CivilDate, d8Text } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { writeSegment } from './write-segment.ts';

/** Who sends to whom, when and under which control numbers: one interchange with one group with one transaction set. */
export interface OutboundEnvelope {
  /** ISA06 and GS02, at most 15 characters. */
  readonly senderId: string;
  /** ISA05; ZZ when it is not given. */
  readonly senderQualifier?: string;
  readonly senderName: string;
  /** Ten digits, for PER of the submitter. */
  readonly senderPhone: string;
  /** ISA08 and GS03, at most 15 characters. */
  readonly receiverId: string;
  /** ISA07; ZZ when it is not given. */
  readonly receiverQualifier?: string;
  readonly receiverName: string;
  readonly sentOn: CivilDate;
  /** HHMM */
  readonly sentAtTime: string;
  /** Digits; ISA13 is padded to nine. */
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  readonly transactionControlNumber: string;
  /** ISA15: T test, P production. */
  readonly usage: 'T' | 'P';
}

interface Guide {
  /** GS01 */
  readonly functionalId: string;
  /** ST01 */
  readonly transactionSetId: string;
  /** GS08, and ST03 except in an 835 */
  readonly version: string;
}

/** Wraps the segments between ST and SE; one segment per line. Counts and control numbers of the trailers are made here. */
export function writeInterchange(envelope: OutboundEnvelope, guide: Guide, body: readonly string[]): string {
  return writeWhole(envelope, [], writeGroup(envelope, guide, body));
}

/** An interchange with `first` between ISA and the group, or without any group. */
export function writeWhole(envelope: OutboundEnvelope, first: readonly string[], group: readonly string[]): string {
  const trailer = writeSegment('IEA', group.length === 0 ? '0' : '1', interchangeNumber(envelope));
  return `${[interchangeHeader(envelope), ...first, ...group, trailer].join('\n')}\n`;
}

/** From GS to GE: one group with one transaction set. */
export function writeGroup(envelope: OutboundEnvelope, guide: Guide, body: readonly string[]): readonly string[] {
  const { senderId, receiverId, sentAtTime, groupControlNumber, transactionControlNumber } = envelope;
  const { functionalId, transactionSetId, version } = guide;
  if (!/^[1-9]\d{0,8}$/.test(groupControlNumber)) throw refusal('the group control number must have 1 to 9 digits without leading zeros');
  if (!/^[A-Za-z0-9]{4,9}$/.test(transactionControlNumber)) throw refusal('the transaction control number must have 4 to 9 characters');
  const header = [functionalId, senderId, receiverId, d8Text(envelope.sentOn), sentAtTime, groupControlNumber, 'X', version];
  return [
    writeSegment('GS', ...header),
    writeSegment('ST', transactionSetId, transactionControlNumber, transactionSetId === '835' ? '' : version),
    ...body,
    writeSegment('SE', String(body.length + 2), transactionControlNumber),
    writeSegment('GE', '1', groupControlNumber),
  ];
}

/** ISA is the one segment of fixed width, and the one that holds the delimiters themselves. */
function interchangeHeader(envelope: OutboundEnvelope): string {
  const blank = ' '.repeat(10);
  const ids = [
    partnerQualifier(envelope.senderQualifier),
    partnerId(envelope.senderId),
    partnerQualifier(envelope.receiverQualifier),
    partnerId(envelope.receiverId),
  ];
  // Only to refuse delimiters: here a blank at an end counts.
  writeSegment('ISA', ...ids);
  if (!/^\d{4}$/.test(envelope.sentAtTime)) throw refusal('the time must be written HHMM');
  const moment = `${d8Text(envelope.sentOn).slice(2)}*${envelope.sentAtTime}`;
  return `ISA*00*${blank}*00*${blank}*${ids.join('*')}*${moment}*^*00501*${interchangeNumber(envelope)}*0*${envelope.usage}*:~`;
}

function partnerQualifier(qualifier = 'ZZ'): string {
  if (!/^[A-Z0-9]{2}$/.test(qualifier)) throw refusal('the qualifier of an id must have 2 characters');
  return qualifier;
}

function partnerId(id: string): string {
  if (id === '' || id.length > 15) throw refusal('the ids of sender and receiver must have 1 to 15 characters');
  return id.padEnd(15);
}

function interchangeNumber({ interchangeControlNumber }: OutboundEnvelope): string {
  if (!/^\d{1,9}$/.test(interchangeControlNumber)) throw refusal('the interchange control number must have 1 to 9 digits');
  return interchangeControlNumber.padStart(9, '0');
}

function refusal(message: string): DomainError {
  return new DomainError('x12.envelope', message);
}
