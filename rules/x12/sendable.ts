import { earlier, later } from '../domain/civil-date.ts';
import { type ClaimLine, effectOf, type SubmittedClaim } from '../domain/claim.ts';
import { DomainError } from '../domain/failures.ts';
import { sum } from '../domain/money.ts';
import type { WithoutPlace } from './without-place.ts';

type Claim = WithoutPlace<SubmittedClaim>;

/** CLM01: receivers must echo twenty characters, and no more (DOMAIN §1.1). */
const maximumKeyLength = 20;

/** HI of 2300: one segment of twelve (X222); the principal and two segments of twelve others (X223). */
const maximumDiagnoses = { professional: 12, institutional: 25 };

/**
 * Refuses a claim that would lose something on its way or that every payer sends back.
 * @throws DomainError with a code `x12.…` for the first reason found.
 */
export function refuseUnsendable(claim: Claim): void {
  const { submissionKey, frequency, originalPayerClaimNumber, lines, coverages } = claim;
  if (submissionKey === '' || submissionKey.length > maximumKeyLength)
    throw new DomainError('x12.submission-key', `a submission key has 1 to ${maximumKeyLength} characters`);
  if (!/^[0-9A-Z]$/.test(frequency)) throw new DomainError('x12.frequency', 'a frequency is one digit or letter');
  if ((effectOf(frequency) === '1') !== (originalPayerClaimNumber === null))
    throw new DomainError('x12.original-number', "the payer's claim number goes with a replacement or void (7 and 8), and only with them");
  if (lines.length === 0 || claim.chargeCents !== sum(lines.map((line) => line.chargeCents)))
    throw new DomainError('x12.charges', 'the charge of a claim must be the sum of its lines');
  if (claim.servicedThrough < claim.servicedFrom) throw new DomainError('x12.service-dates', 'a claim cannot end before it begins');
  if (claim.claimType === 'professional') refuseOtherDates(claim);
  if (claim.diagnoses.length > maximumDiagnoses[claim.claimType]) throw new DomainError('x12.diagnoses', 'a claim has too many diagnoses');
  if (coverages[0]?.sequence !== claim.destination)
    throw new DomainError('x12.coverage', 'the first coverage must be the payer the claim is sent to');
  refuseOtherPayers(claim);
  lines.forEach((line) => refuseLine(claim, line));
}

/** What another payer said hangs on its coverage by the payer's id, so that id must name one coverage only. */
function refuseOtherPayers({ coverages, otherPayers, lines }: Claim): void {
  const others = coverages.slice(1).map((coverage) => coverage.payerId);
  const ids = otherPayers.map((adjudication) => adjudication.payerId);
  const named = [...ids, ...lines.flatMap((line) => line.otherPayers.map((adjudication) => adjudication.payerId))];
  if (new Set(ids).size < ids.length || !named.every((id) => others.filter((other) => other === id).length === 1))
    throw new DomainError('x12.other-payers', 'each other payer that adjudicated must be exactly one of the other coverages');
}

/** A professional claim has no dates but those of its lines. */
function refuseOtherDates(claim: Claim): void {
  const days = claim.lines.flatMap(({ servicedOn, servicedThrough }) =>
    servicedOn === null ? [] : [servicedOn, servicedThrough ?? servicedOn],
  );
  const [first] = days;
  const isSame =
    first !== undefined && days.reduce(earlier, first) === claim.servicedFrom && days.reduce(later, first) === claim.servicedThrough;
  if (!isSame) throw new DomainError('x12.service-dates', 'the dates of a professional claim must be the first and last of its lines');
}

function refuseLine(claim: Claim, line: ClaimLine): void {
  const { claimType, diagnoses } = claim;
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(String(line.units))) throw new DomainError('x12.units', 'units must be a plain decimal number');
  if (claimType === 'institutional' ? line.revenueCode === null : line.procedureCode === null)
    throw new DomainError('x12.line-code', 'a line needs a procedure code (professional) or a revenue code (institutional)');
  if (line.modifiers.length > 4) throw new DomainError('x12.modifiers', 'a line holds at most four modifiers');
  if (line.diagnosisPointers.some((pointer) => pointer < 1 || pointer > diagnoses.length))
    throw new DomainError('x12.pointers', 'a line points at a diagnosis the claim does not have');
  if (line.servicedThrough !== undefined && (line.servicedOn === null || line.servicedThrough <= line.servicedOn))
    throw new DomainError('x12.service-dates', 'a line that spans days must end after it begins');
}
