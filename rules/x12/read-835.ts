import type { SourcePlace } from '../domain/claim.ts';
import type { Adjustment, AdjustmentGroup, ProviderAdjustment, Remittance, RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';
import { imbalancesOf } from './balance.ts';
import { X12Fault } from './fault.ts';
import { amount, amountOrZero, component, dateAt, element, required, type Segment } from './segments.ts';

/** 835 (005010X221A1): BPR, TRN, DTM*405, payer and payee, then one CLP loop per claim with its SVC loops, and PLB. */
export function readRemittance(segments: readonly Segment[], place: SourcePlace): Remittance {
  const first = segments[0] ?? { offset: place.offset, number: 0, id: 'ST' };
  const bpr = only(segments, 'BPR', first);
  const trn = only(segments, 'TRN', first);
  const payer = segments.find((s) => s.id === 'N1' && element(s, 1) === 'PR');
  const payee = segments.find((s) => s.id === 'N1' && element(s, 1) === 'PE');
  const produced = segments.find((s) => s.id === 'DTM' && element(s, 1) === '405');
  const unbalanced = {
    payerId: payerIdOf(segments, payer),
    payerName: payer === undefined ? '' : element(payer, 2),
    payeeNpi: payee === undefined ? '' : element(payee, 4),
    paidCents: amount(bpr, 2),
    method: element(bpr, 4),
    paidOn: dateAt(bpr, 16),
    trace: required(trn, 2),
    producedOn: produced === undefined ? null : dateAt(produced, 2),
    claims: claimLoops(segments).map(readClaim),
    providerAdjustments: segments.filter((s) => s.id === 'PLB').flatMap(readProviderAdjustments),
    place,
  };
  return { ...unbalanced, imbalances: imbalancesOf(unbalanced, bpr.offset) };
}

function only(segments: readonly Segment[], id: string, first: Pick<Segment, 'offset' | 'number' | 'id'>): Segment {
  const found = segments.find((s) => s.id === id);
  if (found === undefined) throw new X12Fault('x12.required', first, `expected a ${id} in this transaction`);
  return found;
}

/** N104 of the payer when it carries an id, else REF*2U, else TRN03 (the payer's tax id with a leading 1). */
function payerIdOf(segments: readonly Segment[], payer: Segment | undefined): string {
  const named = payer === undefined ? '' : element(payer, 4);
  const additional = segments.find((s) => s.id === 'REF' && element(s, 1) === '2U');
  const trn = segments.find((s) => s.id === 'TRN');
  return named || (additional === undefined ? '' : element(additional, 2)) || (trn === undefined ? '' : element(trn, 3));
}

/** From each CLP to the segment before the next CLP, LX, PLB or SE. */
function claimLoops(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const loops: Segment[][] = [];
  let open: Segment[] | null = null;
  for (const segment of segments) {
    if (segment.id === 'CLP') loops.push((open = [segment]));
    else if (segment.id === 'LX' || segment.id === 'PLB' || segment.id === 'SE' || segment.id === 'TS3' || segment.id === 'TS2')
      open = null;
    else open?.push(segment);
  }
  return loops;
}

function readClaim(loop: readonly Segment[]): RemittanceClaim {
  const [clp] = loop;
  const last = loop.at(-1);
  if (clp === undefined || last === undefined) throw new Error('a claim loop begins with CLP');
  const firstLine = loop.findIndex((s) => s.id === 'SVC');
  const header = firstLine < 0 ? loop : loop.slice(0, firstLine);
  const named = (code: string): Segment | undefined => header.find((s) => s.id === 'NM1' && element(s, 1) === code);
  const dated = (code: string): Segment | undefined => loop.find((s) => s.id === 'DTM' && element(s, 1) === code);
  const patient = named('QC');
  const crossover = named('TT');
  const received = dated('050');
  const serviced = dated('232') ?? dated('472');
  return {
    submissionKey: required(clp, 1),
    status: required(clp, 2),
    chargeCents: amount(clp, 3),
    paidCents: amount(clp, 4),
    patientResponsibilityCents: amountOrZero(clp, 5),
    filingIndicator: element(clp, 6),
    payerClaimNumber: element(clp, 7),
    adjustments: header.filter((s) => s.id === 'CAS').flatMap(readAdjustments),
    rarcs: header.flatMap(remarksOf),
    crossoverPayerId: crossover === undefined ? null : element(crossover, 9) || null,
    receivedOn: received === undefined ? null : dateAt(received, 2),
    servicedFrom: serviced === undefined ? null : dateAt(serviced, 2),
    patient: {
      last: patient === undefined ? '' : element(patient, 3),
      first: patient === undefined ? '' : element(patient, 4),
      memberId: patient === undefined ? '' : element(patient, 9),
    },
    lines: lineLoops(loop).map(readLine),
    place: { offset: clp.offset, length: last.offset + last.length - clp.offset },
  };
}

/** Claim remarks: MOA03-07 (outpatient), MIA05 and MIA20-23 (inpatient). */
function remarksOf(segment: Segment): readonly string[] {
  const places = segment.id === 'MOA' ? [3, 4, 5, 6, 7] : segment.id === 'MIA' ? [5, 20, 21, 22, 23] : [];
  return places.map((index) => element(segment, index)).filter((remark) => remark !== '');
}

function lineLoops(loop: readonly Segment[]): readonly (readonly Segment[])[] {
  const starts = loop.flatMap((s, index) => (s.id === 'SVC' ? [index] : []));
  return starts.map((start, n) => loop.slice(start, starts[n + 1] ?? loop.length));
}

function readLine(loop: readonly Segment[], index: number): RemittanceLine {
  const [svc] = loop;
  const last = loop.at(-1);
  if (svc === undefined || last === undefined) throw new Error('a line loop begins with SVC');
  const control = loop.find((s) => s.id === 'REF' && element(s, 1) === '6R');
  const allowed = loop.find((s) => s.id === 'AMT' && element(s, 1) === 'B6');
  const isRevenue = component(svc, 1, 1) === 'NU';
  return {
    number: index + 1,
    controlNumber: control === undefined ? null : required(control, 2),
    procedureCode: isRevenue ? null : component(svc, 1, 2) || null,
    revenueCode: isRevenue ? component(svc, 1, 2) : element(svc, 4) || null,
    chargeCents: amount(svc, 2),
    paidCents: amountOrZero(svc, 3),
    allowedCents: allowed === undefined ? null : amount(allowed, 2),
    adjustments: loop.filter((s) => s.id === 'CAS').flatMap(readAdjustments),
    rarcs: loop.filter((s) => s.id === 'LQ' && element(s, 1) === 'HE').map((s) => required(s, 2)),
    place: { offset: svc.offset, length: last.offset + last.length - svc.offset },
  };
}

const groups: readonly AdjustmentGroup[] = ['CO', 'PR', 'OA', 'PI', 'CR'];

/** CAS: group, then up to six triplets of reason, amount, quantity. */
function readAdjustments(cas: Segment): readonly Adjustment[] {
  const group = groups.find((g) => g === element(cas, 1));
  if (group === undefined) throw new X12Fault('x12.code', cas, `expected one of ${groups.join(', ')}`, 1);
  const place = { offset: cas.offset, length: cas.length };
  return [2, 5, 8, 11, 14, 17]
    .filter((index) => element(cas, index) !== '' || element(cas, index + 1) !== '')
    .map((index) => ({ group, carc: required(cas, index), cents: amount(cas, index + 1), place }));
}

/** PLB: provider, fiscal year end, then up to six pairs of (code:reference, amount). */
function readProviderAdjustments(plb: Segment): readonly ProviderAdjustment[] {
  const place = { offset: plb.offset, length: plb.length };
  return [3, 5, 7, 9, 11, 13]
    .filter((index) => element(plb, index) !== '')
    .map((index) => ({ code: component(plb, index, 1), reference: component(plb, index, 2), cents: amount(plb, index + 1), place }));
}
