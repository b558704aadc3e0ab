import { type CivilDate, d8Text } from '../domain/civil-date.ts';
import type { ClaimExtras, ClaimProvider, PostalAddress, Reference } from '../domain/claim-details.ts';
import { DomainError } from '../domain/failures.ts';
import { writeSegment } from './write-segment.ts';

/** The order of segments in loops 2300 and 2400 of both guides; what is not named comes last. */
const order = 'CLM LX SV1 SV2 SV5 DTP CL1 PWK QTY MEA CN1 AMT REF K3 NTE CR1 CR2 CR3 CRC HI PS1 HCP'.split(' ');

/** Segments of one loop in the order of the guides; those of one id stay as they come. */
export function inGuideOrder(segments: readonly string[]): readonly string[] {
  const rank = (segment: string) => {
    const place = order.indexOf(segment.slice(0, segment.search(/[*~]/)));
    return place < 0 ? order.length : place;
  };
  return [...segments].sort((a, b) => rank(a) - rank(b));
}

/** PWK, DTP, REF, K3 and NTE, in no order yet. */
export function writeExtras({ attachments, dates, references, notes, fixedText }: ClaimExtras): readonly string[] {
  return [
    ...(dates ?? []).map(({ qualifier, from, through }) =>
      through === undefined ? writeDay(qualifier, from) : writeSegment('DTP', qualifier, 'RD8', `${d8Text(from)}-${d8Text(through)}`),
    ),
    ...(attachments ?? []).map(({ reportType, transmission, controlNumber }) =>
      writeSegment('PWK', reportType, transmission, ...(controlNumber === '' ? [] : ['', '', 'AC', controlNumber])),
    ),
    ...writeReferences(references),
    ...(fixedText ?? []).map((text) => writeSegment('K3', text)),
    ...(notes ?? []).map(({ qualifier, text }) => writeSegment('NTE', qualifier, text)),
  ];
}

export function writeDay(qualifier: string, day: CivilDate): string {
  return writeSegment('DTP', qualifier, 'D8', d8Text(day));
}

export function writeReferences(references: readonly Reference[] = []): readonly string[] {
  return references.map(({ qualifier, value }) => writeSegment('REF', qualifier, value));
}

/** Loop 2310 or 2420. */
export function writeProvider({ role, npi, isPerson, name, taxonomy, references, address }: ClaimProvider): readonly string[] {
  const number = npi === '' ? [] : ['', '', 'XX', npi];
  return [
    writeSegment('NM1', role, isPerson ? '1' : '2', name.last, name.first, name.middle, ...number),
    ...(taxonomy === undefined ? [] : [writeSegment('PRV', prvCodes[role] ?? 'PE', 'PXC', taxonomy)]),
    ...(address === undefined ? [] : writeAddress(address)),
    ...writeReferences(references),
  ];
}

/** PRV01 by NM101: attending, operating, referring; the others perform. */
const prvCodes: Readonly<Record<string, string>> = { '71': 'AT', '72': 'OP', DN: 'RF', P3: 'RF' };

export function writeAddress({ line1, line2, city, state, postalCode }: PostalAddress): readonly string[] {
  return [
    ...(line1 === '' && line2 === '' ? [] : [writeSegment('N3', line1, line2)]),
    ...(city === '' && state === '' && postalCode === '' ? [] : [writeSegment('N4', city, state, postalCode)]),
  ];
}

/** Segments before the first drug (2410), from it on, and the forms at the very end of a line (2440). */
export function keptParts(kept: ClaimExtras['kept'] = []): Record<'own' | 'drugs' | 'forms', readonly string[]> {
  const texts = kept.map(({ id, elements }) => {
    if (!/^[A-Z][A-Z0-9]{1,2}$/.test(id)) throw new DomainError('x12.segment-id', 'a kept segment has no segment id');
    return { id, text: writeSegment(id, ...elements) };
  });
  const forms = texts.filter(({ id }) => id === 'LQ' || id === 'FRM');
  const others = texts.filter((segment) => !forms.includes(segment));
  const drugsFrom = others.findIndex(({ id }) => id === 'LIN');
  const split = drugsFrom < 0 ? others.length : drugsFrom;
  const textOf = ({ text }: { readonly text: string }) => text;
  return { own: others.slice(0, split).map(textOf), drugs: others.slice(split).map(textOf), forms: forms.map(textOf) };
}
