import { d8Text } from '../domain/civil-date.ts';
import type { ProviderSummary, RemittanceContact, RemittancePayee, RemittancePayer } from '../domain/remittance-details.ts';
import type { ProviderAdjustment, Remittance } from '../domain/remittance.ts';
import { amountText } from '../domain/money.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeRemittanceClaim } from './write-835-claim.ts';
import { writeAddress, writeReferences } from './write-837-extras.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'HP', transactionSetId: '835', version: '005010X221A1' };

type Header = WithoutPlace<Omit<Remittance, 'imbalances'>>;

/** What the model leaves out is left out, but for what the guide requires: then its usual value is written. */
export function write835(envelope: OutboundEnvelope, remittance: Header): string {
  const { providerSummaries = [], claims } = remittance;
  const summaries = providerSummaries.flatMap(writeSummary);
  const first = summaries.length > 0 || claims.length === 0 ? [] : [writeSegment('LX', '1')];
  return writeInterchange(envelope, guide, [
    ...writeHeader(remittance),
    ...writePayer(remittance),
    ...writePayee(remittance.payeeNpi, remittance.payee),
    ...summaries,
    ...first,
    ...claims.flatMap(writeRemittanceClaim),
    ...remittance.providerAdjustments.map((adjustment) => writeProviderAdjustment(remittance, adjustment)),
  ]);
}

function writeHeader(remittance: Header): readonly string[] {
  const { handling = 'I', direction = 'C', method, trace, producedOn, receiverId, currency } = remittance;
  const originatorId = remittance.originatorId ?? (remittance.payer === undefined ? remittance.payerId : '');
  const beforeDate = ['', '', '', '', '', '', '', '', '', '', ''];
  return [
    writeSegment('BPR', handling, amountText(remittance.paidCents), direction, method, ...beforeDate, d8Text(remittance.paidOn)),
    writeSegment('TRN', '1', trace, originatorId),
    ...(currency === undefined ? [] : [writeSegment('CUR', 'PR', currency)]),
    ...(receiverId === undefined ? [] : [writeSegment('REF', 'EV', receiverId)]),
    ...(producedOn === null ? [] : [writeSegment('DTM', '405', d8Text(producedOn))]),
  ];
}

function writePayer({ payerName, payerId, payer }: Header): readonly string[] {
  return [writeSegment('N1', 'PR', payerName, 'XV', payerId), ...aboutPayer(payer)];
}

function aboutPayer(payer: RemittancePayer | undefined): readonly string[] {
  if (payer === undefined) return [];
  const address = payer.address === null ? [] : writeAddress(payer.address);
  return [...address, ...writeReferences(payer.references), ...payer.contacts.map(writeContact)];
}

function writeContact({ kind, name, numbers }: RemittanceContact): string {
  return writeSegment('PER', kind, name, ...numbers.flatMap(({ qualifier, value }) => [qualifier, value]));
}

function writePayee(npi: string, payee: RemittancePayee | undefined): readonly string[] {
  if (payee === undefined) return [writeSegment('N1', 'PE', '', ...(npi === '' ? [] : ['XX', npi]))];
  const address = payee.address === null ? [] : writeAddress(payee.address);
  return [writeSegment('N1', 'PE', payee.name, payee.idQualifier, payee.id), ...address, ...writeReferences(payee.references)];
}

/** LX with TS3 and TS2; claims follow the last of them. */
function writeSummary(summary: WithoutPlace<ProviderSummary>): readonly string[] {
  const { number, providerId, facilityCode, fiscalYearEndsOn, claimCount, chargeCents, amounts } = summary;
  const elementsOf = (id: string, length: number) =>
    Array.from({ length }, (_, index) => {
      const said = amounts.find(({ qualifier }) => qualifier === `${id}-${index + 1}`);
      return said === undefined ? '' : amountText(said.cents);
    });
  const totals = [providerId, facilityCode, fiscalYearEndsOn === undefined ? '' : d8Text(fiscalYearEndsOn)];
  const ts2 = elementsOf('TS2', 19);
  return [
    writeSegment('LX', number),
    writeSegment('TS3', ...totals, String(claimCount), amountText(chargeCents), ...elementsOf('TS3', 24).slice(5)),
    ...(ts2.some((element) => element !== '') ? [writeSegment('TS2', ...ts2)] : []),
  ];
}

/** PLB02 is the end of the provider's fiscal year; the guide takes December 31 when it is not known. */
function writeProviderAdjustment({ payeeNpi, paidOn }: Header, adjustment: WithoutPlace<ProviderAdjustment>): string {
  const { providerId = payeeNpi, fiscalYearEndsOn, code, reference, cents } = adjustment;
  const yearEnd = fiscalYearEndsOn === undefined ? `${paidOn.slice(0, 4)}1231` : d8Text(fiscalYearEndsOn);
  return writeSegment('PLB', providerId, yearEnd, [code, reference], amountText(cents));
}
