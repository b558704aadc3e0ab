import {
  type BillFrequency,
  type ClaimLine,
  type Coverage,
  effectOf,
  type Frequency,
  type LineAdjudication,
  type OtherPayerAdjudication,
  type OtherPayerAdjustment,
  type PayerSequence,
  type SubmittedClaim,
} from '../../rules/domain/claim.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { sum } from '../../rules/domain/money.ts';
import type { Adjustment, RemittanceLine } from '../../rules/domain/remittance.ts';
import type { TaskForm } from '../../rules/domain/task.ts';
import type { Adjudication } from '../../prisma/reads/outbound-source.ts';

/** CLM01 has at most 20 characters (837, loop 2300). */
const longestKey = 20;

export interface NextClaim {
  readonly base: SubmittedClaim;
  readonly submissionKey: string;
  readonly sequence: PayerSequence;
  readonly frequency: Frequency;
  readonly payerClaimNumber: string | null;
  readonly corrections: TaskForm | null;
  readonly adjudications: readonly Adjudication[];
}

/** The next submission of an account's claim, from the one sent last and what a person corrected. @throws DomainError when it cannot be written. */
export function nextClaim(next: NextClaim): SubmittedClaim {
  const { base, sequence, frequency, submissionKey, corrections } = next;
  if (frequency !== '1' && next.payerClaimNumber === null)
    throw new DomainError(
      'claim.no-payer-number',
      `a claim with frequency ${frequency} needs the payer's claim number, which is not known yet`,
    );
  if (next.adjudications.some(({ paidCents }) => paidCents < 0))
    throw new DomainError('claim.negative-adjudication', 'another payer took back more than it paid, and its correction is not known yet');
  const known = withFound(base, sequence, corrections);
  const coverages = orderedFor(known, sequence, corrections).map((coverage) => withClaimNumber(coverage, next.adjudications));
  return {
    ...base,
    submissionKey,
    frequency: frequency === '1' ? ownFrequency(base) : frequency,
    destination: sequence,
    originalPayerClaimNumber: frequency === '1' ? null : next.payerClaimNumber,
    renderingProviderNpi: corrections?.renderingProviderNpi ?? base.renderingProviderNpi,
    // An authorization is the payer's own: another payer's claim does not carry it.
    authorizationNumber: corrections?.authorizationNumber ?? (base.destination === sequence ? base.authorizationNumber : null),
    coverages,
    otherPayers: next.adjudications.map((adjudication) => claimLevel(base, adjudication)),
    lines: base.lines.map((line) => ({ ...line, otherPayers: lineLevel(line, base.lines, next.adjudications) })),
  };
}

/** An interim or late bill that is sent anew is still one. */
function ownFrequency({ frequency }: SubmittedClaim): BillFrequency {
  return effectOf(frequency) === '1' ? frequency : '1';
}

/** REF*F8 of 2330B: how the other payer calls the claim. */
function withClaimNumber(coverage: Coverage, adjudications: readonly Adjudication[]): Coverage {
  const number = adjudications.find(({ payerId }) => payerId === coverage.payerId)?.payerClaimNumber ?? '';
  if (number === '') return coverage;
  const others = (coverage.payerReferences ?? []).filter(({ qualifier }) => qualifier !== 'F8');
  return { ...coverage, payerReferences: [...others, { qualifier: 'F8', value: number }] };
}

/** `<account number>.<n>`; a long account number loses its end, never the count. */
export function nextSubmissionKey(accountNumber: string, n: number): string {
  const suffix = `.${n}`;
  return `${accountNumber.slice(0, longestKey - suffix.length)}${suffix}`;
}

/** A payer that was found after the first claim stands in no claim yet: the person who recorded it said its id and the member id. */
function withFound({ coverages, patient }: SubmittedClaim, sequence: PayerSequence, found: TaskForm | null): readonly Coverage[] {
  const { payerId = '', memberId = '', filingIndicator = 'ZZ' } = found ?? {};
  if (payerId === '' || coverages.some((c) => c.sequence === sequence)) return coverages;
  const subscriber = { relationship: '18', subscriber: patient.name };
  return [...coverages, { sequence, payerId, payerName: payerId, memberId, groupNumber: '', filingIndicator, ...subscriber }];
}

