import { DomainError } from '../domain/failures.ts';

/** What is known of the segment a fault stands in, from 1 for the first segment of the file; null ids are never shown. */
interface Position {
  readonly id: string;
  readonly number: number;
  readonly offset: number;
}

interface FaultDetails {
  /** `x12.…`, part of the public contract. */
  readonly code: string;
  readonly at: Position;
  readonly loop?: string;
  /** From 1 for the element after the segment id; with a component as `5-3`. */
  readonly element?: string;
  /** What should have stood there, in our words. */
  readonly expected: string;
}

/** Ids a message may name. In a broken file anything can stand where an id should, even a person's name. */
const namedIds = new Set(
  (
    'ISA IEA GS GE ST SE TA1 BHT HL NM1 N1 N3 N4 PER REF DMG SBR PAT CLM DTP DTM HI CAS AMT OI LX SV1 SV2 SV3 SVD SVC CLP BPR TRN ' +
    'MIA MOA LQ PLB QTY AK1 AK2 AK9 IK3 IK4 IK5 CTX STC TS2 TS3 CUR PRV CL1 PWK NTE K3 CN1 MEA LIN CTP CR1 CR2 CR3 CRC RDM'
  ).split(' '),
);

/** What makes a transaction or a file unusable, or its counts wrong. The message names place and expectation, never what the element holds. */
export class X12Fault extends DomainError {
  /** Byte offset of the segment from the start of the file; of the byte itself where no segment could be made out. */
  readonly offset: number;
  readonly segmentNumber: number;
  readonly loop: string | null;
  readonly element: string | null;

  constructor({ code, at, loop, element, expected }: FaultDetails) {
    const id = namedIds.has(at.id) ? `${at.id}, ` : '';
    const where = `segment ${at.number} (${id}byte ${at.offset})`;
    super(code, `${where}${element === undefined ? '' : `, element ${element}`}: expected ${expected}`);
    this.offset = at.offset;
    this.segmentNumber = at.number;
    this.loop = loop ?? null;
    this.element = element ?? null;
  }
}
