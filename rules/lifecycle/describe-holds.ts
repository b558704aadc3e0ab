import { assertNever } from '../domain/failures.ts';
import type { HoldArrival, HoldConclusion } from '../domain/hold.ts';

/** One line of an account's timeline about a hold. */
export function describeHold(event: HoldArrival | HoldConclusion): string {
  switch (event.kind) {
    case 'holdReported':
      return `A file says of ${event.on}: hold ${event.hold} ${event.says}${event.reference === undefined ? '' : ` (${event.reference})`}`;
    case 'personHoldChanged':
      return `On another account of the same person: hold ${event.hold} ${event.says} on ${event.on}`;
    case 'holdKept':
      return `Hold ${event.hold} stays${event.found === undefined ? '' : ` (${event.found})`}, review on ${event.reviewOn}`;
    default:
      return assertNever(event);
  }
}
