import fc from 'fast-check';
import { addDays, type CivilDate, civilDate } from '../../rules/domain/civil-date.ts';
import { type Cents, cents, minus, sum } from '../../rules/domain/money.ts';
import type { AdjustmentGroup, Remittance, RemittanceClaim, RemittanceLine } from '../../rules/domain/remittance.ts';
import type { WithoutPlace } from '../../rules/x12/without-place.ts';

/** Text an element may hold: no delimiter, no control character, no blank at an end; with letters outside ASCII. */
export const word = fc.stringMatching(/^[A-Z0-9ÉÑ][A-Z0-9 .,'ÉÑ-]{0,14}[A-Z0-9ÉÑ]$/);
export const maybeWord = fc.option(word, { nil: '' });
export const code = fc.stringMatching(/^[A-Z0-9]{2,10}$/);
export const npi = fc.stringMatching(/^9[0-9]{9}$/);
export const date: fc.Arbitrary<CivilDate> = fc.integer({ min: 0, max: 2000 }).map((days) => addDays(civilDate('2024-01-01'), days));
export const amount: fc.Arbitrary<Cents> = fc.integer({ min: 0, max: 5_000_000 }).map(cents);
export const signedAmount: fc.Arbitrary<Cents> = fc.integer({ min: -5_000_000, max: 5_000_000 }).map(cents);
export const group: fc.Arbitrary<AdjustmentGroup> = fc.constantFrom('CO', 'PR', 'OA', 'PI', 'CR');
export const carc = fc.constantFrom('1', '2', '45', '97', '197', '253', 'B7');
const rarc = fc.constantFrom('N1', 'M15', 'MA04', 'N130');
const adjustments = fc.array(fc.record({ group, carc, cents: signedAmount }), { maxLength: 15 });
export const person = fc.record({ last: word, first: maybeWord, middle: maybeWord });
export const address = fc.record({ line1: word, line2: maybeWord, city: word, state: fc.constant('ZZ'), postalCode: fc.constant('00000') });

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
