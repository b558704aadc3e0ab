import { DomainError } from './failures.ts';

/** A whole number of US cents, negative for credits. Comes only from `cents`, `parseAmount` or arithmetic below. */
export type Cents = number & { readonly __brand: 'Cents' };

export const zeroCents = 0 as Cents;

/** @throws DomainError `money.not-whole-cents` when the number is not a safe integer. */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new DomainError('money.not-whole-cents', 'an amount must be a safe whole number of cents');
  return (value === 0 ? 0 : value) as Cents;
}

/**
 * Reads X12 element type R (decimal text: `1480`, `-12.5`, `.07`, `100.`) as cents. A third decimal is allowed only when it is zero.
 * @returns null when the text is not such an amount: the caller names the place, never the text.
 */
export function parseAmount(text: string): Cents | null {
  const match = /^([+-]?)(\d{0,13})(?:\.(\d*))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  if (!/^\d{0,2}0*$/.test(fraction)) return null;
  const value = Number(whole || '0') * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return cents(sign === '-' ? -value : value);
}

export function sum(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return cents(total);
}

export function minus(a: Cents, b: Cents): Cents {
  return cents(a - b);
}

/** X12 element text: no leading zeros, no trailing decimal point, at most two decimals (`1480`, `-12.5`, `0.07`). */
export function amountText(amount: Cents): string {
  const absolute = Math.abs(amount);
  const fraction = String(absolute % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${amount < 0 ? '-' : ''}${Math.floor(absolute / 100)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** For people: `$1,480.00`, `-$12.50`. */
export function dollars(amount: Cents): string {
  const absolute = Math.abs(amount);
  const whole = String(Math.floor(absolute / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${amount < 0 ? '-' : ''}$${whole}.${String(absolute % 100).padStart(2, '0')}`;
}

/** Splits an amount over weights so that the parts sum to it exactly; the remainder goes, cent by cent, to the largest fractions, ties to the earliest. */
export function allocate(amount: Cents, weights: readonly number[]): Cents[] {
  const total = weights.reduce((a, b) => a + b, 0);
  if (weights.length === 0 || !(total > 0))
    throw new DomainError('money.no-weights', 'an amount can only be split over weights with a positive sum');
  const exact = weights.map((weight) => (BigInt(amount) * BigInt(weight)) / BigInt(total));
  const parts = exact.map(Number);
  const order = weights
    .map((weight, index) => ({ index, rest: Math.abs(Number((BigInt(amount) * BigInt(weight)) % BigInt(total))) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  let left = amount - parts.reduce((a, b) => a + b, 0);
  const step = Math.sign(left);
  for (const { index } of order) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + step;
    left -= step;
  }
  return parts.map(cents);
}
