import type { AccountEvent } from '../domain/event.ts';
import { cents, dollars } from '../domain/money.ts';

export function describeVendor(
  event: Extract<AccountEvent, { kind: 'vendorReported' | 'vendorClaimedPayment' | 'coverageFound' }>,
): string {
  switch (event.kind) {
    case 'vendorReported':
      return `Vendor reports of placement ${event.placementId}: ${event.status}, on ${event.on}`;
    case 'vendorClaimedPayment':
      return `Vendor says that the patient paid us ${dollars(cents(event.cents))} on ${event.on}`;
    case 'coverageFound':
      return `Payer ${event.sequence} was found (${event.payerId})`;
  }
}
