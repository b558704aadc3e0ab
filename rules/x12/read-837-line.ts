import type { CivilDate } from '../domain/civil-date.ts';
import type { ClaimExtras } from '../domain/claim-details.ts';
import type { ClaimLine, LineAdjudication, OtherPayerAdjustment } from '../domain/claim.ts';
import { amountIn, otherAdjustmentsOf } from './read-837-coverage.ts';
import { ExtrasReader, readProvider } from './read-837-extras.ts';
import { type Procedure, procedureOf, type Service, serviceOf } from './read-837-service.ts';
import { amountOf, elementOf, faultAt, nullIfEmpty, type Period, periodOf, quantityOf, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** Loop 2400 with 2410, 2420, 2430 and 2440, from LX to before the next LX, CLM, HL or SE. */
export function readClaimLine(cursor: SegmentCursor, lx: Segment): ClaimLine {
  const body = readBody(cursor);
  const { service, period, svds, extras } = body;
  if (service === null) throw faultAt(lx, '2400', 1, 'x12.missing', 'SV1 or SV2 after it');
  const number = quantityOf(lx, 1, '2400');
  const controlNumber = body.controlNumber ?? String(number);
  const otherPayers = svds.map((said) => lineAdjudicationOf(said, service));
  return { number, controlNumber, ...service, ...datesOf(period), ...extras, otherPayers };
}

interface Body {
  readonly service: Service | null;
  readonly controlNumber: string | null;
  readonly period: Period | null;
  readonly svds: readonly AdjudicationSegments[];
  readonly extras: ClaimExtras;
}

function readBody(cursor: SegmentCursor): Body {
  const extras = new ExtrasReader();
  const svds: AdjudicationSegments[] = [];
  let service: Service | null = null;
  let controlNumber: string | null = null;
  let period: Period | null = null;
  // From LIN on (2410) a REF is that drug's and says nothing of the line.
  let isOfLine = true;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (endsLine.has(segment.id)) break;
    const qualifier = elementOf(segment, 1);
    if (segment.id === 'SVD') svds.push(readAdjudication(cursor, segment));
    else if (segment.id === 'NM1') {
      isOfLine = false;
      const { npi, details } = readProvider(cursor, segment);
      extras.addProvider({ role: qualifier, npi, ...details });
    } else {
      cursor.take();
      if (segment.id === 'LIN') isOfLine = false;
      const found: Service | null = serviceOf(segment);
      if (found !== null) service = found;
      else if (!isOfLine) extras.keep(segment);
      else if (segment.id === 'REF' && qualifier === '6R') controlNumber = nullIfEmpty(elementOf(segment, 2));
      else if (segment.id === 'DTP' && qualifier === '472') period = periodOf(segment, '2400');
      else extras.take(segment);
    }
  }
  return { service, controlNumber, period, svds, extras: extras.extras() };
}

const endsLine = new Set(['LX', 'CLM', 'HL']);

function datesOf(period: Period | null): Pick<ClaimLine, 'servicedOn' | 'servicedThrough'> {
  if (period === null || period.from === period.through) return { servicedOn: period?.from ?? null };
  return { servicedOn: period.from, servicedThrough: period.through };
}

interface AdjudicationSegments {
  readonly svd: Segment;
  readonly adjustments: readonly OtherPayerAdjustment[];
  readonly adjudicatedOn: CivilDate | null;
  readonly amounts: readonly Segment[];
}

/** Loop 2430: SVD with the CAS, DTP*573 and AMT that follow it. */
function readAdjudication(cursor: SegmentCursor, svd: Segment): AdjudicationSegments {
  const adjustments: OtherPayerAdjustment[] = [];
  const amounts: Segment[] = [];
  let adjudicatedOn: CivilDate | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'CAS') adjustments.push(...otherAdjustmentsOf(segment, '2430'));
    else if (segment.id === 'DTP' && elementOf(segment, 1) === '573') adjudicatedOn = periodOf(segment, '2430').from;
    else if (segment.id === 'AMT') amounts.push(segment);
    else break;
    cursor.take();
  }
  return { svd, adjustments, adjudicatedOn, amounts };
}

function lineAdjudicationOf({ svd, adjustments, adjudicatedOn, amounts }: AdjudicationSegments, line: Service): LineAdjudication {
  const { qualifier, code, modifiers } = procedureIn(procedureOf(svd, 3));
  const isSame = JSON.stringify(procedureIn(line)) === JSON.stringify({ qualifier, code, modifiers });
  const [revenueCode, bundledInto] = [elementOf(svd, 4), elementOf(svd, 6)];
  const units = elementOf(svd, 5) === '' ? null : quantityOf(svd, 5, '2430');
  const liability = amountIn(amounts, 'EAF', '2430');
  return {
    payerId: requiredOf(svd, 1, '2430'),
    paidCents: amountOf(svd, 2, '2430'),
    adjudicatedOn,
    adjustments,
    ...(isSame || code === '' ? {} : { procedure: { qualifier, code, modifiers } }),
    ...(revenueCode === '' || revenueCode === line.revenueCode ? {} : { revenueCode }),
    ...(units === null || units === line.units ? {} : { units }),
    ...(bundledInto === '' ? {} : { bundledInto }),
    ...(liability === null ? {} : { remainingLiabilityCents: liability }),
  };
}

function procedureIn({ procedureQualifier, procedureCode, modifiers }: Procedure) {
  return { qualifier: procedureQualifier ?? '', code: procedureCode ?? '', modifiers };
}
