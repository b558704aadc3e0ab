import type { ClaimLine, Coverage, Frequency, OtherPayerAdjudication, PayerSequence, SubmittedClaim } from '../../rules/domain/claim.ts';
import { DomainError } from '../../rules/domain/failures.ts';
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
  const coverages = orderedFor(base.coverages, sequence, corrections);
  return {
    ...base,
    submissionKey,
    frequency,
    destination: sequence,
    originalPayerClaimNumber: frequency === '1' ? null : next.payerClaimNumber,
    renderingProviderNpi: corrections?.renderingProviderNpi ?? base.renderingProviderNpi,
    // An authorization is the payer's own: another payer's claim does not carry it.
    authorizationNumber: corrections?.authorizationNumber ?? (base.destination === sequence ? base.authorizationNumber : null),
    coverages,
    otherPayers: next.adjudications.map(claimLevel),
    lines: base.lines.map((line) => ({ ...line, otherPayers: lineLevel(line, base.lines, next.adjudications) })),
  };
}

/** `<account number>.<n>`; a long account number loses its end, never the count. */
export function nextSubmissionKey(accountNumber: string, n: number): string {
  const suffix = `.${n}`;
  return `${accountNumber.slice(0, longestKey - suffix.length)}${suffix}`;
}

/** The payer this claim is sent to first; a corrected member id is that payer's. */
function orderedFor(coverages: readonly Coverage[], sequence: PayerSequence, corrections: TaskForm | null): readonly Coverage[] {
  const own = coverages.find((c) => c.sequence === sequence);
  if (own === undefined) throw new DomainError('claim.no-coverage', `the account has no payer ${sequence}`);
  const others = coverages.filter((c) => c.sequence !== sequence).sort((a, b) => a.sequence - b.sequence);
  return [{ ...own, memberId: corrections?.memberId ?? own.memberId }, ...others];
}

/** Loop 2320: what the earlier payer did with the whole claim; adjustments of lines are told with the lines (2430). */
function claimLevel({ payerId, paidCents, paidOn, adjustments }: Adjudication): OtherPayerAdjudication {
  return { payerId, paidCents, adjudicatedOn: paidOn, adjustments: adjustments.map(withoutPlace) };
}

function lineLevel(
  line: ClaimLine,
  lines: readonly ClaimLine[],
  adjudications: readonly Adjudication[],
): readonly OtherPayerAdjudication[] {
  return adjudications.flatMap(({ payerId, paidOn, lines: said }) => {
    const found = said.find((r) => answers(r, line, lines));
    if (found === undefined) return [];
    return [{ payerId, paidCents: found.paidCents, adjudicatedOn: paidOn, adjustments: found.adjustments.map(withoutPlace) }];
  });
}

/** By our line control number where the payer returned it, else by the line's place, if the procedure is the same. */
function answers(said: RemittanceLine, line: ClaimLine, lines: readonly ClaimLine[]): boolean {
  if (said.controlNumber !== null && lines.some((l) => l.controlNumber === said.controlNumber))
    return said.controlNumber === line.controlNumber;
  return said.number === line.number && (said.procedureCode === null || said.procedureCode === line.procedureCode);
}

function withoutPlace({ group, carc, cents }: Adjustment): OtherPayerAdjudication['adjustments'][number] {
  return { group, carc, cents };
}
