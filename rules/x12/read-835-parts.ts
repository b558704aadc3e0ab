import type { PostalAddress, SourcePlace } from '../domain/claim.ts';
import type { ClaimAmount, RemittanceContact, RemittanceReference, RemittedParty } from '../domain/remittance-details.ts';
import { X12Fault } from './fault.ts';
import { amountOf, elementCount, elementOf, isEmpty, quantityOf, type Segment, undefinedIfEmpty } from './segment.ts';

/** A thing while it is read: its fields are set and its lists grow. */
export type Growing<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] | undefined ? Item[] | Exclude<T[Key], readonly unknown[]> : T[Key];
};

/** What most loops have of most lists; never added to. */
export const none: never[] = [];
Object.freeze(none);

/** The place of a thing whose end was not read yet. */
export const notYet: SourcePlace = Object.freeze({ offset: 0, length: 0 });

/** The list with one more item: the same list, once it is not `none` any more. */
export function withItem<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** QTY01 and QTY02. */
export interface ReadQuantity {
  readonly qualifier: string;
  readonly quantity: number;
}

export function readQuantity(qty: Segment, loop: string): ReadQuantity {
  return { qualifier: elementOf(qty, 1), quantity: quantityOf(qty, 2, loop) };
}

export function optionalQuantityOf(segment: Segment, index: number, loop: string): number | undefined {
  return isEmpty(segment, index) ? undefined : quantityOf(segment, index, loop);
}

export function readReference(ref: Segment): RemittanceReference {
  return { qualifier: elementOf(ref, 1), value: elementOf(ref, 2) };
}

export function readAmount(amt: Segment, loop: string): ClaimAmount {
  return { qualifier: elementOf(amt, 1), cents: amountOf(amt, 2, loop) };
}

export function readParty(nm1: Segment): RemittedParty {
  return {
    last: elementOf(nm1, 3),
    first: elementOf(nm1, 4),
    middle: undefinedIfEmpty(elementOf(nm1, 5)),
    suffix: undefinedIfEmpty(elementOf(nm1, 7)),
    idQualifier: undefinedIfEmpty(elementOf(nm1, 8)),
    id: undefinedIfEmpty(elementOf(nm1, 9)),
  };
}

export function readContact(per: Segment): RemittanceContact {
  const numbers: RemittanceContact['numbers'][number][] = [];
  for (let index = 3; index < elementCount(per); index += 2) {
    if (!isEmpty(per, index + 1)) numbers.push({ qualifier: elementOf(per, index), value: elementOf(per, index + 1) });
  }
  return { kind: elementOf(per, 1), name: elementOf(per, 2), numbers };
}

/** N3 and N4; null when there is neither. */
export function readAddress(n3: Segment | null, n4: Segment | null): PostalAddress | null {
  if (n3 === null && n4 === null) return null;
  const street = (index: number) => (n3 === null ? '' : elementOf(n3, index));
  const town = (index: number) => (n4 === null ? '' : elementOf(n4, index));
  return { line1: street(1), line2: street(2), city: town(1), state: town(2), postalCode: town(3) };
}

/** Lines and adjustments stand in claims; anywhere else their money would be lost. @throws X12Fault */
export function refuseOfClaim(segment: Segment, loop: string): void {
  if (segment.id === 'SVC' || segment.id === 'CAS') throw new X12Fault({ code: 'x12.order', at: segment, loop, expected: 'CLP before it' });
}
