import { cents, minus, sum } from '../domain/money.ts';
import type { Imbalance, Remittance, RemittanceClaim } from '../domain/remittance.ts';

/**
 * The three balances of an 835 (005010X221A1 §1.10.2): line SVC02 − ΣCAS = SVC03; claim CLP03 − ΣCAS of both levels = CLP04;
 * check ΣCLP04 − ΣPLB = BPR02. AMT takes no part.
 */
export function imbalancesOf(remittance: Omit<Remittance, 'imbalances'>, checkOffset: number): readonly Imbalance[] {
  const paid = sum(remittance.claims.map((c) => c.paidCents));
  const check = minus(paid, sum(remittance.providerAdjustments.map((p) => p.cents)));
  return [
    ...remittance.claims.flatMap(claimImbalances),
    ...(check === remittance.paidCents
      ? []
      : [{ level: 'check' as const, offset: checkOffset, expectedCents: check, cameCents: remittance.paidCents }]),
  ];
}

function claimImbalances(claim: RemittanceClaim): readonly Imbalance[] {
  const lines = claim.lines.flatMap((line): readonly Imbalance[] => {
    const expectedCents = minus(line.chargeCents, sum(line.adjustments.map((a) => a.cents)));
    return expectedCents === line.paidCents ? [] : [{ level: 'line', offset: line.place.offset, expectedCents, cameCents: line.paidCents }];
  });
  const all = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)];
  const expectedCents = cents(claim.chargeCents - sum(all.map((a) => a.cents)));
  if (expectedCents === claim.paidCents) return lines;
  return [...lines, { level: 'claim', offset: claim.place.offset, expectedCents, cameCents: claim.paidCents }];
}
