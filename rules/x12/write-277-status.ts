import type { ClaimStatusAnswer, ReportedStatus } from '../domain/claim-status.ts';
import { d8Text } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { amountText, type Cents } from '../domain/money.ts';
import type { WithoutPlace } from './without-place.ts';
import { optionalD8, statusComposites, writeIdentifiers, writeServiced, writeStatusLevels, writeStatusLine } from './write-277-levels.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'HN', transactionSetId: '277', version: '005010X212' };

/** The answers of a payer to a 276; who asked is the receiver of the envelope. */
export function write277Status(envelope: OutboundEnvelope, answers: readonly WithoutPlace<ClaimStatusAnswer>[]): string {
  if (answers.length === 0) throw new DomainError('x12.empty', 'a 277 needs at least one answer');
  const date = d8Text(envelope.sentOn);
  const header = writeSegment('BHT', '0010', '08', envelope.interchangeControlNumber, date, envelope.sentAtTime, 'DG');
  const parts = answers.map((answer) => ({ parties: answer, birth: [], claim: writeAnswer(answer) }));
  const receiver = { senderId: envelope.receiverId, senderName: envelope.receiverName };
  return writeInterchange(envelope, guide, [header, ...writeStatusLevels(receiver, parts)]);
}

function writeAnswer(answer: WithoutPlace<ClaimStatusAnswer>): readonly string[] {
  return [
    writeSegment('TRN', '2', answer.trace),
    ...answer.statuses.map(writeStatus),
    ...writeIdentifiers(answer),
    ...writeServiced(answer, 'RD8'),
    ...answer.lines.flatMap((line) => writeStatusLine(line, line.statuses.map(writeStatus))),
  ];
}

function writeStatus({ codes, on, chargeCents, paidCents, finalizedOn, remittanceOn, remittanceTrace }: ReportedStatus): string {
  const [first = [], second = [], third = []] = statusComposites(codes);
  const amount = (cents: Cents | null) => (cents === null ? '' : amountText(cents));
  const money = [amount(chargeCents), amount(paidCents)];
  const remittance = [optionalD8(finalizedOn), '', optionalD8(remittanceOn), remittanceTrace ?? ''];
  return writeSegment('STC', first, d8Text(on), '', ...money, ...remittance, second, third);
}
