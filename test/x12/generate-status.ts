import fc from 'fast-check';
import type {
  ClaimInquiry,
  ClaimStatusAnswer,
  DocumentRequest,
  StatusIdentifiers,
  StatusLine,
  StatusParties,
} from '../../rules/domain/claim-status.ts';
import { addDays } from '../../rules/domain/civil-date.ts';
import type { WithoutPlace } from '../../rules/x12/without-place.ts';
import { amount, code, date, npi, person, word } from './generate.ts';
import { references } from './generate-claim-parts.ts';

const serviced = fc.tuple(fc.option(date), fc.integer({ min: 0, max: 5 })).map(([servicedFrom, days]) => ({
  servicedFrom,
  servicedThrough: servicedFrom === null ? null : addDays(servicedFrom, days),
}));

const parties: fc.Arbitrary<StatusParties> = fc.record({
  payerId: code,
  payerName: word,
  provider: fc.record({ name: word, npi }),
  subscriber: person,
  memberId: code,
  dependent: fc.option(person),
});

const identifiers: fc.Arbitrary<StatusIdentifiers> = fc
  .tuple(
    fc.record({
      payerClaimNumber: fc.option(code),
      submissionKey: fc.option(code),
      billType: fc.option(fc.constantFrom('111', '137')),
      clearinghouseTrace: fc.option(code),
      references: fc.oneof(fc.constant([]), references),
    }),
    serviced,
  )
  .map(([said, when]) => ({ ...said, ...when }));

const line: fc.Arbitrary<StatusLine> = fc
  .tuple(
    fc.record({
      controlNumber: fc.option(code),
      procedureQualifier: fc.constantFrom('HC', 'NU'),
      procedureCode: code,
      modifiers: fc.array(fc.constantFrom('25', 'LT'), { maxLength: 4 }),
      revenueCode: fc.option(fc.constant('0450')),
      chargeCents: fc.option(amount),
      paidCents: fc.option(amount),
      units: fc.option(fc.constantFrom(1, 2.5)),
    }),
    serviced,
  )
  .map(([said, when]) => ({ ...said, ...when }));

const codes = fc.array(
  fc.record({
    category: fc.constantFrom('P3', 'F2', 'R4'),
    status: fc.constantFrom('20', '18842-5'),
    entity: fc.constantFrom('', 'QC'),
    codeList: fc.constantFrom('', 'LOI'),
  }),
  { minLength: 1, maxLength: 3 },
);

const status = fc.record({
  codes,
  on: date,
  chargeCents: fc.option(amount),
  paidCents: fc.option(amount),
  finalizedOn: fc.option(date),
  remittanceOn: fc.option(date),
  remittanceTrace: fc.option(code),
});
const statuses = fc.array(status, { minLength: 1, maxLength: 3 });

export const inquiry: fc.Arbitrary<WithoutPlace<ClaimInquiry>> = fc
  .tuple(
    parties,
    identifiers,
    fc.record({
      trace: code,
      bornOn: fc.option(date),
      sex: fc.constantFrom('', 'F', 'M'),
      chargeCents: fc.option(amount),
      lines: fc.array(line, { maxLength: 3 }),
    }),
  )
  .map(([who, which, asked]) => ({ ...who, ...which, ...asked }));

export const statusAnswer: fc.Arbitrary<WithoutPlace<ClaimStatusAnswer>> = fc
  .tuple(
    parties,
    identifiers,
    fc.record({
      trace: code,
      statuses,
      lines: fc.array(
        fc.tuple(line, fc.record({ statuses })).map(([said, more]) => ({ ...said, ...more })),
        { maxLength: 3 },
      ),
    }),
  )
  .map(([who, which, answered]) => ({ ...who, ...which, ...answered }));

const requested = fc.array(fc.record({ codes, on: date, text: fc.oneof(fc.constant(''), word) }), { minLength: 1, maxLength: 3 });

export const documentRequest: fc.Arbitrary<WithoutPlace<DocumentRequest>> = fc
  .tuple(
    parties,
    identifiers,
    fc.record({
      attachmentControlNumber: code,
      requested,
      dueOn: fc.option(date),
      lines: fc.array(
        fc.tuple(line, fc.record({ requested })).map(([said, more]) => ({ ...said, ...more })),
        { maxLength: 3 },
      ),
    }),
  )
  .map(([who, which, asked]) => ({ ...who, ...which, ...asked }));
