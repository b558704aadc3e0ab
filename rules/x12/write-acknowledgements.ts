import { d8Text } from '../domain/civil-date.ts';
import type { ClaimAcknowledgement, FunctionalAcknowledgement, InterchangeAcknowledgement } from '../domain/acknowledgement.ts';
import { composite, type OutboundEnvelope, writeBareInterchange, writeInterchange } from './write-envelope.ts';

/** A 999 (005010X231A1) for one functional group. */
export function write999(envelope: OutboundEnvelope, told: Omit<FunctionalAcknowledgement, 'place'>): string {
  const accepted = told.transactions.filter((t) => t.code === 'A' || t.code === 'E').length;
  const count = String(told.transactions.length);
  const body: string[][] = [
    ['AK1', told.functionalId, told.groupControlNumber],
    ...told.transactions.flatMap((t) => [
      ['AK2', '837', t.controlNumber],
      ['IK5', t.code],
    ]),
    ['AK9', told.code, count, count, String(accepted)],
  ];
  return writeInterchange(envelope, { functionalId: 'FA', transactionSetId: '999', version: '005010X231A1', body });
}

export function writeTa1(envelope: OutboundEnvelope, told: Omit<InterchangeAcknowledgement, 'place'>): string {
  const date = envelope.date.replaceAll('-', '').slice(2);
  return writeBareInterchange(envelope, [['TA1', told.interchangeControlNumber, date, envelope.time, told.code, told.note]]);
}

/** A 277CA (005010X214) from a payer or a clearinghouse, one patient loop per claim. */
export function write277ca(envelope: OutboundEnvelope, told: readonly ClaimAcknowledgement[]): string {
  const [first] = told;
  const isPayer = first?.by !== 'clearinghouse';
  const body: string[][] = [
    ['BHT', '0085', '08', String(envelope.controlNumber), envelope.date.replaceAll('-', ''), envelope.time, 'TH'],
    ['HL', '1', '', '20', '1'],
    ['NM1', isPayer ? 'PR' : 'AY', '2', 'INFORMATION SOURCE', '', '', '', '', '46', first?.sourceId ?? ''],
    ['TRN', '1', String(envelope.controlNumber)],
    ['HL', '2', '1', '21', '1'],
    ['NM1', '41', '2', 'INFORMATION RECEIVER', '', '', '', '', '46', envelope.receiverId],
    ['HL', '3', '2', '19', '1'],
    ['NM1', '85', '2', 'BILLING PROVIDER', '', '', '', '', 'XX', '1999999984'],
    ...told.flatMap((a, index) => [
      ['HL', String(index + 4), '3', 'PT'],
      ['NM1', 'QC', '1', 'PATIENT'],
      ['TRN', '2', a.submissionKey],
      ['STC', composite(a.category, a.status, ...(a.entity === null ? [] : [a.entity])), d8Text(a.effectiveOn), a.action],
      ...(a.payerClaimNumber === null ? [] : [['REF', '1K', a.payerClaimNumber]]),
      ...(a.clearinghouseTrace === null ? [] : [['REF', 'D9', a.clearinghouseTrace]]),
    ]),
  ];
  return writeInterchange(envelope, { functionalId: 'HN', transactionSetId: '277', version: '005010X214', body });
}
