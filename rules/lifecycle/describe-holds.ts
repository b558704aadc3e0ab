import { assertNever } from '../domain/failures.ts';
import type { HoldArrival, HoldConclusion, RefundReturned } from '../domain/hold.ts';
import { cents, dollars } from '../domain/money.ts';

/** One line of an account's timeline about a hold. */
export function describeHold(event: HoldArrival | HoldConclusion | RefundReturned): string {
  switch (event.kind) {
    case 'holdReported':
      return `A file says of ${event.on}: hold ${event.hold} ${event.says}${event.reference === undefined ? '' : ` (${event.reference})`}`;
    case 'personHoldChanged':
      return `On another account of the same person: hold ${event.hold} ${event.says} on ${event.on}`;
    case 'holdKept':
      return `Hold ${event.hold} stays${event.found === undefined ? '' : ` (${event.found})`}, review on ${event.reviewOn}`;
    case 'estimateGiven':
      return `Good-faith estimate of ${dollars(cents(event.cents))}, given on ${event.on}`;
    case 'refundReturned':
      return `The refund of ${dollars(cents(event.cents))} was ${event.says} on ${event.on}`;
    default:
      return assertNever(event);
  }
}
