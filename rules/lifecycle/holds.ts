import type { Hold } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';

/** What goes to the patient or to a vendor, and a hold stops. */
const stopped: ReadonlySet<string> = new Set(['sendStatement', 'offerPaymentPlan', 'placeWithVendor']);

/** The hold that stops such a command or action; undefined when none does. */
export function holdStopping(holds: readonly Hold[], what: string): Hold | undefined {
  return stopped.has(what) ? holds.find((h) => h.releasedOn === null) : undefined;
}

/** In words for whoever reads why it was not done. */
export function stoppedBy({ reason, reviewOn }: Hold): string {
  return `the hold "${reason}" stops it until ${reviewOn}`;
}

/** The holds after these events, in the order in which they came. */
export function foldHolds(holds: readonly Hold[], event: AccountEvent): readonly Hold[] {
  if (event.kind === 'holdPlaced') return [...holds, { reason: event.hold, since: event.on, reviewOn: event.reviewOn, releasedOn: null }];
  if (event.kind !== 'holdReleased') return holds;
  return holds.map((h) => (h.reason === event.hold && h.releasedOn === null ? { ...h, releasedOn: event.on } : h));
}
