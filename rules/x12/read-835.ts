import type { CivilDate } from '../domain/civil-date.ts';
import type { RemittanceContact, RemittanceReference } from '../domain/remittance-details.ts';
import type { RemittanceHeader } from './events.ts';
import { readAddress, readContact, readReference, refuseOfClaim } from './read-835-parts.ts';
import { amountOf, dateOf, elementOf, faultAt, isEmpty, requiredOf, type Segment, undefinedIfEmpty } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** N1 and what follows it, of loop 1000A or 1000B. */
interface Party {
  readonly n1: Segment;
  n3: Segment | null;
  n4: Segment | null;
  readonly references: RemittanceReference[];
  readonly contacts: RemittanceContact[];
}

interface Found {
  bpr: Segment | null;
  trn: Segment | null;
  payer: Party | null;
  payee: Party | null;
  receiverId: string | undefined;
  currency: string | undefined;
  producedOn: CivilDate | null;
}

/** Reads from after ST to before the first LX, CLP, PLB or SE. @throws X12Fault, also when BPR, TRN or the payer is missing. */
export function readRemittanceHeader(cursor: SegmentCursor, st: Segment): RemittanceHeader & { readonly bprOffset: number } {
  const { bpr, trn, payer, payee, receiverId, currency, producedOn } = readBody(cursor);
  if (bpr === null) throw faultAt(st, 'header', 1, 'x12.missing', 'BPR after it');
  if (trn === null) throw faultAt(bpr, 'header', 1, 'x12.missing', 'TRN after it');
  if (payer === null) throw faultAt(bpr, 'header', 1, 'x12.missing', 'N1 of the payer after it');
  const payerReference = payer.references.findLast((reference) => reference.qualifier === '2U')?.value ?? '';
  return {
    // The plan id is optional in 1000A; then the additional payer id, else the id of who made the payment (1 and its tax id).
    payerId: elementOf(payer.n1, 4) || payerReference || elementOf(trn, 3),
    payerName: elementOf(payer.n1, 2),
    payeeNpi: payee !== null && elementOf(payee.n1, 3) === 'XX' ? elementOf(payee.n1, 4) : '',
    paidCents: amountOf(bpr, 2, 'header'),
    method: requiredOf(bpr, 4, 'header'),
    handling: undefinedIfEmpty(elementOf(bpr, 1)),
    direction: undefinedIfEmpty(elementOf(bpr, 3)),
    // Some payers leave BPR16 empty; then the day the remittance was produced is its date.
    paidOn: isEmpty(bpr, 16) && producedOn !== null ? producedOn : dateOf(bpr, 16, 'header'),
    trace: requiredOf(trn, 2, 'header'),
    originatorId: undefinedIfEmpty(elementOf(trn, 3)),
    producedOn,
    receiverId,
    currency,
    payer: { address: readAddress(payer.n3, payer.n4), references: payer.references, contacts: payer.contacts },
    payee: payee === null ? undefined : payeeOf(payee),
    bprOffset: bpr.offset,
  };
}

function payeeOf({ n1, n3, n4, references }: Party): RemittanceHeader['payee'] {
  return { name: elementOf(n1, 2), idQualifier: elementOf(n1, 3), id: elementOf(n1, 4), address: readAddress(n3, n4), references };
}

function readBody(cursor: SegmentCursor): Found {
  const found: Found = { bpr: null, trn: null, payer: null, payee: null, receiverId: undefined, currency: undefined, producedOn: null };
  let party: Party | null = null;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    cursor.take();
    refuseOfClaim(segment, 'header');
    const qualifier = elementOf(segment, 1);
    if (segment.id === 'N1') {
      party = { n1: segment, n3: null, n4: null, references: [], contacts: [] };
      if (qualifier === 'PR') found.payer = party;
      else if (qualifier === 'PE') found.payee = party;
    } else if (party !== null) readOfParty(segment, party);
    else if (segment.id === 'BPR') found.bpr = segment;
    else if (segment.id === 'TRN') found.trn = segment;
    else if (segment.id === 'CUR') found.currency = undefinedIfEmpty(elementOf(segment, 2));
    else if (segment.id === 'REF' && qualifier === 'EV') found.receiverId = undefinedIfEmpty(elementOf(segment, 2));
    if (segment.id === 'DTM' && qualifier === '405') found.producedOn = dateOf(segment, 2, 'header');
  }
  return found;
}

function readOfParty(segment: Segment, party: Party): void {
  if (segment.id === 'N3') party.n3 = segment;
  else if (segment.id === 'N4') party.n4 = segment;
  else if (segment.id === 'REF') party.references.push(readReference(segment));
  else if (segment.id === 'PER') party.contacts.push(readContact(segment));
}
