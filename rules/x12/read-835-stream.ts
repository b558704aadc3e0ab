import type { ProviderAdjustment } from '../domain/remittance.ts';
import type { ProviderSummary } from '../domain/remittance-details.ts';
import { type Cents, cents } from '../domain/money.ts';
import type { Envelope } from '../domain/x12-file.ts';
import { imbalancesOfCheck, imbalancesOfClaim, total } from './balance-835.ts';
import type { X12Event } from './events.ts';
import type { Closing, PartReader } from './part-reader.ts';
import { readRemittanceHeader } from './read-835.ts';
import { readRemittanceClaim } from './read-835-claim.ts';
import { readProviderAdjustments, readProviderSummary } from './read-835-summary.ts';
import { faultAt, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';
import { segmentId, type SegmentId } from './segment-id.ts';

const lx = segmentId('LX');
const clp = segmentId('CLP');
const plb = segmentId('PLB');

/** An 835 as it comes: its header, each LX, each claim, each PLB. Keeps sums, and the few things said of the whole. */
export class RemittanceParts implements PartReader {
  readonly maximumPartLength = 4 * 1024 * 1024;
  readonly #envelope: Envelope;
  #check: { readonly paidCents: Cents; readonly offset: number } | null = null;
  #claimCount = 0;
  #charged = 0;
  #paid = 0;
  #adjusted = 0;
  readonly #providerAdjustments: ProviderAdjustment[] = [];
  readonly #providerSummaries: ProviderSummary[] = [];

  constructor(envelope: Envelope) {
    this.#envelope = envelope;
  }

  begins(id: SegmentId): boolean {
    return id === clp || id === lx || id === plb;
  }

  readPart(cursor: SegmentCursor): readonly X12Event[] {
    const first = cursor.peekInside();
    switch (first?.id) {
      case 'ST':
        return [this.#readHeader(cursor, first)];
      case 'CLP':
        return [this.#readClaim(cursor, first)];
      case 'PLB':
        this.#providerAdjustments.push(...readProviderAdjustments(cursor, first));
        return [];
      case 'LX': {
        const summary = readProviderSummary(cursor, first);
        if (summary !== null) this.#providerSummaries.push(summary);
        return [];
      }
      default:
        return [];
    }
  }

  #readHeader(cursor: SegmentCursor, st: Segment): X12Event {
    cursor.take();
    const { bprOffset, ...header } = readRemittanceHeader(cursor, st);
    this.#check = { paidCents: header.paidCents, offset: bprOffset };
    return { kind: 'remittance-opened', envelope: this.#envelope, header, offset: st.offset };
  }

  #readClaim(cursor: SegmentCursor, segment: Segment): X12Event {
    const claim = readRemittanceClaim(cursor, segment);
    this.#claimCount++;
    this.#charged += claim.chargeCents;
    this.#paid += claim.paidCents;
    this.#adjusted += total(claim.adjustments);
    for (const line of claim.lines) this.#adjusted += total(line.adjustments);
    const sums = [this.#charged, this.#paid, this.#adjusted];
    if (!sums.every(Number.isSafeInteger)) throw faultAt(segment, '2100', 3, 'x12.amount', 'amounts whose sum is below 90 trillion');
    return { kind: 'remittance-claim', claim, imbalances: imbalancesOfClaim(claim) };
  }

  close({ envelope, place, faults }: Closing): X12Event {
    const check = this.#check ?? { paidCents: cents(0), offset: place.offset };
    const summary = {
      claimCount: this.#claimCount,
      chargeCents: cents(this.#charged),
      paidCents: cents(this.#paid),
      adjustmentCents: cents(this.#adjusted),
      providerAdjustments: this.#providerAdjustments,
      providerSummaries: this.#providerSummaries,
      imbalances: imbalancesOfCheck(check, this.#paid, total(this.#providerAdjustments)),
    };
    return { kind: 'remittance-closed', envelope, place, summary, faults };
  }
}
