import type { Instant } from '../domain/civil-date.ts';
import { type ContactCapacity, ourselves } from '../domain/contact.ts';

/** How a party stands to our debts at that moment. */
export function capacityOf(party: string, _at: Instant): ContactCapacity {
  return party === ourselves ? 'ownName' : 'agency';
}
