import { d8Text } from '../domain/civil-date.ts';
import type { Coverage, OtherPayerAdjudication, PayerSequence, PersonName } from '../domain/claim.ts';
import { amountText } from '../domain/money.ts';
import { writeAdjustments } from './write-cas.ts';
import { writeSegment } from './write-segment.ts';

const letters: Readonly<Record<PayerSequence, string>> = { 1: 'P', 2: 'S', 3: 'T' };

/** SBR01 */
export function payerLetter(sequence: PayerSequence): string {
  return letters[sequence];
}

/** NM103 to NM105. */
export function personElements({ last, first, middle }: PersonName): readonly string[] {
  return [last, first, middle];
}

/** Loops 2320, 2330A and 2330B: another payer, and what it did with the claim. */
export function writeOtherCoverage(coverage: Coverage, adjudication: OtherPayerAdjudication | undefined): readonly string[] {
  const { groupNumber, filingIndicator, relationship, subscriber, memberId } = coverage;
  return [
    writeSegment('SBR', payerLetter(coverage.sequence), relationship, groupNumber, '', '', '', '', '', filingIndicator),
    ...(adjudication === undefined
      ? []
      : [...writeAdjustments(adjudication.adjustments), writeSegment('AMT', 'D', amountText(adjudication.paidCents))]),
    writeSegment('OI', '', '', 'Y', '', '', 'Y'),
    writeSegment('NM1', 'IL', '1', ...personElements(subscriber), '', '', 'MI', memberId),
    writeSegment('NM1', 'PR', '2', coverage.payerName, '', '', '', '', 'PI', coverage.payerId),
    ...writeAdjudicationDate(adjudication),
  ];
}

export function writeAdjudicationDate(adjudication: OtherPayerAdjudication | undefined): readonly string[] {
  const on = adjudication?.adjudicatedOn ?? null;
  return on === null ? [] : [writeSegment('DTP', '573', 'D8', d8Text(on))];
}
