import { type CivilDate, d8Text } from '../domain/civil-date.ts';
import type { StatusCode, StatusIdentifiers, StatusLine, StatusParties } from '../domain/claim-status.ts';
import { amountText } from '../domain/money.ts';
import { writeReferences } from './write-837-extras.ts';
import { personElements } from './write-837-coverage.ts';
import { writePeriod } from './write-837-line.ts';
import type { OutboundEnvelope } from './write-envelope.ts';
import { quantityText, writeSegment } from './write-segment.ts';

/** One claim with the levels above it, which belong to it alone: every claim gets its own, from the payer down. */
export interface StatusPart {
  readonly parties: StatusParties;
  /** DMG of the patient, in a 276. */
  readonly birth: readonly string[];
  /** From TRN on. */
  readonly claim: readonly string[];
}

/** All levels of a 276 or 277. `receiver` is who asks. */
export function writeStatusLevels(
  receiver: Pick<OutboundEnvelope, 'senderId' | 'senderName'>,
  parts: readonly StatusPart[],
): readonly string[] {
  const segments: string[] = [];
  let before = 0;
  for (const part of parts) {
    segments.push(...writeLevels(receiver, part, before));
    before += part.parties.dependent === null ? 4 : 5;
  }
  return segments;
}

function writeLevels(receiver: Pick<OutboundEnvelope, 'senderId' | 'senderName'>, part: StatusPart, before: number): readonly string[] {
  const { payerId, payerName, provider, subscriber, memberId, dependent } = part.parties;
  const hl = (step: number) => String(before + step);
  const number = (qualifier: string, id: string) => (id === '' ? [] : ['', '', qualifier, id]);
  return [
    writeSegment('HL', hl(1), '', '20', '1'),
    writeSegment('NM1', 'PR', '2', payerName, '', '', ...number('PI', payerId)),
    writeSegment('HL', hl(2), hl(1), '21', '1'),
    writeSegment('NM1', '41', '2', receiver.senderName, '', '', ...number('46', receiver.senderId)),
    writeSegment('HL', hl(3), hl(2), '19', '1'),
    writeSegment('NM1', '1P', '2', provider.name, '', '', ...number('XX', provider.npi)),
    writeSegment('HL', hl(4), hl(3), '22', dependent === null ? '0' : '1'),
    ...(dependent === null ? part.birth : []),
    writeSegment('NM1', 'IL', '1', ...personElements(subscriber), ...number('MI', memberId)),
    ...(dependent === null
      ? []
      : [writeSegment('HL', hl(5), hl(4), '23'), ...part.birth, writeSegment('NM1', 'QC', '1', ...personElements(dependent))]),
    ...part.claim,
  ];
}

/** REF of a claim. */
export function writeIdentifiers(said: StatusIdentifiers): readonly string[] {
  const own = [
    ['1K', said.payerClaimNumber],
    ['BLT', said.billType],
    ['EJ', said.submissionKey],
    ['D9', said.clearinghouseTrace],
  ] as const;
  return [
    ...own.flatMap(([qualifier, value]) => (value === null ? [] : [writeSegment('REF', qualifier, value)])),
    ...writeReferences(said.references),
  ];
}

/** DTP*472; a claim's is always a range. */
export function writeServiced(
  { servicedFrom: from, servicedThrough }: { readonly servicedFrom: CivilDate | null; readonly servicedThrough: CivilDate | null },
  format?: 'RD8',
): readonly string[] {
  if (from === null) return [];
  return [writePeriod('472', { from, through: servicedThrough ?? from, ...(format === undefined ? {} : { format }) })];
}

/** SVC, what the caller says of it, REF*FJ and DTP*472. */
export function writeStatusLine(line: StatusLine, statuses: readonly string[]): readonly string[] {
  const { procedureQualifier, procedureCode, modifiers, chargeCents, paidCents, revenueCode, units } = line;
  const [charge, paid] = [chargeCents, paidCents].map((cents) => (cents === null ? '' : amountText(cents)));
  const procedure = [procedureQualifier, procedureCode, ...modifiers];
  const quantity = units === null ? [] : ['', '', quantityText(units)];
  return [
    writeSegment('SVC', procedure, charge ?? '', paid ?? '', revenueCode ?? '', ...quantity),
    ...statuses,
    ...(line.controlNumber === null ? [] : [writeSegment('REF', 'FJ', line.controlNumber)]),
    ...writeServiced(line),
  ];
}

export function statusComposites(codes: readonly StatusCode[]): readonly (readonly string[])[] {
  return [0, 1, 2].map((index) => {
    const code = codes[index];
    return code === undefined ? [] : [code.category, code.status, code.entity, code.codeList];
  });
}

export function optionalD8(date: CivilDate | null): string {
  return date === null ? '' : d8Text(date);
}
