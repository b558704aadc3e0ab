import { type CivilDate, d8Text } from '../../../rules/domain/civil-date.ts';
import { amountText, type Cents } from '../../../rules/domain/money.ts';
import { SegmentCursor } from '../../../rules/x12/segment-cursor.ts';
import { elementOf, nullIfEmpty } from '../../../rules/x12/segment.ts';
import { type OutboundEnvelope, writeInterchange } from '../../../rules/x12/write-envelope.ts';
import { writeSegment } from '../../../rules/x12/write-segment.ts';

/** A question of a 276: what became of this claim. */
export interface Inquiry {
  readonly payerId: string;
  /** TRN02, echoed. */
  readonly trace: string;
  /** REF*EJ */
  readonly submissionKey: string;
  /** REF*1K */
  readonly payerClaimNumber: string | null;
}

/** One claim of a 277: STC category and status, with what was paid so far. */
export interface StatusAnswer {
  readonly trace: string;
  readonly submissionKey: string;
  readonly payerClaimNumber: string | null;
  readonly category: string;
  readonly status: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
}

/** The questions of a whole file that was read as sound; the transaction sets of other kinds in it ask nothing. */
export function readInquiries(content: string): readonly Inquiry[] {
  const cursor = new SegmentCursor(Buffer.from(content, 'latin1'));
  const inquiries: { payerId: string; trace: string; submissionKey: string; payerClaimNumber: string | null }[] = [];
  let isInquiry = false;
  let payerId = '';
  for (let segment = cursor.peek(); segment !== null; segment = cursor.peek()) {
    cursor.take();
    const [qualifier, value] = [elementOf(segment, 1), elementOf(segment, 2)];
    if (segment.id === 'ST') isInquiry = qualifier === '276';
    if (!isInquiry) continue;
    if (segment.id === 'NM1' && qualifier === 'PR') payerId = elementOf(segment, 9);
    if (segment.id === 'TRN') inquiries.push({ payerId, trace: value, submissionKey: '', payerClaimNumber: null });
    const inquiry = inquiries.at(-1);
    if (inquiry === undefined || segment.id !== 'REF') continue;
    if (qualifier === 'EJ') inquiry.submissionKey = value;
    if (qualifier === '1K') inquiry.payerClaimNumber = nullIfEmpty(value);
  }
  return inquiries;
}

const guide = { functionalId: 'HN', transactionSetId: '277', version: '005010X212' };

/** A 277 of one payer. Names are not its to repeat and stay out. */
export function write277Status(envelope: OutboundEnvelope, answers: readonly StatusAnswer[], on: CivilDate): string {
  return writeInterchange(envelope, guide, [
    writeSegment('BHT', '0010', '08', envelope.interchangeControlNumber, d8Text(on), envelope.sentAtTime, 'DG'),
    writeSegment('HL', '1', '', '20', '1'),
    writeSegment('NM1', 'PR', '2', envelope.senderName, '', '', '', '', 'PI', envelope.senderId),
    writeSegment('HL', '2', '1', '21', '1'),
    writeSegment('NM1', '41', '2', envelope.receiverName, '', '', '', '', '46', envelope.receiverId),
    writeSegment('HL', '3', '2', '19', '1'),
    writeSegment('NM1', '1P', '2'),
    ...answers.flatMap((answer, index) => [
      writeSegment('HL', String(index + 4), '3', '22', '0'),
      writeSegment('NM1', 'IL', '1'),
      writeSegment('TRN', '2', answer.trace),
      writeSegment('STC', [answer.category, answer.status], d8Text(on), '', amountText(answer.chargeCents), amountText(answer.paidCents)),
      ...(answer.payerClaimNumber === null ? [] : [writeSegment('REF', '1K', answer.payerClaimNumber)]),
      writeSegment('REF', 'EJ', answer.submissionKey),
    ]),
  ]);
}
