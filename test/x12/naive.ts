import { parseAmount } from '../../rules/domain/money.ts';

/** What the segments of one ST say, by a dumb split that shares nothing with the reader. */
export interface NaiveTransaction {
  readonly set: string;
  readonly version: string;
  readonly offset: number;
  /** Where the segment after its last one begins. */
  readonly end: number;
  readonly claims: number;
  readonly lines: number;
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly adjustmentCents: number;
  readonly providerCents: number;
  readonly linePaidCents: number;
}

interface NaiveSegment {
  readonly offset: number;
  readonly elements: readonly string[];
}

/** The delimiters are those of the first ISA. */
export function naiveTransactions(bytes: Uint8Array): readonly NaiveTransaction[] {
  const segments = naiveSegments(Buffer.from(bytes).toString('latin1'));
  const starts = segments.flatMap(({ elements }, index) => (elements[0] === 'ST' ? [index] : []));
  return starts.map((start, index) => {
    const opened = segments
      .slice(0, start)
      .findLast(({ elements }) => elements[0] === 'GS' || elements[0] === 'GE' || elements[0] === 'ISA');
    const version = opened?.elements[0] === 'GS' ? (opened.elements[8] ?? '') : '';
    const limit = starts[index + 1] ?? segments.length;
    const end = segments.findIndex(({ elements }, at) => at > start && at < limit && elements[0] === 'SE');
    const after = end < 0 ? limit : end + 1;
    return { ...naiveTransaction(segments.slice(start, after), version), end: segments[after]?.offset ?? bytes.length };
  });
}

function naiveTransaction(segments: readonly NaiveSegment[], groupVersion: string): Omit<NaiveTransaction, 'end'> {
  const sum = (id: string, amountsAt: (elements: readonly string[]) => readonly number[]): number =>
    segments
      .filter(({ elements }) => elements[0] === id)
      .flatMap(({ elements }) => amountsAt(elements).map((at) => parseAmount(elements[at] ?? '') ?? 0))
      .reduce<number>((a, b) => a + b, 0);
  const every = (from: number, step: number) => (elements: readonly string[]) =>
    elements.flatMap((_, index) => (index >= from && (index - from) % step === 0 ? [index] : []));
  const count = (id: string) => segments.filter(({ elements }) => elements[0] === id).length;
  const [st] = segments;
  const ofClaim = st?.elements[1] === '835' ? 'CLP' : 'CLM';
  return {
    set: st?.elements[1] ?? '',
    version: st?.elements[3] || groupVersion,
    offset: st?.offset ?? 0,
    claims: count(ofClaim),
    lines: count('SVC'),
    chargeCents: sum(ofClaim, () => [ofClaim === 'CLP' ? 3 : 2]),
    paidCents: sum('CLP', () => [4]),
    adjustmentCents: sum('CAS', every(3, 3)),
    providerCents: sum('PLB', every(4, 2)),
    linePaidCents: sum('SVC', () => [3]),
  };
}

function naiveSegments(text: string): readonly NaiveSegment[] {
  const isa = text.search(/ISA/i);
  const separator = text.charAt(isa + 3);
  const terminator = text.charAt(isa + 105);
  let offset = isa;
  return text
    .slice(isa)
    .split(terminator)
    .map((segment) => {
      const at = offset + segment.length - segment.trimStart().length;
      offset += segment.length + 1;
      return { offset: at, elements: segment.trim().split(separator) };
    });
}
