import type { ClaimAcknowledgement } from '../../rules/domain/acknowledgement.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { DocumentRequest } from '../../rules/domain/claim-status.ts';
import type { ClaimLine, Coverage, SourcePlace, SubmittedClaim } from '../../rules/domain/claim.ts';
import { cents, type Cents, sum } from '../../rules/domain/money.ts';
import type { Adjustment, Remittance, RemittanceClaim, RemittanceLine } from '../../rules/domain/remittance.ts';
import { inventedPerson, payerNames, sandboxProvider } from './invented.ts';
import type { AcknowledgementArrival, ClaimArrival, RemittanceArrival, RequestArrival } from './format.ts';

/** Writers do not look at places. */
const nowhere: SourcePlace = { offset: 0, length: 0 };

/** The claim a story tells in a few words, whole: people, addresses and codes are invented and look it. */
export function buildClaim(told: ClaimArrival): SubmittedClaim {
  const person = inventedPerson(told.patient ?? told.account);
  const lines = (told.lines ?? [{ code: '99999', charge: told.charge, units: 1, modifiers: undefined }]).map((line, index): ClaimLine => {
    const institutional = told.type === 'institutional';
    return {
      number: index + 1,
      controlNumber: `${told.account}L${index + 1}`,
      revenueCode: institutional ? (line.revenue ?? '0300') : null,
      procedureQualifier: 'HC',
      procedureCode: line.code,
      modifiers: line.modifiers ?? [],
      chargeCents: line.charge,
      units: line.units,
      servicedOn: told.serviced,
      diagnosisPointers: institutional ? [] : [1],
      otherPayers: [],
    };
  });
  return {
    claimType: told.type,
    submissionKey: told.account,
    frequency: '1',
    originalPayerClaimNumber: null,
    chargeCents: told.charge,
    facilityCode: told.type === 'institutional' ? '13' : '11',
    servicedFrom: told.serviced,
    servicedThrough: told.through ?? told.serviced,
    billingProvider: { ...sandboxProvider, address: { ...sandboxProvider.address, state: told.state } },
    renderingProviderNpi: told.type === 'professional' ? '1888888885' : null,
    patient: { name: person.name, bornOn: person.bornOn, sex: person.sex, address: person.address, recordNumber: null },
    coverages: told.payers.map((payer, index) => buildCoverage(told, payer, index)),
    destination: 1,
    diagnoses: ['Z0000'],
    authorizationNumber: told.authorization ?? null,
    referralNumber: null,
    clearinghouseTrace: null,
    otherPayers: [],
    lines,
    place: nowhere,
  };
}

function buildCoverage(told: ClaimArrival, payer: ClaimArrival['payers'][number], index: number): Coverage {
  const person = inventedPerson(told.patient ?? told.account);
  return {
    sequence: index === 0 ? 1 : index === 1 ? 2 : 3,
    payerId: payer.payer,
    payerName: payer.name ?? payerNames[payer.payer] ?? payer.payer,
    memberId: payer.member ?? `${payer.payer}${person.memberNumber}`,
    groupNumber: '',
    filingIndicator: payer.filing,
    relationship: '18',
    subscriber: person.name,
  };
}

export function buildAcknowledgement(told: AcknowledgementArrival, on: CivilDate): ClaimAcknowledgement {
  return {
    submissionKey: told.claim,
    by: told.by,
    sourceId: told.by === 'payer' ? 'PAYER' : 'CLEARINGHOUSE',
    category: told.code,
    status: told.status,
    entity: null,
    action: ['A0', 'A1', 'A2', 'A5'].includes(told.code) ? 'WQ' : 'U',
    effectiveOn: on,
    payerClaimNumber: told.payerClaim ?? null,
    clearinghouseTrace: null,
    place: nowhere,
  };
}