/** The payer this claim is sent to first; a corrected member id is that payer's. */
function orderedFor(coverages: readonly Coverage[], sequence: PayerSequence, corrections: TaskForm | null): readonly Coverage[] {
  const own = coverages.find((c) => c.sequence === sequence);
  if (own === undefined) throw new DomainError('claim.no-coverage', `the account has no payer ${sequence}`);
  const others = coverages.filter((c) => c.sequence !== sequence).sort((a, b) => a.sequence - b.sequence);
  return [{ ...own, memberId: corrections?.memberId ?? own.memberId }, ...others];
}

/** Loop 2320: what the earlier payer did with the whole claim; adjustments of lines are told with the lines (2430). */
function claimLevel(
  claim: SubmittedClaim,
  { payerId, paidCents, paidOn, adjustments, rarcs, lines }: Adjudication,
): OtherPayerAdjudication {
  const isTold = rarcs.length > 0 && !isInpatient(claim);
  return {
    payerId,
    paidCents,
    adjudicatedOn: paidOn,
    adjustments: adjustments.map(withoutPlace),
    ...(lines.length === 0 ? remainingOf(adjustments) : {}),
    ...(isTold ? { outpatientRemarks: ['', '', ...rarcs.slice(0, 5)] } : {}),
  };
}

/** MIA, which tells the remarks of an inpatient stay, needs days and amounts that are not kept. */
function isInpatient({ claimType, facilityCode }: SubmittedClaim): boolean {
  return claimType === 'institutional' && ['11', '18', '21', '41'].includes(facilityCode);
}

/** AMT*EAF: what the payer leaves to the patient, and so to the next payer. */
function remainingOf(adjustments: readonly Adjustment[]): Pick<OtherPayerAdjudication, 'remainingLiabilityCents'> {
  const remaining = sum(adjustments.filter(({ group }) => group === 'PR').map((adjustment) => adjustment.cents));
  return remaining > 0 ? { remainingLiabilityCents: remaining } : {};
}

function lineLevel(line: ClaimLine, lines: readonly ClaimLine[], adjudications: readonly Adjudication[]): readonly LineAdjudication[] {
  return adjudications.flatMap(({ payerId, paidOn, lines: said }) => {
    const found = said.find((r) => answers(r, line, lines));
    if (found === undefined) return [];
    const { paidCents, adjustments } = found;
    const told = { payerId, paidCents, adjudicatedOn: paidOn, adjustments: adjustments.map(withoutPlace) };
    return [{ ...told, ...remainingOf(adjustments), ...adjudicatedService(found, line) }];
  });
}

/** SVD03 and SVD05, where the payer adjudicated other than what the line says. */
function adjudicatedService(said: RemittanceLine, line: ClaimLine): Pick<LineAdjudication, 'procedure' | 'units'> {
  const { procedureQualifier: qualifier = line.procedureQualifier ?? 'HC', procedureCode: code, modifiers = [], paidUnits } = said;
  const isOther = code !== null && (code !== line.procedureCode || modifiers.join(':') !== line.modifiers.join(':'));
  return {
    ...(isOther ? { procedure: { qualifier, code, modifiers } } : {}),
    ...(paidUnits === undefined || paidUnits === line.units ? {} : { units: paidUnits }),
  };
}

/** By our line control number where the payer returned it, else by the line's place, if the procedure is the same. */
function answers(said: RemittanceLine, line: ClaimLine, lines: readonly ClaimLine[]): boolean {
  if (said.controlNumber !== null && lines.some((l) => l.controlNumber === said.controlNumber))
    return said.controlNumber === line.controlNumber;
  return said.number === line.number && (said.procedureCode === null || said.procedureCode === line.procedureCode);
}

function withoutPlace({ group, carc, cents, quantity }: Adjustment): OtherPayerAdjustment {
  return { group, carc, cents, ...(quantity === undefined ? {} : { quantity }) };
}
