import type { CivilDate } from '../domain/civil-date.ts';
import type { ProviderAdjustment, Remittance, RemittanceClaim } from '../domain/remittance.ts';
import { imbalancesOf } from './balance-835.ts';
import { readRemittanceClaim } from './read-835-claim.ts';
import { amountOf, componentOf, dateOf, elementOf, faultAt, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** Reads from after ST to before SE; the place is the whole transaction set, ST to SE. */
export function readRemittance(cursor: SegmentCursor, st: Segment): Remittance {
  const header = readHeader(cursor, st);
  const claims: RemittanceClaim[] = [];
  const providerAdjustments: ProviderAdjustment[] = [];
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'CLP') {
      claims.push(readRemittanceClaim(cursor, segment));
      continue;
    }
    cursor.take();
    if (segment.id === 'PLB') providerAdjustments.push(...providerAdjustmentsOf(segment));
  }
  const se = cursor.peek();
  const end = se === null ? st.offset + st.length : se.offset + se.length;
  const { bprOffset, ...said } = header;
  const remittance = { ...said, claims, providerAdjustments, place: { offset: st.offset, length: end - st.offset } };
  return { ...remittance, imbalances: imbalancesOf(remittance, bprOffset) };
}

type Header = Omit<Remittance, 'claims' | 'providerAdjustments' | 'imbalances' | 'place'> & { readonly bprOffset: number };

function readHeader(cursor: SegmentCursor, st: Segment): Header {
  let bpr: Segment | null = null;
  let trn: Segment | null = null;
  let payer: Segment | null = null;
  let payee: Segment | null = null;
  let payerReference = '';
  let producedOn: CivilDate | null = null;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'LX' || segment.id === 'CLP' || segment.id === 'PLB') break;
    cursor.take();
    const qualifier = elementOf(segment, 1);
    if (segment.id === 'BPR') bpr = segment;
    else if (segment.id === 'TRN') trn = segment;
    else if (segment.id === 'N1' && qualifier === 'PR') payer = segment;
    else if (segment.id === 'N1' && qualifier === 'PE') payee = segment;
    else if (segment.id === 'REF' && qualifier === '2U' && payee === null) payerReference = elementOf(segment, 2);
    else if (segment.id === 'DTM' && qualifier === '405') producedOn = dateOf(segment, 2, 'header');
  }
  if (bpr === null) throw faultAt(st, 'header', 1, 'x12.missing', 'BPR after it');
  if (trn === null) throw faultAt(bpr, 'header', 1, 'x12.missing', 'TRN after it');
  if (payer === null) throw faultAt(bpr, 'header', 1, 'x12.missing', 'N1 of the payer after it');
  return {
    // The plan id is optional in 1000A; then the additional payer id, else the id of who made the payment (1 and its tax id).
    payerId: elementOf(payer, 4) || payerReference || elementOf(trn, 3),
    payerName: elementOf(payer, 2),
    payeeNpi: payee !== null && elementOf(payee, 3) === 'XX' ? elementOf(payee, 4) : '',
    paidCents: amountOf(bpr, 2, 'header'),
    method: requiredOf(bpr, 4, 'header'),
    // Some payers leave BPR16 empty; then the day the remittance was produced is its date.
    paidOn: elementOf(bpr, 16) === '' && producedOn !== null ? producedOn : dateOf(bpr, 16, 'header'),
    trace: requiredOf(trn, 2, 'header'),
    producedOn,
    bprOffset: bpr.offset,
  };
}

/** Up to six pairs of reason (code, reference) and amount. */
function providerAdjustmentsOf(plb: Segment): readonly ProviderAdjustment[] {
  const adjustments: ProviderAdjustment[] = [];
  for (let index = 3; index < plb.elements.length; index += 2) {
    if (elementOf(plb, index) === '' && elementOf(plb, index + 1) === '') continue;
    requiredOf(plb, index, 'summary');
    adjustments.push({
      code: componentOf(plb, index, 1),
      reference: componentOf(plb, index, 2),
      cents: amountOf(plb, index + 1, 'summary'),
      place: { offset: plb.offset, length: plb.length },
    });
  }
  return adjustments;
}
