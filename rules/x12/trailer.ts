import type { X12Fault } from './fault.ts';
import { elementOf, faultAt, type Segment } from './segment.ts';

/**
 * SE, GE and IEA say in 01 how many parts came before them and repeat in 02 the control number that opened them.
 * @param count null where it cannot be told
 */
export function trailerFaults(trailer: Segment, count: number | null, controlNumber: string): readonly X12Fault[] {
  const faults: X12Fault[] = [];
  if (count !== null && (!/^\d+$/.test(elementOf(trailer, 1)) || Number(elementOf(trailer, 1)) !== count))
    faults.push(faultAt(trailer, 'envelope', 1, 'x12.count', `the count ${count}`));
  if (!isSameNumber(elementOf(trailer, 2), controlNumber))
    faults.push(faultAt(trailer, 'envelope', 2, 'x12.control-number', 'the control number this part was opened with'));
  return faults;
}

function isSameNumber(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && a.replace(/^0+/, '') === b.replace(/^0+/, ''));
}
