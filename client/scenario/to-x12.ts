import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import { amountText } from '../../rules/domain/money.ts';
import { write277ca } from '../../rules/x12/write-277ca.ts';
import { write277Rfai } from '../../rules/x12/write-277-rfai.ts';
import { write999 } from '../../rules/x12/write-999.ts';
import type { OutboundEnvelope } from '../../rules/x12/write-envelope.ts';
import { write835 } from '../../rules/x12/write-835.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { buildAcknowledgement, buildClaim, buildRemittance, buildRequest } from './build.ts';
import type { AcknowledgementArrival, ScenarioArrival } from './format.ts';
import { assistanceFeedOf, isAboutAssistance } from './format-assistance.ts';
import { holdFile, refundFile } from './format-holds.ts';
import { isOfPlans, type PlanArrivalTold, rowOf } from './format-plan.ts';
import { isOfLedger, type LedgerFile, ledgerFile } from './format-vendor-ledger.ts';
import { isVendorArrival, type VendorFile, vendorFile } from './format-vendors.ts';
import { payerNames, sandboxProvider } from './invented.ts';
import { paymentFile, planFile } from '../payment-file.ts';

/**
 * What a story's arrival is in the drop folder. A feed is CSV there; the pure world takes the body it stands for.
 */
export type ArrivingFile =
  | { readonly kind: 'x12'; readonly name: string; readonly text: string }
  | { readonly kind: 'row'; readonly name: string; readonly csv: string }
  | VendorFile
  | LedgerFile
  | { readonly kind: 'feed'; readonly name: string; readonly csv: string; readonly accountNumber: string; readonly body: FeedBody };

export type FeedBody =
  | Omit<Extract<Arrival, { kind: 'patientPaid' }>, 'fileId' | 'offset'>
  | Omit<Extract<Arrival, { kind: 'assistanceApplied' }>, 'fileId' | 'offset'>
  | Omit<Extract<Arrival, { kind: 'assistanceScreened' }>, 'fileId' | 'offset'>
  | Omit<Extract<Arrival, { kind: 'holdReported' }>, 'fileId' | 'offset'>
  | Omit<Extract<Arrival, { kind: 'refundReturned' }>, 'fileId' | 'offset'>
  | Extract<Arrival, { kind: 'vendorAcknowledged' }>
  | Extract<Arrival, { kind: 'vendorReturned' }>;

/** A row of payments or plans as the file it comes in. */
function feedOf(arrival: PlanArrivalTold, on: CivilDate): ArrivingFile {
  const row = rowOf(arrival, on);
  const file = 'payment' in row ? paymentFile(row.payment) : planFile(row.plan);
  return { kind: 'row', name: `${on}-${file.name}`, csv: file.text };
}

export function fileOf(arrival: ScenarioArrival, on: CivilDate, readFile: (name: string) => string): ArrivingFile {
  if ('claim' in arrival) {
    const claim = buildClaim(arrival.claim);
    const payer = claim.coverages[0]?.payerId ?? 'PAYER';
    const text = write837(envelope(on, { from: 'RECOURSE', to: payer, about: claim.submissionKey }), [claim]);
    return { kind: 'x12', name: `${on}-${claim.submissionKey}.837`, text };
  }
  if ('acknowledgement' in arrival)
    return {
      kind: 'x12',
      name: `${on}-${arrival.acknowledgement.claim}.${arrival.acknowledgement.kind}`,
      text: acknowledgementText(arrival.acknowledgement, on),
    };
  if ('remittance' in arrival) {
    const remittance = buildRemittance(arrival.remittance, on);
    const text = write835(envelope(on, { from: remittance.payerId, to: 'RECOURSE', about: remittance.trace }), remittance);
    return { kind: 'x12', name: `${on}-${remittance.trace}.835`, text };
  }
  if ('request' in arrival) {
    const { number } = arrival.request;
    const text = write277Rfai(envelope(on, { from: 'PAYER', to: 'RECOURSE', about: `277${number}` }), [buildRequest(arrival.request, on)]);
    return { kind: 'x12', name: `${on}-${number}.277`, text };
  }
  if ('payment' in arrival) {
    const { id, account, amount, via } = arrival.payment;
    const csv = `payment_id,account_number,amount,paid_on,via\n${id},${account},${amountText(amount)},${on},${via}\n`;
    return {
      kind: 'feed',
      name: `${on}-${id}-payments.csv`,
      csv,
      accountNumber: account,
      body: { kind: 'patientPaid', paymentId: id, cents: amount, on, via },
    };
  }
  if (isOfPlans(arrival)) return feedOf(arrival, on);
  if ('vendor' in arrival) {
    const { account, placement, event, reason } = arrival.vendor;
    const csv = `placement_id,event,on,reason,amount,payment_id\n${account}-${placement},${event},${on},${reason},,\n`;
    const body: FeedBody =
      event === 'returned'
        ? { kind: 'vendorReturned', placementId: placement, on, reason }
        : { kind: 'vendorAcknowledged', placementId: placement, accepted: event === 'ack-accepted', on, reason };
    return { kind: 'feed', name: `${on}-${account}-${event}-vendor.csv`, csv, accountNumber: account, body };
  }
  if (isAboutAssistance(arrival)) return assistanceFeedOf(arrival, on);
  if ('hold' in arrival) return holdFile(arrival.hold, on);
  if ('refund' in arrival) return refundFile(arrival.refund, on);
  if (isVendorArrival(arrival)) return vendorFile(arrival, on);
  if (isOfLedger(arrival)) return ledgerFile(arrival, on);
  if ('x12' in arrival) return { kind: 'x12', name: `${on}-inline.edi`, text: arrival.x12 };
  return { kind: 'x12', name: arrival.file, text: readFile(arrival.file) };
}

function acknowledgementText(told: AcknowledgementArrival, on: CivilDate): string {
  const source = envelope(on, {
    from: told.by === 'payer' ? 'PAYER' : 'CLEARINGHOUSE',
    to: 'RECOURSE',
    about: `${told.kind}${told.claim}${told.code}`,
  });
  const control = String(controlNumber(`837${told.claim}`));
  switch (told.kind) {
    case '277CA':
      return write277ca(source, [buildAcknowledgement(told, on)]);
    case '999':
      return write999(source, {
        functionalId: 'HC',
        groupControlNumber: control,
        code: told.code,
        transactions: [{ controlNumber: '0001', code: told.code }],
      });
  }
}

export function envelope(on: CivilDate, about: { readonly from: string; readonly to: string; readonly about: string }): OutboundEnvelope {
  const ours = about.from === 'RECOURSE';
  const control = String(controlNumber(ours ? `837${about.about}` : `${on}${about.from}${about.about}`));
  return {
    senderId: about.from,
    senderName: ours ? sandboxProvider.name : (payerNames[about.from] ?? about.from),
    senderPhone: '5555550100',
    receiverId: about.to,
    receiverName: payerNames[about.to] ?? about.to,
    sentOn: on,
    sentAtTime: '0900',
    interchangeControlNumber: control,
    groupControlNumber: control,
    transactionControlNumber: '0001',
    usage: 'T',
  };
}

/** A control number that is the same for the same file, so that a story's 999 can answer its 837. */
function controlNumber(of: string): number {
  let value = 7;
  for (let i = 0; i < of.length; i += 1) value = (value * 31 + of.charCodeAt(i)) % 999_999_937;
  return value + 1;
}
