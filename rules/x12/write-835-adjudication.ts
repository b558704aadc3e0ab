import { DomainError } from '../domain/failures.ts';
import { amountText, type Cents } from '../domain/money.ts';
import type { RemittanceClaim } from '../domain/remittance.ts';
import type { InpatientAdjudication, OutpatientAdjudication } from '../domain/remittance-details.ts';
import { inpatientAmounts } from './inpatient-amounts.ts';
import { quantityText, writeSegment } from './write-segment.ts';

/** Remark codes that one MIA or MOA holds. */
const remarksPerSegment = 5;

type Adjudicated = Pick<RemittanceClaim, 'inpatient' | 'outpatient' | 'rarcs'>;

/** MIA and MOA of loop 2100: remark codes stand in MIA first, where there is one. */
export function writeAdjudications({ inpatient, outpatient, rarcs }: Adjudicated): readonly string[] {
  const inMia = inpatient === undefined ? 0 : remarksPerSegment;
  const inMoa = rarcs.slice(inMia);
  if (inMoa.length > remarksPerSegment)
    throw new DomainError('x12.remarks', `a claim of an 835 holds at most ${inMia + remarksPerSegment} remark codes`);
  return [
    ...(inpatient === undefined ? [] : [writeInpatient(inpatient, rarcs.slice(0, inMia))]),
    ...(outpatient === undefined && inMoa.length === 0 ? [] : [writeOutpatient(outpatient, inMoa)]),
  ];
}

function writeInpatient(said: InpatientAdjudication, rarcs: readonly string[]): string {
  const elements = Array.from({ length: 24 }, () => '');
  for (const [element, amount] of inpatientAmounts) elements[element - 1] = optionalAmount(said.amounts[amount]);
  elements[0] = optionalText(said.coveredDays);
  elements[2] = optionalText(said.lifetimePsychiatricDays);
  elements[14] = optionalText(said.costReportDays);
  for (const [index, element] of [5, 20, 21, 22, 23].entries()) elements[element - 1] = rarcs[index] ?? '';
  return writeSegment('MIA', ...elements);
}

function writeOutpatient(said: OutpatientAdjudication | undefined, rarcs: readonly string[]): string {
  const five = [0, 1, 2, 3, 4].map((index) => rarcs[index] ?? '');
  const [rate, payable] = [optionalText(said?.reimbursementRate), optionalAmount(said?.hcpcsPayableCents)];
  return writeSegment(
    'MOA',
    rate,
    payable,
    ...five,
    optionalAmount(said?.endStageRenalCents),
    optionalAmount(said?.nonpayableProfessionalCents),
  );
}

function optionalAmount(cents: Cents | undefined): string {
  return cents === undefined ? '' : amountText(cents);
}

function optionalText(quantity: number | undefined): string {
  return quantity === undefined ? '' : quantityText(quantity);
}
