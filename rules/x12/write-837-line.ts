import { type CivilDate, d8Text } from '../domain/civil-date.ts';
import type { ClaimLine, ClaimType, LineAdjudication } from '../domain/claim.ts';
import { amountText } from '../domain/money.ts';
import { writeAdjustments } from './write-cas.ts';
import { writeAdjudicationDate } from './write-837-coverage.ts';
import { inGuideOrder, keptParts, writeExtras, writeProvider } from './write-837-extras.ts';
import { quantityText, writeSegment } from './write-segment.ts';

/** Loops 2400, 2410, 2420, 2430 and 2440. */
export function writeLine(claimType: ClaimType, line: ClaimLine): readonly string[] {
  const { servicedOn, servicedThrough } = line;
  const kept = keptParts(line.kept);
  const own = [
    writeSegment('LX', String(line.number)),
    claimType === 'institutional' ? institutionalService(line) : professionalService(line),
    ...(servicedOn === null ? [] : [writePeriod('472', { from: servicedOn, through: servicedThrough ?? servicedOn })]),
    writeSegment('REF', '6R', line.controlNumber),
    ...writeExtras(line),
    ...kept.own,
  ];
  return [
    ...inGuideOrder(own),
    ...kept.drugs,
    ...(line.providers ?? []).flatMap(writeProvider),
    ...line.otherPayers.flatMap((adjudication) => writeLineAdjudication(line, adjudication)),
    ...kept.forms,
  ];
}

function professionalService(line: ClaimLine): string {
  const [emergency = '', epsdt = '', familyPlanning = '', copayExempt = ''] = line.indicators ?? [];
  const pointers = line.diagnosisPointers.map(String);
  const flags = ['', emergency, '', epsdt, familyPlanning, '', '', copayExempt];
  return writeSegment('SV1', procedureOf(line), ...chargeOf(line), line.placeOfService ?? '', '', pointers, ...flags);
}

function institutionalService(line: ClaimLine): string {
  const nonCovered = line.nonCoveredCents === undefined ? '' : amountText(line.nonCoveredCents);
  return writeSegment('SV2', line.revenueCode ?? '', procedureOf(line), ...chargeOf(line), '', nonCovered);
}

function chargeOf(line: ClaimLine): readonly string[] {
  return [amountText(line.chargeCents), line.unitQualifier ?? 'UN', quantityText(line.units)];
}

function procedureOf({ procedureQualifier, procedureCode, modifiers, description }: ClaimLine): readonly string[] {
  const four = [0, 1, 2, 3].map((index) => modifiers[index] ?? '');
  return [procedureQualifier ?? '', procedureCode ?? '', ...four, description ?? ''];
}

function writeLineAdjudication(line: ClaimLine, adjudication: LineAdjudication): readonly string[] {
  const { procedure, remainingLiabilityCents: liability } = adjudication;
  const told =
    procedure === undefined ? procedureOf({ ...line, description: '' }) : [procedure.qualifier, procedure.code, ...procedure.modifiers];
  const revenueCode = adjudication.revenueCode ?? line.revenueCode ?? '';
  const units = quantityText(adjudication.units ?? line.units);
  const bundled = adjudication.bundledInto ?? '';
  return [
    writeSegment('SVD', adjudication.payerId, amountText(adjudication.paidCents), told, revenueCode, units, bundled),
    ...writeAdjustments(adjudication.adjustments),
    ...writeAdjudicationDate(adjudication),
    ...(liability === undefined ? [] : [writeSegment('AMT', 'EAF', amountText(liability))]),
  ];
}

/** As a day when it is one, unless the place asks for a range. */
export function writePeriod(
  qualifier: string,
  { from, through, format }: { readonly from: CivilDate; readonly through: CivilDate; readonly format?: 'RD8' },
): string {
  if (from === through && format !== 'RD8') return writeSegment('DTP', qualifier, 'D8', d8Text(from));
  return writeSegment('DTP', qualifier, 'RD8', `${d8Text(from)}-${d8Text(through)}`);
}
