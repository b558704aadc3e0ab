import type { FunctionalAcknowledgement, InterchangeAcknowledgement } from '../domain/acknowledgement.ts';
import type { SourcePlace } from '../domain/claim.ts';
import { X12Fault } from './fault.ts';
import { element, required, type Segment } from './segments.ts';

/** 999 (005010X231): AK1, then AK2 … IK5 per transaction set, then AK9. */
export function readFunctionalAcknowledgement(segments: readonly Segment[], place: SourcePlace): FunctionalAcknowledgement {
  const ak1 = segments.find((s) => s.id === 'AK1');
  const ak9 = segments.find((s) => s.id === 'AK9');
  const first = segments[0] ?? { offset: place.offset, number: 0, id: 'ST' };
  if (ak1 === undefined || ak9 === undefined) throw new X12Fault('x12.required', first, 'expected AK1 and AK9 in a 999');
  const transactions: FunctionalAcknowledgement['transactions'][number][] = [];
  let open: Segment | null = null;
  for (const segment of segments) {
    if (segment.id === 'AK2') open = segment;
    if (segment.id !== 'IK5' && segment.id !== 'AK5') continue;
    if (open === null) throw new X12Fault('x12.misplaced', segment, 'an IK5 closes an AK2');
    const span = { offset: open.offset, length: segment.offset + segment.length - open.offset };
    transactions.push({ controlNumber: required(open, 2), code: required(segment, 1), place: span });
    open = null;
  }
  return { functionalId: required(ak1, 1), groupControlNumber: required(ak1, 2), code: required(ak9, 1), transactions, place };
}

/** TA1: 01 control number of our ISA, 04 A, E or R, 05 note. */
export function readInterchangeAcknowledgement(segments: readonly Segment[], place: SourcePlace): InterchangeAcknowledgement {
  const [ta1] = segments;
  if (ta1 === undefined) throw new X12Fault('x12.required', { offset: place.offset, number: 0, id: 'TA1' }, 'expected a TA1');
  const code = element(ta1, 4);
  if (code !== 'A' && code !== 'E' && code !== 'R') throw new X12Fault('x12.code', ta1, 'expected A, E or R', 4);
  return { interchangeControlNumber: required(ta1, 1), code, note: element(ta1, 5), place };
}
