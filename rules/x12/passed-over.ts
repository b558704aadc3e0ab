import { parseAmount } from '../domain/money.ts';
import type { PassedOver } from '../domain/x12-file.ts';
import { elementCount, elementOf, type Segment } from './segment.ts';

export class PassedOverCounter {
  #said = { claims: 0, lines: 0, chargeCents: 0, lineChargeCents: 0, paidCents: 0, adjustmentCents: 0, plbCents: 0 };
  #checkCents: number | null = null;

  get counted(): PassedOver {
    return { ...this.#said, checkCents: this.#checkCents };
  }

  add(segment: Segment): void {
    const said = this.#said;
    switch (segment.id) {
      case 'BPR':
        this.#checkCents = amount(segment, 2);
        return;
      case 'CLP':
        said.paidCents += amount(segment, 4);
        said.chargeCents += amount(segment, 3);
        said.claims += 1;
        return;
      case 'CLM':
        said.chargeCents += amount(segment, 2);
        said.claims += 1;
        return;
      case 'SVC':
        said.lines += 1;
        return;
      case 'SV1':
      case 'SV3':
        return this.#line(segment, 2);
      case 'SV2':
        return this.#line(segment, 3);
      case 'CAS':
        said.adjustmentCents += every(segment, { first: 3, step: 3 });
        return;
      case 'PLB':
        said.plbCents += every(segment, { first: 4, step: 2 });
        return;
      default:
    }
  }

  #line(segment: Segment, chargeAt: number): void {
    this.#said.lines += 1;
    this.#said.lineChargeCents += amount(segment, chargeAt);
  }
}

function amount(segment: Segment, index: number): number {
  return parseAmount(elementOf(segment, index)) ?? 0;
}

function every(segment: Segment, { first, step }: { readonly first: number; readonly step: number }): number {
  let total = 0;
  for (let index = first; index < elementCount(segment); index += step) total += amount(segment, index);
  return total;
}
