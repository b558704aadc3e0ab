import fc from 'fast-check';
import { addDays, civilDate, earlier, later } from '../../rules/domain/civil-date.ts';
import type { ClaimExtras, ClaimProvider } from '../../rules/domain/claim-details.ts';
import type { ClaimLine, Coverage, SubmittedClaim } from '../../rules/domain/claim.ts';
import { sum } from '../../rules/domain/money.ts';
import type { WithoutPlace } from '../../rules/x12/without-place.ts';
import { address, amount, code, date, npi, person, word } from './generate.ts';
import { claimAdjudication, extras, lineAdjudication, providerDetails, references } from './generate-claim-parts.ts';

/** What may be said of a coverage; where a subscriber lives who is the patient is said of the patient. */
function coverageMore(sequence: Coverage['sequence'], relationship: string) {
  const ofCoverage = { groupName: word, insuranceType: fc.constantFrom('12', '47'), payerAddress: address, payerReferences: references };
  const ofSubscriber = {
    subscriberAddress: address,
    subscriberBornOn: date,
    subscriberSex: fc.constantFrom('F', 'M'),
    subscriberReferences: references,
  };
  const ofOther = {
    otherInsurance: fc.record({
      benefitsAssigned: fc.constant('N'),
      patientSignature: fc.constantFrom('P', ''),
      release: fc.constant('I'),
    }),
  };
  const isOfPatient = sequence === 2 && relationship === '18';
  return fc.tuple(
    fc.record(ofCoverage, { requiredKeys: [] }),
    isOfPatient ? fc.constant({}) : fc.record(ofSubscriber, { requiredKeys: [] }),
    sequence === 2 ? fc.constant({}) : fc.record(ofOther, { requiredKeys: [] }),
  );
}

function coverage(sequence: Coverage['sequence'], relationship: string): fc.Arbitrary<Coverage> {
  const always = fc.record({
    sequence: fc.constant(sequence),
    payerId: fc.constant(`PAYER0${sequence}`),
    payerName: word,
    memberId: code,
    groupNumber: fc.option(code, { nil: '' }),
    filingIndicator: fc.constantFrom('MB', 'CI', 'BL'),
    relationship: fc.constant(relationship),
    subscriber: person,
  });
  return fc
    .tuple(always, coverageMore(sequence, relationship))
    .map(([said, [ofCoverage, ofSubscriber, ofOther]]) => ({ ...said, ...ofCoverage, ...ofSubscriber, ...ofOther }));
}

const days = fc.record({ servicedOn: date, span: fc.integer({ min: 0, max: 5 }) }).map(({ servicedOn, span }) => {
  return span === 0 ? { servicedOn } : { servicedOn, servicedThrough: addDays(servicedOn, span) };
});

function lineMore(isInstitutional: boolean) {
  const service = {
    placeOfService: fc.constantFrom('22', '11'),
    indicators: fc.constantFrom(['Y', '', '', ''], ['', 'Y', 'Y', '0']),
    description: word,
  };
  return fc.tuple(
    isInstitutional
      ? fc.record({ nonCoveredCents: amount, description: word }, { requiredKeys: [] })
      : fc.record(service, { requiredKeys: [] }),
    extras(['82', 'DK', '72', 'P3']),
  );
}

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
        otherPayers: fc.oneof(fc.constant([]), fc.tuple(lineAdjudication('PAYER01'))),
      }),
      days,
      basis,
      lineMore(isInstitutional),
    )
    .map(([line, when, unit, [service, more]]) => ({ ...line, ...when, ...unit, ...service, ...more }));
}

const frequency = fc.constantFrom('0', '1', '2', '3', '4', '5', '7', '8', 'Q');

const claimCode = fc.oneof(
  fc.record({ qualifier: fc.constantFrom('BG', 'DR', 'TC', 'ABJ', 'APR'), code }),
  fc.record({ qualifier: fc.constantFrom('BH', 'BBR', 'BBQ'), code, from: date }),
  fc.record({ qualifier: fc.constant('BI'), code, from: date }).map((span) => ({ ...span, through: addDays(span.from, 3) })),
  fc.record({ qualifier: fc.constant('BE'), code, value: fc.constantFrom('15.31', '3', '1.234') }),
  fc.record({ qualifier: fc.constant('ABN'), code, presentOnAdmission: fc.constantFrom('Y', '1') }),
);

