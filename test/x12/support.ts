import type { Envelope, X12Transaction } from '../../rules/domain/x12-file.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import type { OutboundEnvelope } from '../../rules/x12/write-envelope.ts';

export const outbound: OutboundEnvelope = {
  senderId: 'TESTSENDER',
  senderName: 'INVENTED SENDER',
  senderPhone: '5550100100',
  receiverId: 'TESTRECEIVER',
  receiverName: 'INVENTED RECEIVER',
  sentOn: civilDate('2026-06-08'),
  sentAtTime: '0915',
  interchangeControlNumber: '42',
  groupControlNumber: '7',
  transactionControlNumber: '0001',
  usage: 'T',
};

export function envelopeOf(version: string): Envelope {
  return {
    senderId: 'TESTSENDER',
    receiverId: 'TESTRECEIVER',
    sentOn: civilDate('2026-06-08'),
    interchangeControlNumber: '000000042',
    groupControlNumber: '7',
    transactionControlNumber: '0001',
    version,
  };
}

export function read(text: string): readonly X12Transaction[] {
  return readX12File(new TextEncoder().encode(text));
}

/** The only transaction of a file, which must be of that kind. */
export function readOnly<Kind extends X12Transaction['kind']>(text: string, kind: Kind): Extract<X12Transaction, { kind: Kind }> {
  const [transaction, ...others] = read(text);
  if (transaction === undefined || others.length > 0 || !isOfKind(transaction, kind)) throw new Error(`the file is not one ${kind}`);
  return transaction;
}

function isOfKind<Kind extends X12Transaction['kind']>(
  transaction: X12Transaction,
  kind: Kind,
): transaction is Extract<X12Transaction, { kind: Kind }> {
  return transaction.kind === kind;
}

/** The same thing without its places, for comparing what was read with what was written. */
export function placeless(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'place' ? undefined : inner)));
}

/** An 835 or 837 around these segments, with right counts and control numbers; one segment per line. */
export function wrapped(set: string, version: string, segments: readonly string[]): string {
  const isa = 'ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260608*0915*^*00501*000000042*0*T*:';
  const gs = `GS*XX*TESTSENDER*TESTRECEIVER*20260608*0915*7*X*${version}`;
  const lines = [isa, gs, `ST*${set}*0001`, ...segments, `SE*${segments.length + 2}*0001`, 'GE*1*7', 'IEA*1*000000042'];
  return `${lines.join('~\n')}~\n`;
}
