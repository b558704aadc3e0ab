import fc from 'fast-check';
import { addDays } from '../../rules/domain/civil-date.ts';
import type { ClaimExtras, ClaimProvider, KeptSegment, ProviderDetails, Reference } from '../../rules/domain/claim-details.ts';
import type { LineAdjudication, OtherPayerAdjudication } from '../../rules/domain/claim.ts';
import { address, amount, carc, code, date, group, npi, person, signedAmount, word } from './generate.ts';

const otherAdjustments = fc.array(
  fc
    .tuple(fc.record({ group, carc, cents: signedAmount }), fc.record({ quantity: fc.constantFrom(1, -2, 0.5) }, { requiredKeys: [] }))
    .map(([one, more]) => ({ ...one, ...more })),
  { maxLength: 15 },
);

function adjudication(payerId: string): fc.Arbitrary<OtherPayerAdjudication> {
  const base = fc.record({
    payerId: fc.constant(payerId),
    paidCents: amount,
    adjudicatedOn: fc.option(date),
    adjustments: otherAdjustments,
  });
  return fc.tuple(base, fc.record({ remainingLiabilityCents: amount }, { requiredKeys: [] })).map(([said, more]) => ({ ...said, ...more }));
}

export function claimAdjudication(payerId: string): fc.Arbitrary<OtherPayerAdjudication> {
  const remarks = fc.constant(['', '', 'MA01', 'N130']);
  const more = fc.record(
    {
      nonCoveredCents: amount,
      outpatientRemarks: remarks,
      inpatientRemarks: remarks,
    },
    { requiredKeys: [] },
  );
  return fc.tuple(adjudication(payerId), more).map(([said, others]) => ({ ...said, ...others }));
}

export function lineAdjudication(payerId: string): fc.Arbitrary<LineAdjudication> {
  const more = fc.record(
    {
      procedure: fc.record({ qualifier: fc.constant('ZZ'), code, modifiers: fc.constantFrom([], ['76']) }),
      revenueCode: fc.constant('0999'),
      units: fc.constant(777),
      bundledInto: fc.constant('3'),
    },
    { requiredKeys: [] },
  );
  return fc.tuple(adjudication(payerId), more).map(([said, others]) => ({ ...said, ...others }));
}

export const references: fc.Arbitrary<readonly Reference[]> = fc.array(
  fc.record({ qualifier: fc.constantFrom('9A', 'LU', 'X4'), value: code }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

export const providerDetails: fc.Arbitrary<ProviderDetails> = fc
  .tuple(fc.record({ isPerson: fc.boolean(), name: person }), fc.record({ taxonomy: code, references, address }, { requiredKeys: [] }))
  .map(([who, more]) => ({ ...who, ...more }));

function provider(roles: readonly string[]): fc.Arbitrary<ClaimProvider> {
  return fc
    .tuple(fc.record({ role: fc.constantFrom(...roles), npi: fc.option(npi, { nil: '' }) }), providerDetails)
    .map(([who, more]) => ({ ...who, ...more }));
}

/** Segments that nothing here works with, in the order of the guides. */
const kept: fc.Arbitrary<readonly KeptSegment[]> = fc.constantFrom(
  [{ id: 'HCP', elements: [['00'], ['100']] }],
  [
    { id: 'CRC', elements: [['07'], ['Y'], ['01']] },
    { id: 'HCP', elements: [['00'], ['100']] },
  ],
);

export function extras(roles: readonly string[]): fc.Arbitrary<ClaimExtras> {
  const range = fc.tuple(date, fc.integer({ min: 1, max: 9 }), fc.boolean()).map(([from, span, isRange]) => ({
    qualifier: '454',
    from,
    ...(isRange ? { through: addDays(from, span) } : {}),
  }));
  const attachment = fc.record({
    reportType: fc.constantFrom('OZ', 'M1'),
    transmission: fc.constantFrom('EL', 'FX', 'AA'),
    controlNumber: fc.option(code, { nil: '' }),
  });
  return fc.record(
    {
      attachments: fc.array(attachment, { minLength: 1, maxLength: 3 }),
      dates: fc.array(range, { minLength: 1, maxLength: 3 }),
      references,
      notes: fc.array(fc.record({ qualifier: fc.constant('ADD'), text: word }), { minLength: 1, maxLength: 2 }),
      fixedText: fc.array(word, { minLength: 1, maxLength: 2 }),
      providers: fc.array(provider(roles), { minLength: 1, maxLength: 3 }),
      kept,
    },
    { requiredKeys: [] },
  );
}
