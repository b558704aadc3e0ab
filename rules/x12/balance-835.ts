import type { SourcePlace } from '../domain/claim.ts';
import { type Cents, cents } from '../domain/money.ts';
import type { Imbalance, RemittanceClaim } from '../domain/remittance.ts';

interface Amount {
  readonly cents: Cents;
}

const balanced: readonly Imbalance[] = [];

/**
 * Two of the three identities of an 835 (X221 §1.10.2.1): charge − adjustments = paid, for each line and for the claim, which counts the
 * adjustments of both levels. AMT takes no part. `expectedCents` is what the adjustments leave.
 */
export function imbalancesOfClaim(claim: RemittanceClaim): readonly Imbalance[] {
  let imbalances: Imbalance[] | null = null;
  let adjusted = total(claim.adjustments);
  for (const line of claim.lines) {
    const ofLine = total(line.adjustments);
    adjusted += ofLine;
    if (line.chargeCents - ofLine !== line.paidCents) (imbalances ??= []).push(imbalanceOf('line', line, ofLine));
  }
  if (claim.chargeCents - adjusted !== claim.paidCents) (imbalances ??= []).push(imbalanceOf('claim', claim, adjusted));
  return imbalances ?? balanced;
}

/** The third: claims − provider adjustments = the payment. */
export function imbalancesOfCheck(
  check: { paidCents: Cents; offset: number },
  claimsCents: number,
  providerCents: number,
): readonly Imbalance[] {
  const expectedCents = cents(claimsCents - providerCents);
  return expectedCents === check.paidCents
    ? balanced
    : [{ level: 'check', offset: check.offset, expectedCents, cameCents: check.paidCents }];
}

interface Adjudicated {
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly place: SourcePlace;
}

function imbalanceOf(level: 'line' | 'claim', { chargeCents, paidCents, place }: Adjudicated, adjusted: number): Imbalance {
  return { level, offset: place.offset, expectedCents: cents(chargeCents - adjusted), cameCents: paidCents };
}

export function total(amounts: readonly Amount[]): number {
  let sum = 0;
  // By index: an iterator for each of the millions of lists costs more than the sum.
  for (let index = 0; index < amounts.length; index++) sum += amounts[index]?.cents ?? 0;
  return sum;
}
