import type { OutboundEnvelope } from '../../rules/x12/write-envelope.ts';

type ControlNumbers = Pick<OutboundEnvelope, 'interchangeControlNumber' | 'groupControlNumber' | 'transactionControlNumber'>;

/** ISA13, GS06 and ST02 from the one number an outbound file is given. */
export function controlNumbersFrom(number: number | bigint): ControlNumbers {
  const text = String(number);
  return {
    interchangeControlNumber: text.padStart(9, '0'),
    groupControlNumber: text,
    transactionControlNumber: text.padStart(4, '0'),
  };
}
