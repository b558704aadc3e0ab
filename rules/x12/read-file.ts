import type { X12Transaction } from '../domain/x12-file.ts';
import { type Block, readEnvelopes } from './envelope.ts';
import { X12Fault } from './fault.ts';
import { readClaimAcknowledgements } from './read-277ca.ts';
import { readRemittance } from './read-835.ts';
import { readClaims } from './read-837.ts';
import { readFunctionalAcknowledgement, readInterchangeAcknowledgement } from './read-999.ts';
import { cutSegments } from './segments.ts';

/**
 * Reads a whole X12 file: every transaction of it, or a refusal that names the first fault; nothing is half read.
 * A remittance that does not balance is read, with its imbalances.
 * @throws X12Fault
 */
export function readX12File(bytes: Uint8Array): readonly X12Transaction[] {
  const segments = cutSegments(bytes);
  if (segments.length === 0) throw new X12Fault('x12.empty', { offset: 0, number: 0, id: '' }, 'the file is empty');
  return readEnvelopes(segments).map(readBlock);
}

/** By transaction set and guide: GS08/ST03 of a 277CA is 005010X214, of a status response X212; sibling versions of one guide are the same. */
function readBlock(block: Block): X12Transaction {
  const { envelope, segments } = block;
  const first = segments[0];
  const last = segments.at(-1);
  const offset = first?.offset ?? 0;
  const shared = { envelope, place: { offset, length: (last?.offset ?? 0) + (last?.length ?? 0) - offset } };
  const guide = /X\d{3}/.exec(envelope.version)?.[0] ?? '';
  switch (block.transactionSetId) {
    case '837':
      if (guide === 'X222' || guide === 'X223' || guide === 'X096' || guide === 'X098')
        return { ...shared, kind: 'claims', claims: readClaims(segments, guide) };
      break;
    case '835':
      return { ...shared, kind: 'remittance', remittance: readRemittance(segments, shared.place) };
    case '999':
      return { ...shared, kind: 'functional-acknowledgement', acknowledgement: readFunctionalAcknowledgement(segments, shared.place) };
    case 'TA1':
      return { ...shared, kind: 'interchange-acknowledgement', acknowledgement: readInterchangeAcknowledgement(segments, shared.place) };
    case '277':
      if (guide === 'X214' || guide === 'X167')
        return { ...shared, kind: 'claim-acknowledgements', acknowledgements: readClaimAcknowledgements(segments) };
      break;
    default:
  }
  return { ...shared, kind: 'unknown', transactionSetId: block.transactionSetId, segmentCount: segments.length };
}
