import type { DocumentRequest, RequestedDocuments } from '../domain/claim-status.ts';
import { d8Text } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import type { WithoutPlace } from './without-place.ts';
import { statusComposites, writeIdentifiers, writeServiced, writeStatusLevels, writeStatusLine } from './write-277-levels.ts';
import { writeDay } from './write-837-extras.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'HN', transactionSetId: '277', version: '005010X213' };

/** Requests of a payer for documents; who is asked is the receiver of the envelope. */
export function write277Rfai(envelope: OutboundEnvelope, requests: readonly WithoutPlace<DocumentRequest>[]): string {
  if (requests.length === 0) throw new DomainError('x12.empty', 'a 277 needs at least one request');
  const date = d8Text(envelope.sentOn);
  const header = writeSegment('BHT', '0085', '48', envelope.interchangeControlNumber, date, envelope.sentAtTime, 'RQ');
  const parts = requests.map((request) => ({ parties: request, birth: [], claim: writeRequest(request) }));
  const receiver = { senderId: envelope.receiverId, senderName: envelope.receiverName };
  return writeInterchange(envelope, guide, [header, ...writeStatusLevels(receiver, parts)]);
}

function writeRequest(request: WithoutPlace<DocumentRequest>): readonly string[] {
  const { dueOn } = request;
  return [
    writeSegment('TRN', '1', request.attachmentControlNumber),
    ...request.requested.map(writeRequested),
    ...writeIdentifiers(request),
    ...writeServiced(request, 'RD8'),
    ...(dueOn === null ? [] : [writeDay('106', dueOn)]),
    ...request.lines.flatMap((line) => writeStatusLine(line, line.requested.map(writeRequested))),
  ];
}

function writeRequested({ codes, on, text }: RequestedDocuments): string {
  const [first = [], second = [], third = []] = statusComposites(codes);
  return writeSegment('STC', first, d8Text(on), '', '', '', '', '', '', '', second, third, text);
}