const admission = fc.record({
  on: date,
  hour: fc.constantFrom('', '0815'),
  dischargeHour: fc.constantFrom('', '1430'),
  type: fc.constantFrom('1', '3'),
  source: fc.constantFrom('1', ''),
  patientStatus: fc.constantFrom('01', '30'),
});

/** Everything that a claim need not say. */
function claimMore(isInstitutional: boolean, diagnoses: number) {
  const ofAll = {
    diagnosisCodeSet: fc.constant('ICD-9' as const),
    codes: fc.array(claimCode, { minLength: 1, maxLength: 15 }),
    agreements: fc.constant({ providerSignature: 'N', assignment: 'C', benefitsAssigned: 'W', release: 'I', patientSignature: 'P' }),
    relatedCauses: fc.record({ codes: fc.constantFrom(['AA'], ['EM', 'OA']), state: fc.constantFrom('ZZ', ''), country: fc.constant('') }),
    specialProgram: fc.constant('02'),
    delayReason: fc.constantFrom('1', '11'),
    patientPaidCents: amount,
  };
  const presentOnAdmission = fc
    .array(fc.constantFrom('Y', 'N', 'U', 'W', ''), { minLength: diagnoses, maxLength: diagnoses })
    .map((said) => ['Y', ...said.slice(1)]);
  const ofInstitutional = { ...ofAll, admission, presentOnAdmission };
  const ofBilling = { taxonomy: code, references, payTo: address, taxIdIsPersonal: fc.constant(true as const) };
  return fc.record({
    claim: isInstitutional ? fc.record(ofInstitutional, { requiredKeys: [] }) : fc.record(ofAll, { requiredKeys: [] }),
    extras: extras(['71', '72', 'DN', '77']).map(referringFirst),
    rendering: fc.record({ renderingProvider: providerDetails }, { requiredKeys: [] }),
    billing: fc.record(ofBilling, { requiredKeys: [] }),
  });
}

/** The order in which they are written. */
function referringFirst(said: ClaimExtras): ClaimExtras {
  if (said.providers === undefined) return said;
  const isReferring = ({ role }: ClaimProvider) => role === 'DN';
  return { ...said, providers: [...said.providers.filter(isReferring), ...said.providers.filter((who) => !isReferring(who))] };
}

/** A claim to the second payer, with what the first one did; professional or institutional, of the subscriber or a dependent. */
export function submittedClaim(claimType: SubmittedClaim['claimType']): fc.Arbitrary<WithoutPlace<SubmittedClaim>> {
  const isInstitutional = claimType === 'institutional';
  const diagnoses = fc.array(fc.stringMatching(/^[A-Z][0-9]{2}[0-9A-Z]{0,4}$/), { minLength: 1, maxLength: isInstitutional ? 20 : 12 });
  return fc
    .tuple(fc.constantFrom('18', '19'), frequency, diagnoses)
    .chain(([relationship, said, codes]) =>
      fc.tuple(
        claimMore(isInstitutional, codes.length),
        fc.record({
          claimType: fc.constant(claimType),
          submissionKey: code,
          frequency: fc.constant(said),
          originalPayerClaimNumber: /[78Q]/.test(said) ? code : fc.constant(null),
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
          otherPayers: fc.oneof(fc.constant([]), fc.tuple(claimAdjudication('PAYER01'))),
          lines: fc.array(claimLine(isInstitutional, codes.length), { minLength: 1, maxLength: 4 }),
        }),
      ),
    )
    .map(([more, claim]) => {
      const lines = claim.lines.map((line, index) => ({ ...line, number: index + 1 }));
      const all = lines.flatMap((line) => [line.servicedOn, line.servicedThrough ?? line.servicedOn]).filter((day) => day !== null);
      const [first = civilDate('2024-01-01')] = all;
      const isSubscriber = claim.coverages[0].relationship === '18';
      return {
        ...more.claim,
        ...more.extras,
        ...more.rendering,
        ...claim,
        billingProvider: { ...claim.billingProvider, ...more.billing },
        lines,
        chargeCents: sum(lines.map((line) => line.chargeCents)),
        servicedFrom: all.reduce(earlier, first),
        servicedThrough: all.reduce(later, first),
        patient: isSubscriber ? { ...claim.patient, name: claim.coverages[0].subscriber } : claim.patient,
      };
    });
}
