import fc from 'fast-check';
import { addDays, type CivilDate, civilDate, earlier, later } from '../../rules/domain/civil-date.ts';
import type { ClaimLine, Coverage, OtherPayerAdjudication, SubmittedClaim } from '../../rules/domain/claim.ts';
import { type Cents, cents, minus, sum } from '../../rules/domain/money.ts';
import type { AdjustmentGroup, Remittance, RemittanceClaim, RemittanceLine } from '../../rules/domain/remittance.ts';
import type { WithoutPlace } from '../../rules/x12/without-place.ts';

/** Text an element may hold: no delimiter, no control character, no blank at an end; with letters outside ASCII. */
const word = fc.stringMatching(/^[A-Z0-9ÉÑ][A-Z0-9 .,'ÉÑ-]{0,14}[A-Z0-9ÉÑ]$/);
const maybeWord = fc.option(word, { nil: '' });
const code = fc.stringMatching(/^[A-Z0-9]{2,10}$/);
const npi = fc.stringMatching(/^9[0-9]{9}$/);
const date: fc.Arbitrary<CivilDate> = fc.integer({ min: 0, max: 2000 }).map((days) => addDays(civilDate('2024-01-01'), days));
const amount: fc.Arbitrary<Cents> = fc.integer({ min: 0, max: 5_000_000 }).map(cents);
const signedAmount: fc.Arbitrary<Cents> = fc.integer({ min: -5_000_000, max: 5_000_000 }).map(cents);
const group: fc.Arbitrary<AdjustmentGroup> = fc.constantFrom('CO', 'PR', 'OA', 'PI', 'CR');
const carc = fc.constantFrom('1', '2', '45', '97', '197', '253', 'B7');
const rarc = fc.constantFrom('N1', 'M15', 'MA04', 'N130');
const adjustments = fc.array(fc.record({ group, carc, cents: signedAmount }), { maxLength: 15 });
const person = fc.record({ last: word, first: maybeWord, middle: maybeWord });
const address = fc.record({ line1: word, line2: maybeWord, city: word, state: fc.constant('ZZ'), postalCode: fc.constant('00000') });

type UnpaidLine = Omit<WithoutPlace<RemittanceLine>, 'number' | 'paidCents'>;

const remittanceLine: fc.Arbitrary<UnpaidLine> = fc.record({
  controlNumber: fc.option(code),
  procedureCode: fc.option(code),
  revenueCode: fc.constant('0450'),
  chargeCents: amount,
  allowedCents: fc.option(amount),
  adjustments,
  rarcs: fc.array(rarc, { maxLength: 3 }),
});

/** Balanced by construction: what is paid is what the adjustments leave. */
const remittanceClaim: fc.Arbitrary<WithoutPlace<RemittanceClaim>> = fc
  .record({
    submissionKey: code,
    status: fc.constantFrom('1', '2', '3', '4', '19', '22', '23'),
    patientResponsibilityCents: amount,
    filingIndicator: fc.constantFrom('MB', 'CI', '12'),
    payerClaimNumber: code,
    adjustments,
    rarcs: fc.array(rarc, { maxLength: 5 }),
    crossoverPayerId: fc.option(code),
    receivedOn: fc.option(date),
    servicedFrom: fc.option(date),
    patient: fc.record({ last: word, first: maybeWord, memberId: fc.option(code, { nil: '' }) }),
    lines: fc.array(remittanceLine, { maxLength: 4 }),
  })
  .map((claim) => {
    const lines = claim.lines.map((line, index) => ({ ...line, number: index + 1, paidCents: left(line.chargeCents, line.adjustments) }));
    const chargeCents = sum(lines.map((line) => line.chargeCents));
    const paidCents = minus(sum(lines.map((line) => line.paidCents)), sum(claim.adjustments.map((adjustment) => adjustment.cents)));
    return { ...claim, lines, chargeCents, paidCents };
  });

export const remittance: fc.Arbitrary<WithoutPlace<Remittance>> = fc
  .record({
    payerId: code,
    payerName: word,
    payeeNpi: npi,
    method: fc.constantFrom('ACH', 'CHK', 'NON'),
    paidOn: date,
    trace: code,
    producedOn: fc.option(date),
    claims: fc.array(remittanceClaim, { maxLength: 4 }),
    providerAdjustments: fc.array(fc.record({ code: fc.constantFrom('WO', 'FB', 'L6'), reference: maybeWord, cents: signedAmount }), {
      maxLength: 3,
    }),
  })
  .map((said) => ({
    ...said,
    paidCents: left(sum(said.claims.map((claim) => claim.paidCents)), said.providerAdjustments),
    imbalances: [],
  }));

function left(whole: Cents, taken: readonly { readonly cents: Cents }[]): Cents {
  return minus(whole, sum(taken.map((part) => part.cents)));
}

function adjudication(payerId: string): fc.Arbitrary<OtherPayerAdjudication> {
  return fc.record({ payerId: fc.constant(payerId), paidCents: amount, adjudicatedOn: fc.option(date), adjustments });
}

function coverage(sequence: Coverage['sequence'], relationship: string): fc.Arbitrary<Coverage> {
  return fc.record({
    sequence: fc.constant(sequence),
    payerId: fc.constant(`PAYER0${sequence}`),
    payerName: word,
    memberId: code,
    groupNumber: fc.option(code, { nil: '' }),
    filingIndicator: fc.constantFrom('MB', 'CI', 'BL'),
    relationship: fc.constant(relationship),
    subscriber: person,
  });
}

const days = fc.record({ servicedOn: date, span: fc.integer({ min: 0, max: 5 }) }).map(({ servicedOn, span }) => {
  return span === 0 ? { servicedOn } : { servicedOn, servicedThrough: addDays(servicedOn, span) };
});

function claimLine(isInstitutional: boolean, pointers: number): fc.Arbitrary<Omit<ClaimLine, 'number'>> {
  const basis = fc.constantFrom<{ unitQualifier?: string }>({}, { unitQualifier: 'MJ' });
  return fc
    .tuple(
      fc.record({
        controlNumber: code,
        revenueCode: isInstitutional ? fc.constant('0450') : fc.constant(null),
        procedureQualifier: fc.constant('HC'),
        procedureCode: code,
        modifiers: fc.array(fc.constantFrom('25', '59', 'LT'), { maxLength: 4 }),
        chargeCents: amount,
        units: fc.constantFrom(1, 2, 1.5, 90),
        diagnosisPointers: isInstitutional
          ? fc.constant([])
          : fc.array(fc.integer({ min: 1, max: pointers }), { minLength: 1, maxLength: 4 }),
        otherPayers: fc.oneof(fc.constant([]), fc.tuple(adjudication('PAYER01'))),
      }),
      days,
      basis,
    )
    .map(([line, when, unit]) => ({ ...line, ...when, ...unit }));
}

/** A claim to the second payer, with what the first one did; professional or institutional, of the subscriber or a dependent. */
export function submittedClaim(claimType: SubmittedClaim['claimType']): fc.Arbitrary<WithoutPlace<SubmittedClaim>> {
  const isInstitutional = claimType === 'institutional';
  const diagnoses = fc.array(fc.stringMatching(/^[A-Z][0-9]{2}[0-9A-Z]{0,4}$/), { minLength: 1, maxLength: isInstitutional ? 20 : 12 });
  return fc
    .tuple(fc.constantFrom('18', '19'), fc.constantFrom('1' as const, '7' as const, '8' as const), diagnoses)
    .chain(([relationship, frequency, codes]) =>
      fc.record({
        claimType: fc.constant(claimType),
        submissionKey: code,
        frequency: fc.constant(frequency),
        originalPayerClaimNumber: frequency === '1' ? fc.constant(null) : code,
        facilityCode: fc.constant(isInstitutional ? '13' : '11'),
        billingProvider: fc.record({ name: word, npi, taxId: fc.constant('000000000'), address }),
        renderingProviderNpi: fc.option(npi),
        patient: fc.record({
          name: person,
          bornOn: fc.option(date),
          sex: fc.constantFrom('F', 'M', 'U', ''),
          address,
          recordNumber: fc.option(code),
        }),
        coverages: fc.tuple(coverage(2, relationship), coverage(1, '18'), coverage(3, '01')),
        destination: fc.constant(2 as const),
        diagnoses: fc.constant(codes),
        authorizationNumber: fc.option(code),
        referralNumber: fc.option(code),
        clearinghouseTrace: fc.option(code),
        otherPayers: fc.oneof(fc.constant([]), fc.tuple(adjudication('PAYER01'))),
        lines: fc.array(claimLine(isInstitutional, codes.length), { minLength: 1, maxLength: 4 }),
      }),
    )
    .map((claim) => {
      const lines = claim.lines.map((line, index) => ({ ...line, number: index + 1 }));
      const all = lines.flatMap((line) => [line.servicedOn, line.servicedThrough ?? line.servicedOn]).filter((day) => day !== null);
      const [first = civilDate('2024-01-01')] = all;
      const isSubscriber = claim.coverages[0].relationship === '18';
      return {
        ...claim,
        lines,
        chargeCents: sum(lines.map((line) => line.chargeCents)),
        servicedFrom: all.reduce(earlier, first),
        servicedThrough: all.reduce(later, first),
        patient: isSubscriber ? { ...claim.patient, name: claim.coverages[0].subscriber } : claim.patient,
      };
    });
}
