import { DomainError } from '../domain/failures.ts';

/**
 * The line at the foot of a payment slip, as a lockbox reads it: number of the statement (12 digits), amount due in cents (9 digits), and a check digit over
 * both by the Luhn formula (ISO/IEC 7812-1, annex B). @throws DomainError `statement.scan-line` when either does not fit
 */
export function scanLine(number: string, dueCents: number): string {
  const digits = number.padStart(12, '0');
  const amount = String(dueCents).padStart(9, '0');
  if (!/^\d{12}$/.test(digits) || !/^\d{9}$/.test(amount))
    throw new DomainError(
      'statement.scan-line',
      'a payment slip takes a number of at most 12 digits and an amount from 0 to $9,999,999.99',
    );
  return `${digits} ${amount} ${checkDigit(digits + amount)}`;
}

/** @returns null when it is no such line, or its check digit is wrong */
export function readScanLine(line: string): { readonly number: string; readonly dueCents: number } | null {
  const match = /^(\d{12})\s*(\d{9})\s*(\d)$/.exec(line.trim());
  const [, number = '', amount = '', check = ''] = match ?? [];
  if (match === null || checkDigit(number + amount) !== check) return null;
  return { number, dueCents: Number(amount) };
}

function checkDigit(digits: string): string {
  let total = 0;
  for (let n = 0; n < digits.length; n += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - n));
    const doubled = n % 2 === 0 ? digit * 2 : digit;
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (total % 10)) % 10);
}
