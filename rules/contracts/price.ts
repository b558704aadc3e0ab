import { cents, type Cents, dollars, sum } from '../domain/money.ts';
import type { Fee, PayerContract } from './contract.ts';

/** What was billed on one line; `code` is null where only a revenue code was billed. */
export interface PricedLine {
  readonly number: number;
  readonly code: string | null;
  readonly modifiers: readonly string[];
  readonly units: number;
  readonly chargeCents: Cents;
}

export interface Price {
  readonly expectedCents: Cents;
  /** How it came about, in a sentence. */
  readonly words: string;
}

/** What the contract lets us expect that the payer allows for a line; null when the contract names no price for it. */
export function priceOf(contract: PayerContract, line: PricedLine): Price | null {
  const rate = rateOf(contract, line);
  if (rate === null || !contract.lesserOf || rate.expectedCents <= line.chargeCents) return rate;
  return { expectedCents: line.chargeCents, words: `${rate.words}, but not more than the charge of ${dollars(line.chargeCents)}` };
}

/** Of several lines; null when one of them has no price. */
export function priceOfAll(
  contract: PayerContract,
  lines: readonly PricedLine[],
): { readonly expectedCents: Cents; readonly words: readonly string[] } | null {
  const prices = lines.map((line) => priceOf(contract, line));
  const known = prices.filter((price) => price !== null);
  if (known.length < lines.length || lines.length === 0) return null;
  return { expectedCents: sum(known.map(({ expectedCents }) => expectedCents)), words: known.map(({ words }) => words) };
}

function rateOf({ fees, percentOfChargeBasisPoints: share }: PayerContract, line: PricedLine): Price | null {
  const place = `Line ${line.number}${line.code === null ? '' : `, ${[line.code, ...line.modifiers].join('-')}`}`;
  const fee = feeOf(fees, line);
  if (fee !== null) {
    const expectedCents = times(fee.cents, line.units);
    return { expectedCents, words: `${place}: ${line.units} × ${dollars(fee.cents)} = ${dollars(expectedCents)}` };
  }
  if (share === null) return null;
  const expectedCents = shareOf(line.chargeCents, share);
  return { expectedCents, words: `${place}: ${percentText(share)} of ${dollars(line.chargeCents)} = ${dollars(expectedCents)}` };
}

function feeOf(fees: readonly Fee[], { code, modifiers }: PricedLine): Fee | null {
  const valid = fees.filter((fee) => fee.code === code && fee.modifiers.every((modifier) => modifiers.includes(modifier)));
  return valid.toSorted((a, b) => b.modifiers.length - a.modifiers.length)[0] ?? null;
}

/** Units may be parts of one (minutes as hours): thousandths count, half a cent goes up. */
function times(amount: Cents, units: number): Cents {
  return rounded(BigInt(amount) * BigInt(Math.round(units * 1_000)), 1_000n);
}

/** `basisPoints` are hundredths of a percent; half a cent goes up. */
export function shareOf(amount: Cents, basisPoints: number): Cents {
  return rounded(BigInt(amount) * BigInt(basisPoints), 10_000n);
}

/** Exactly divided, half a cent away from zero. */
export function rounded(numerator: bigint, denominator: bigint): Cents {
  const size = numerator < 0n ? -numerator : numerator;
  const value = (size * 2n + denominator) / (denominator * 2n);
  return cents(Number(numerator < 0n ? -value : value));
}

export function percentText(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}
