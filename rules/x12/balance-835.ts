import { type Cents, minus, sum } from '../domain/money.ts';
import type { Imbalance, Remittance, RemittanceClaim } from '../domain/remittance.ts';

interface Amount {
  readonly cents: Cents;
}

/**
 * The three identities of an 835 (X221 §1.10.2.1): charge − adjustments = paid for each line and each claim (a claim counts the
 * adjustments of both levels), and claims − PLB = the payment. AMT takes no part. `expectedCents` is what the adjustments leave.
 */
export function imbalancesOf(remittance: Omit<Remittance, 'imbalances'>, bprOffset: number): readonly Imbalance[] {
  const paid = sum(remittance.claims.map((claim) => claim.paidCents));
  return [
    ...remittance.claims.flatMap(imbalancesOfClaim),
    ...difference('check', bprOffset, minus(paid, total(remittance.providerAdjustments)), remittance.paidCents),
  ];
}

function imbalancesOfClaim(claim: RemittanceClaim): readonly Imbalance[] {
  const lineAdjustments = claim.lines.flatMap((line) => line.adjustments);
  const expected = minus(claim.chargeCents, total([...claim.adjustments, ...lineAdjustments]));
  return [
    ...claim.lines.flatMap((line) =>
      difference('line', line.place.offset, minus(line.chargeCents, total(line.adjustments)), line.paidCents),
    ),
    ...difference('claim', claim.place.offset, expected, claim.paidCents),
  ];
}

function difference(level: Imbalance['level'], offset: number, expectedCents: Cents, cameCents: Cents): readonly Imbalance[] {
  return expectedCents === cameCents ? [] : [{ level, offset, expectedCents, cameCents }];
}

function total(amounts: readonly Amount[]): Cents {
  return sum(amounts.map((amount) => amount.cents));
}
