import type { PostalAddress } from '../../rules/domain/claim.ts';

export function addressLines({ line1, line2, city, state, postalCode }: PostalAddress): readonly string[] {
  return [line1, ...(line2 === '' ? [] : [line2]), `${city}, ${state} ${postalCode}`];
}
