import { type CivilDate, d8Text } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { amountText } from '../domain/money.ts';
import type { RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';
import type { ClaimAmount, RemittedParty } from '../domain/remittance-details.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeAdjudications } from './write-835-adjudication.ts';
import { writeAdjustments } from './write-cas.ts';
import { writeReferences } from './write-837-extras.ts';
import { quantityText, writeSegment } from './write-segment.ts';

type Claim = WithoutPlace<RemittanceClaim>;
type Line = WithoutPlace<RemittanceLine>;

/** Loops 2100 and 2110. */
export function writeRemittanceClaim(claim: Claim): readonly string[] {
  return [
    writePayment(claim),
    ...writeAdjustments(claim.adjustments),
    ...writeNames(claim),
    ...writeAdjudications(claim),
    ...writeReferences(claim.references),
    ...writeDates([
      ['232', claim.servicedFrom],
      ['233', claim.servicedThrough],
      ['036', claim.coverageExpiredOn],
      ['050', claim.receivedOn],
    ]),
    ...(claim.contacts ?? []).map(({ kind, name, numbers }) =>
      writeSegment('PER', kind, name, ...numbers.flatMap(({ qualifier, value }) => [qualifier, value])),
    ),
    ...writeAmounts(claim.amounts),
    ...writeQuantities(claim.quantities),
    ...claim.lines.flatMap(writeLine),
  ];
}

function writePayment(claim: Claim): string {
  const { chargeCents, paidCents, patientResponsibilityCents, drg, drgWeight, dischargeFraction } = claim;
  const amounts = [chargeCents, paidCents, patientResponsibilityCents].map(amountText);
  const bill = [
    claim.facilityCode ?? '',
    claim.frequency ?? '',
    '',
    drg ?? '',
    optionalQuantity(drgWeight),
    optionalQuantity(dischargeFraction),
  ];
  return writeSegment('CLP', claim.submissionKey, claim.status, ...amounts, claim.filingIndicator, claim.payerClaimNumber, ...bill);
}

function writeNames(claim: Claim): readonly string[] {
  const { patient, crossoverPayerId, crossoverPayerName } = claim;
  const { last, first, middle, suffix, memberId } = patient;
  const id = memberId === '' ? {} : { idQualifier: 'MI', id: memberId };
  const crossover = crossoverPayerId === null ? {} : { idQualifier: 'PI', id: crossoverPayerId };
  const isCrossedOver = crossoverPayerId !== null || crossoverPayerName !== undefined;
  return [
    writeParty('QC', '1', { last, first, middle, suffix, ...id }),
    ...optionalParty('IL', '1', claim.subscriber),
    ...optionalParty('74', '1', claim.corrected),
    ...optionalParty('82', claim.renderingProvider?.first === '' ? '2' : '1', claim.renderingProvider),
    ...(isCrossedOver ? [writeParty('TT', '2', { last: crossoverPayerName ?? '', first: '', ...crossover })] : []),
    ...optionalParty('PR', '2', claim.priorityPayer),
    ...optionalParty('GB', '1', claim.otherSubscriber),
  ];
}

function optionalParty(entity: string, type: '1' | '2', party: RemittedParty | undefined): readonly string[] {
  return party === undefined ? [] : [writeParty(entity, type, party)];
}

function writeParty(
  entity: string,
  type: '1' | '2',
  { last, first, middle = '', suffix = '', idQualifier = '', id = '' }: RemittedParty,
): string {
  return writeSegment('NM1', entity, type, last, first, middle, '', suffix, idQualifier, id);
}

function writeDates(dates: readonly (readonly [qualifier: string, on: CivilDate | null | undefined])[]): readonly string[] {
  return dates.flatMap(([qualifier, on]) => (on === null || on === undefined ? [] : [writeSegment('DTM', qualifier, d8Text(on))]));
}

function writeAmounts(amounts: readonly ClaimAmount[] = []): readonly string[] {
  return amounts.map(({ qualifier, cents }) => writeSegment('AMT', qualifier, amountText(cents)));
}

function writeQuantities(quantities: RemittanceClaim['quantities'] = []): readonly string[] {
  return quantities.map(({ qualifier, quantity }) => writeSegment('QTY', qualifier, quantityText(quantity)));
}

function writeLine(line: Line): readonly string[] {
  const { controlNumber, allowedCents, servicedOn, servicedThrough } = line;
  const isDay = servicedThrough === undefined;
  return [
    writeService(line),
    ...writeDates([
      [isDay ? '472' : '150', servicedOn],
      ['151', servicedThrough],
    ]),
    ...writeAdjustments(line.adjustments),
    ...(controlNumber === null ? [] : [writeSegment('REF', '6R', controlNumber)]),
    ...writeReferences(line.references),
    ...(allowedCents === null ? [] : [writeSegment('AMT', 'B6', amountText(allowedCents))]),
    ...writeAmounts(line.amounts),
    ...writeQuantities(line.quantities),
    ...line.rarcs.map((rarc) => writeSegment('LQ', 'HE', rarc)),
    ...(line.pharmacyRejects ?? []).map((reject) => writeSegment('LQ', 'RX', reject)),
  ];
}

function writeService(line: Line): string {
  const { procedureQualifier, procedureCode, modifiers = [], revenueCode, submitted } = line;
  const isRevenue = procedureCode === null && procedureQualifier === undefined;
  if (procedureCode === null && revenueCode === null)
    throw new DomainError('x12.line-code', 'a line of an 835 needs a procedure code or a revenue code');
  const service = isRevenue ? ['NU', revenueCode ?? '', ...modifiers] : [procedureQualifier ?? 'HC', procedureCode ?? '', ...modifiers];
  const amounts = [line.chargeCents, line.paidCents].map(amountText);
  const sent = submitted === undefined ? [] : [submitted.qualifier, submitted.code, ...submitted.modifiers];
  const revenue = isRevenue ? '' : (revenueCode ?? '');
  return writeSegment('SVC', service, ...amounts, revenue, optionalQuantity(line.paidUnits), sent, optionalQuantity(line.submittedUnits));
}

function optionalQuantity(quantity: number | undefined): string {
  return quantity === undefined ? '' : quantityText(quantity);
}
