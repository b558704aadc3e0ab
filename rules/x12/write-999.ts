import type { FunctionalAcknowledgement } from '../domain/acknowledgement.ts';
import type { WithoutPlace } from './without-place.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'FA', transactionSetId: '999', version: '005010X231A1' };

/** AK901 codes under which a transaction set counts as accepted. */
const acceptedCodes = new Set(['A', 'E']);

export function write999(envelope: OutboundEnvelope, acknowledgement: WithoutPlace<FunctionalAcknowledgement>): string {
  const { functionalId, groupControlNumber, code, transactions } = acknowledgement;
  const count = String(transactions.length);
  const accepted = String(transactions.filter((transaction) => acceptedCodes.has(transaction.code)).length);
  return writeInterchange(envelope, guide, [
    writeSegment('AK1', functionalId, groupControlNumber),
    ...transactions.flatMap((transaction) => [
      writeSegment('AK2', transactionSetIds[functionalId] ?? '837', transaction.controlNumber),
      writeSegment('IK5', transaction.code),
    ]),
    writeSegment('AK9', code, count, count, accepted),
  ]);
}

/** ST01 of the sets in a group, by GS01. */
const transactionSetIds: Readonly<Record<string, string>> = { HC: '837', HP: '835', HN: '277', HR: '276', FA: '999' };
