import type { ClaimAcknowledgement } from '../domain/acknowledgement.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import type { ClaimStatusAnswer, DocumentRequest } from '../domain/claim-status.ts';
import { effectOf, type PayerSequence, type SubmittedClaim } from '../domain/claim.ts';
import type { PayerClass } from '../domain/deadline.ts';
import type { Arrival, CoverageRef, PostedAdjustment, PostedLine } from '../domain/event.ts';
import type { ProviderAdjustment, RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';

type Body<K extends Arrival['kind']> = Extract<Arrival, { kind: K }>;

/** What a first claim tells about an account: no names, no member ids. */
export function accountOpened(claim: SubmittedClaim, context: { readonly zone: string; readonly fileId: string }): Body<'accountOpened'> {
  return {
    kind: 'accountOpened',
    accountNumber: claim.submissionKey,
    zone: context.zone,
    state: claim.billingProvider.address.state,
    claimType: claim.claimType,
    servicedFrom: claim.servicedFrom,
    servicedThrough: claim.servicedThrough,
    chargeCents: claim.chargeCents,
    coverages: coverageRefs(claim),
    authorizationOnFile: claim.authorizationNumber !== null,
    referralOnFile: claim.referralNumber !== null,
    facilityCode: claim.facilityCode,
    services: claim.lines.map(({ procedureCode, revenueCode, modifiers }) => ({ procedureCode, revenueCode, modifiers })),
    fileId: context.fileId,
    offset: claim.place.offset,
  };
}

function coverageRefs(claim: SubmittedClaim): readonly CoverageRef[] {
  return [...claim.coverages]
    .sort((a, b) => a.sequence - b.sequence)
    .map((coverage) => {
      const { sequence, payerId, filingIndicator } = coverage;
      return { sequence, payerId, payerClass: payerClassOfIndicator(filingIndicator), filingIndicator };
    });
}

/** The payer class by claim filing indicator (SBR09): MA and MB are Medicare, MC Medicaid, 16 a Medicare Advantage HMO, BL a Blue, CH TRICARE, WC workers' compensation. */
export function payerClassOfIndicator(filingIndicator: string): PayerClass {
  const classes: Readonly<Record<string, PayerClass>> = {
    MA: 'medicare',
    MB: 'medicare',
    MC: 'medicaid',
    '16': 'medicareAdvantage',
    BL: 'blue',
    CH: 'tricare',
    WC: 'workersCompensation',
    '09': 'selfPay',
    CI: 'commercial',
    HM: 'commercial',
    '12': 'commercial',
    '13': 'commercial',
    '14': 'commercial',
    '15': 'commercial',
  };
  return classes[filingIndicator] ?? 'other';
}

export function submissionSent(
  claim: SubmittedClaim,
  context: { readonly fileId: string; readonly sentOn: CivilDate },
): Body<'submissionSent'> {
  const { submissionKey, destination: sequence } = claim;
  const frequency = effectOf(claim.frequency);
  return { kind: 'submissionSent', submissionKey, sequence, frequency, sentOn: context.sentOn, fileId: context.fileId };
}

/** STC01-1 of a 277CA (DOMAIN §2): A2 accepted, A3/A6/A7/A8 rejected, A4 not found, A5 split; A0 and A1 are only received. */
export function claimAcknowledged(acknowledgement: ClaimAcknowledgement, fileId: string): Body<'submissionAcknowledged'> {
  const verdicts: Readonly<Record<string, Body<'submissionAcknowledged'>['verdict']>> = {
    A2: 'accepted',
    A3: 'rejected',
    A6: 'rejected',
    A7: 'rejected',
    A8: 'rejected',
    A4: 'notFound',
    A5: 'split',
  };
  const { submissionKey, by, category, status, effectiveOn: on, payerClaimNumber, place } = acknowledgement;
  const verdict = verdicts[category] ?? 'received';
  return {
    kind: 'submissionAcknowledged',
    submissionKey,
    level: 'claim',
    by,
    verdict,
    category,
    status,
    on,
    payerClaimNumber,
    fileId,
    offset: place.offset,
  };
}

/** A 999 or TA1 for a file of ours: its code A or E lets the claim pass, P and R (and M, W, X) do not (DOMAIN §2). */
export function fileAcknowledged(about: {
  readonly submissionKey: string;
  readonly level: 'interchange' | 'functional';
  readonly code: string;
  readonly on: CivilDate;
  readonly fileId: string;
  readonly offset: number;
}): Body<'submissionAcknowledged'> {
  const { code, ...rest } = about;
  const verdict = code === 'A' || code === 'E' ? 'received' : 'rejected';
  return { ...rest, kind: 'submissionAcknowledged', by: 'clearinghouse', verdict, category: code, status: '', payerClaimNumber: null };
}

/** The first code of the last STC: what holds now. */
export function statusAnswered(
  answer: ClaimStatusAnswer,
  about: { readonly submissionKey: string; readonly fileId: string },
): Body<'statusAnswered'> {
  const last = answer.statuses.reduce((a, b) => (b.on >= a.on ? b : a));
  const [code] = last.codes;
  const { payerClaimNumber, place } = answer;
  const said = { category: code?.category ?? '', status: code?.status ?? '', on: last.on };
  return { kind: 'statusAnswered', ...about, ...said, payerClaimNumber, offset: place.offset };
}

export function documentsRequested(
  request: DocumentRequest,
  about: { readonly submissionKey: string; readonly fileId: string },
): Body<'documentsRequested'> {
  const { attachmentControlNumber, dueOn, payerClaimNumber, place } = request;
  const requested = [...request.requested, ...request.lines.flatMap((line) => line.requested)];
  const codes = [...new Set(requested.flatMap((one) => one.codes.map(({ status }) => status)))];
  const on = requested.map((one) => one.on).reduce((a, b) => (b > a ? b : a));
  return { kind: 'documentsRequested', ...about, attachmentControlNumber, codes, on, dueOn, payerClaimNumber, offset: place.offset };
}

export function remittancePosted(
  claim: RemittanceClaim,
  context: {
    readonly remittanceClaimId: string;
    readonly fileId: string;
    readonly sequence: PayerSequence;
    readonly remittanceOn: CivilDate;
    readonly receivedOn: CivilDate;
  },
): Body<'remittancePosted'> {
  const { submissionKey, status, payerClaimNumber, chargeCents, paidCents } = claim;
  const whole = claim.adjustments.map((a): PostedAdjustment => posted(a, null, claim.rarcs));
  const lines = claim.lines.flatMap((line) =>
    line.adjustments.map((a) => ({ ...posted(a, line.number, [...line.rarcs, ...claim.rarcs]), service: serviceOf(line) })),
  );
  return {
    kind: 'remittancePosted',
    ...context,
    offset: claim.place.offset,
    submissionKey,
    status,
    payerClaimNumber,
    chargeCents,
    paidCents,
    adjustments: [...whole, ...lines],
    crossover: ['19', '20', '21', '23'].includes(status) || claim.crossoverPayerId !== null,
    ...saidBesides(claim),
  };
}

function saidBesides({ lines, receivedOn, amounts = [], references = [] }: RemittanceClaim): Partial<Body<'remittancePosted'>> {
  const interestCents = amounts.filter(({ qualifier }) => qualifier === 'I').reduce((total, amount) => total + amount.cents, 0);
  const original = references.find(({ qualifier }) => qualifier === 'F8')?.value;
  return {
    ...(lines.length === 0 ? {} : { lines: lines.map(postedLine) }),
    ...(receivedOn === null ? {} : { claimReceivedOn: receivedOn }),
    ...(interestCents === 0 ? {} : { interestCents }),
    ...(original === undefined ? {} : { originalPayerClaimNumber: original }),
  };
}

/** Under what was billed: the payer may have adjudicated another code or other units. */
function postedLine(line: RemittanceLine): PostedLine {
  const { number, submitted, revenueCode, chargeCents, paidCents } = line;
  const procedureCode = submitted?.code ?? line.procedureCode;
  const modifiers = submitted?.modifiers ?? line.modifiers ?? [];
  const units = line.submittedUnits ?? line.paidUnits ?? 1;
  return { number, procedureCode, revenueCode, modifiers, units, chargeCents, paidCents };
}

/** Of one remittance and one claim: the amounts of its PLB whose references name that claim. */
export function providerAdjusted(
  adjustments: readonly ProviderAdjustment[],
  context: { readonly sequence: PayerSequence; readonly fileId: string; readonly remittanceOn: CivilDate },
): Body<'providerAdjusted'> {
  const said = adjustments.map(({ code, reference, cents, place: { offset } }) => ({ code, reference, cents, offset }));
  return { kind: 'providerAdjusted', ...context, adjustments: said, offset: said[0]?.offset ?? 0 };
}

function serviceOf({ procedureCode, revenueCode, chargeCents, allowedCents }: RemittanceLine): NonNullable<PostedAdjustment['service']> {
  return { procedureCode, revenueCode, chargeCents, allowedCents };
}

function posted(a: RemittanceClaim['adjustments'][number], lineNumber: number | null, rarcs: readonly string[]): PostedAdjustment {
  return { lineNumber, group: a.group, carc: a.carc, rarcs: [...new Set(rarcs)], cents: a.cents, offset: a.place.offset };
}
