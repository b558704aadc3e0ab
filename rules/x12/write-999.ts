import type { AcknowledgedTransaction, FunctionalAcknowledgement, InterchangeAcknowledgement } from '../domain/acknowledgement.ts';
import { d8Text } from '../domain/civil-date.ts';
import { acceptedCount, transactionSetIdOf } from './acknowledged-sets.ts';
import type { WithoutPlace } from './without-place.ts';
import { type OutboundEnvelope, writeGroup, writeInterchange, writeWhole } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'FA', transactionSetId: '999', version: '005010X231A1' };

type Functional = WithoutPlace<FunctionalAcknowledgement>;

export function write999(envelope: OutboundEnvelope, acknowledgement: Functional): string {
  return writeInterchange(envelope, guide, functionalBody(acknowledgement));
}

/** One file of an answer: a TA1, a 999 for one group of theirs, or both. */
export interface Answer {
  readonly interchange: WithoutPlace<InterchangeAcknowledgement> | null;
  readonly group: Functional | null;
}

/** A TA1 stands before the group. */
export function writeAnswer(envelope: OutboundEnvelope, { interchange, group }: Answer): string {
  const ta1 = interchange === null ? [] : [writeInterchangeAcknowledgement(interchange)];
  return writeWhole(envelope, ta1, group === null ? [] : writeGroup(envelope, guide, functionalBody(group)));
}

function writeInterchangeAcknowledgement(said: WithoutPlace<InterchangeAcknowledgement>): string {
  const { interchangeControlNumber, madeOn, madeAtTime = '', code, note } = said;
  return writeSegment('TA1', interchangeControlNumber, madeOn === undefined ? '' : d8Text(madeOn).slice(2), madeAtTime, code, note);
}

function functionalBody(acknowledgement: Functional): readonly string[] {
  const { functionalId, groupControlNumber, code, transactions, version = '', errorCodes = [] } = acknowledgement;
  const count = transactions.length;
  const { included, received, accepted } = acknowledgement.counts ?? {
    included: count,
    received: count,
    accepted: acceptedCount(transactions),
  };
  return [
    writeSegment('AK1', functionalId, groupControlNumber, version),
    ...transactions.flatMap((transaction) => writeTransaction(functionalId, transaction)),
    writeSegment('AK9', code, String(included), String(received), String(accepted), ...errorCodes.slice(0, 5)),
  ];
}

function writeTransaction(functionalId: string, said: WithoutPlace<AcknowledgedTransaction>): readonly string[] {
  const { controlNumber, code, transactionSetId, version = '', errorCodes = [], segmentErrors = [] } = said;
  return [
    writeSegment('AK2', transactionSetId ?? transactionSetIdOf(functionalId), controlNumber, version),
    ...segmentErrors.flatMap((error) => [
      writeSegment('IK3', error.segmentId, String(error.position), error.loop, error.code),
      ...(error.submissionKey === undefined ? [] : [writeSegment('CTX', ['CLM01', error.submissionKey])]),
      ...(error.elements ?? []).map((element) => writeSegment('IK4', element.element.split('-'), '', element.code)),
    ]),
    writeSegment('IK5', code, ...errorCodes.slice(0, 5)),
  ];
}
