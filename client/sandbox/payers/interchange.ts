import { type OutboundEnvelope, writeInterchange } from '../../../rules/x12/write-envelope.ts';
import { writeSegment } from '../../../rules/x12/write-segment.ts';

/** What a receiver can tell of an interchange even when the rest cannot be read. */
export interface Interchange {
  readonly senderId: string;
  readonly receiverId: string;
  /** ISA09 and ISA10, as they came. */
  readonly date: string;
  readonly time: string;
  readonly controlNumber: string;
  /** ISA14 */
  readonly wantsAcknowledgement: boolean;
  /** Of the first GS and ST. */
  readonly group: { readonly functionalId: string; readonly controlNumber: string; readonly transactionControlNumber: string } | null;
}

/** Null when there is not even an ISA of full length with two parties and a number. */
export function readInterchangeHeader(content: string): Interchange | null {
  const text = content.trimStart();
  if (!text.startsWith('ISA') || text.length < 106) return null;
  const separator = text.charAt(3);
  const terminator = text.charAt(105);
  const isa = text.slice(0, 105).split(separator);
  const controlNumber = isa[13] ?? '';
  if (!/^\d{9}$/.test(controlNumber)) return null;
  const segments = text
    .slice(106, 1000)
    .split(terminator)
    .map((segment) => segment.trim().split(separator));
  const gs = segments.find(([id]) => id === 'GS');
  const st = segments.find(([id]) => id === 'ST');
  const groupNumber = gs?.[6] ?? '';
  return {
    senderId: (isa[6] ?? '').trim(),
    receiverId: (isa[8] ?? '').trim(),
    date: isa[9] ?? '',
    time: isa[10] ?? '',
    controlNumber,
    wantsAcknowledgement: isa[14] === '1',
    group: /^\d{1,9}$/.test(groupNumber)
      ? { functionalId: gs?.[1] ?? '', controlNumber: groupNumber, transactionControlNumber: st?.[2] ?? '0001' }
      : null,
  };
}

/** An interchange that holds a TA1 and no group. */
export function writeTa1(
  envelope: OutboundEnvelope,
  about: Pick<Interchange, 'controlNumber' | 'date' | 'time'>,
  { code, note }: { readonly code: 'A' | 'E' | 'R'; readonly note: string },
): string {
  const anyGuide = { functionalId: 'FA', transactionSetId: '999', version: '005010X231A1' };
  const [isa = ''] = writeInterchange(envelope, anyGuide, []).split('\n');
  const ta1 = writeSegment('TA1', about.controlNumber, about.date, about.time, code, note);
  return `${[isa, ta1, writeSegment('IEA', '0', envelope.interchangeControlNumber.padStart(9, '0'))].join('\n')}\n`;
}