/** A payer's request for documents (277 RFAI); each code is of LOINC. */
export function buildRequest(told: RequestArrival, on: CivilDate): DocumentRequest {
  const { name, memberNumber } = inventedPerson(told.claim);
  const codes = told.codes.map((status) => ({ category: 'R4', status, entity: '', codeList: 'LOI' }));
  return {
    payerId: 'PAYER',
    payerName: 'PAYER',
    provider: { name: sandboxProvider.name, npi: sandboxProvider.npi },
    subscriber: { last: name.last, first: name.first, middle: name.middle },
    memberId: memberNumber,
    dependent: null,
    payerClaimNumber: told.payerClaim ?? null,
    submissionKey: told.claim,
    billType: null,
    clearinghouseTrace: null,
    references: [],
    servicedFrom: null,
    servicedThrough: null,
    attachmentControlNumber: told.number,
    requested: codes.map((code) => ({ codes: [code], on, text: '' })),
    dueOn: told.due ?? null,
    lines: [],
    place: nowhere,
  };
}

/** The remittance, with BPR02 computed so that it balances: Σ CLP04 − Σ PLB. */
export function buildRemittance(told: RemittanceArrival, on: CivilDate): Remittance {
  const claims = told.claims.map(buildRemittanceClaim);
  const provider = told.provider.map((p) => ({ code: p.code, reference: p.reference, cents: p.amount, place: nowhere }));
  const paid = cents(sum(claims.map((c) => c.paidCents)) - sum(provider.map((p) => p.cents)));
  const keys = told.claims.map((c) => c.claim).join('');
  return {
    payerId: told.payer,
    payerName: payerNames[told.payer] ?? told.payer,
    payeeNpi: sandboxProvider.npi,
    paidCents: paid,
    method: paid === 0 ? 'NON' : 'ACH',
    paidOn: told.dated ?? on,
    trace: told.trace ?? `T${on.replaceAll('-', '')}${keys}`.slice(0, 30),
    producedOn: told.dated ?? on,
    claims,
    providerAdjustments: provider,
    imbalances: [],
    place: nowhere,
  };
}

function buildRemittanceClaim(told: RemittanceArrival['claims'][number]): RemittanceClaim {
  const adjust = told.adjust.map(toAdjustment);
  const person = inventedPerson(told.patient ?? told.claim);
  const rarcs = [...new Set(told.adjust.flatMap((a) => a.rarcs))];
  const lines = told.lines.map(
    (line, index): RemittanceLine => ({
      number: index + 1,
      controlNumber: null,
      procedureCode: line.code,
      modifiers: line.modifiers,
      paidUnits: line.units,
      revenueCode: null,
      chargeCents: line.charge,
      paidCents: line.paid,
      allowedCents: null,
      adjustments: line.adjust.map(toAdjustment),
      rarcs: [...new Set(line.adjust.flatMap((a) => a.rarcs))],
      place: nowhere,
    }),
  );
  const patient = told.lines.length > 0 ? lines.flatMap((l) => l.adjustments) : adjust;
  return {
    submissionKey: told.claim,
    status: told.status,
    chargeCents: told.charge,
    paidCents: told.paid,
    patientResponsibilityCents: patientShare(patient),
    filingIndicator: 'CI',
    payerClaimNumber: told.payerClaim,
    adjustments: adjust,
    rarcs,
    crossoverPayerId: told.crossover ?? null,
    receivedOn: told.received ?? null,
    servicedFrom: null,
    ...(told.interest === undefined ? {} : { amounts: [{ qualifier: 'I', cents: told.interest }] }),
    ...(told.original === undefined ? {} : { references: [{ qualifier: 'F8', value: told.original }] }),
    patient: { last: person.name.last, first: person.name.first, memberId: '' },
    lines,
    place: nowhere,
  };
}

function patientShare(adjustments: readonly Adjustment[]): Cents {
  return sum(adjustments.filter((a) => a.group === 'PR').map((a) => a.cents));
}

function toAdjustment(a: RemittanceArrival['claims'][number]['adjust'][number]): Adjustment {
  return { group: a.group, carc: a.carc, cents: a.cents, place: nowhere };
}
