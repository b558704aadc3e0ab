import { DomainError } from '../domain/failures.ts';

/** Text, or the components of a composite. */
type Element = string | readonly string[];

/** Our delimiters, and control characters, of which line ends are some. */
const reserved = /[*:~^]|\p{Cc}/u;

/**
 * One segment with its terminator. Empty elements at the end are dropped, as X12 asks.
 * @throws DomainError `x12.delimiter-in-value` when a value holds a character that would end it; the message never holds the value.
 */
export function writeSegment(id: string, ...elements: readonly Element[]): string {
  const texts = elements.map((element, index) => {
    const components = typeof element === 'string' ? [element] : element;
    if (components.some((component) => reserved.test(component)))
      throw new DomainError('x12.delimiter-in-value', `segment ${id}, element ${index + 1}: the value holds a delimiter of X12`);
    return joined(components, ':');
  });
  return `${joined([id, ...texts], '*')}~`;
}

/** @throws DomainError `x12.units` when the number has no plain decimal form. */
export function quantityText(quantity: number): string {
  const text = String(quantity);
  if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(text)) throw new DomainError('x12.units', 'units must be a plain decimal number');
  return text;
}

function joined(parts: readonly string[], separator: string): string {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1).join(separator);
}
