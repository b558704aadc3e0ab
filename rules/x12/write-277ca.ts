import type { ClaimAcknowledgement, RepeatedClaim } from '../domain/acknowledgement.ts';
import { d8Text } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { amountText } from '../domain/money.ts';
import type { WithoutPlace } from './without-place.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'HN', transactionSetId: '277', version: '005010X214' };

const nothing: RepeatedClaim = { last: '', first: '', memberId: '', chargeCents: null, servicedFrom: null };

/** All acknowledgements must come from one source. Of a claim it says what the acknowledgement repeats, and nothing else. */
export function write277ca(envelope: OutboundEnvelope, acknowledgements: readonly WithoutPlace<ClaimAcknowledgement>[]): string {
  const [first] = acknowledgements;
  if (first === undefined) throw new DomainError('x12.empty', 'a 277CA needs at least one claim');
  if (acknowledgements.some(({ by, sourceId }) => by !== first.by || sourceId !== first.sourceId))
    throw new DomainError('x12.mixed', 'the claims of one 277CA must be acknowledged by one source');
  const date = d8Text(envelope.sentOn);
  const batch = envelope.interchangeControlNumber;
  return writeInterchange(envelope, guide, [
    writeSegment('BHT', '0085', '08', batch, date, envelope.sentAtTime, 'TH'),
    writeSegment('HL', '1', '', '20', '1'),
    writeSegment('NM1', first.by === 'payer' ? 'PR' : 'AY', '2', envelope.senderName, '', '', '', '', 'PI', first.sourceId),
    writeSegment('TRN', '1', batch),
    writeSegment('DTP', '050', 'D8', date),
    writeSegment('DTP', '009', 'D8', date),
    writeSegment('HL', '2', '1', '21', '1'),
    writeSegment('NM1', '41', '2', envelope.receiverName, '', '', '', '', '46', envelope.receiverId),
    writeSegment('HL', '3', '2', '19', '1'),
    writeSegment('NM1', '85', '2'),
    ...acknowledgements.flatMap((acknowledgement, index) => writeClaim(acknowledgement, index + 4)),
  ]);
}

function writeClaim(acknowledgement: WithoutPlace<ClaimAcknowledgement>, hl: number): readonly string[] {
  const { category, status, entity, action, payerClaimNumber, clearinghouseTrace, repeated = nothing } = acknowledgement;
  const { last, first, memberId, chargeCents, servicedFrom } = repeated;
  const charge = chargeCents === null ? '' : amountText(chargeCents);
  return [
    writeSegment('HL', String(hl), '3', 'PT', '0'),
    writeSegment('NM1', 'QC', '1', last, first, '', '', '', ...(memberId === '' ? [] : ['MI', memberId])),
    writeSegment('TRN', '2', acknowledgement.submissionKey),
    writeSegment('STC', [category, status, entity ?? ''], d8Text(acknowledgement.effectiveOn), action, charge),
    ...(payerClaimNumber === null ? [] : [writeSegment('REF', '1K', payerClaimNumber)]),
    ...(clearinghouseTrace === null ? [] : [writeSegment('REF', 'D9', clearinghouseTrace)]),
    ...(servicedFrom === null ? [] : [writeSegment('DTP', '472', 'D8', d8Text(servicedFrom))]),
  ];
}
