import type { Account } from '../../rules/domain/account.ts';
import { addDays, type CivilDate } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import { vendorStatuses } from '../../rules/domain/vendor-report.ts';
import { reportArrivals } from '../../rules/vendors/vendor-statuses.ts';
import type { RandomNumbers } from './random-numbers.ts';

/** What a vendor may say of any placement there ever was, at the right time or not; null where there was none. */
export function randomVendorWord(
  { patient }: Account,
  numbers: RandomNumbers,
  about: { readonly today: CivilDate; readonly number: number },
): readonly Arrival[] | null {
  if (patient.placements.length === 0) return null;
  const { id: placementId } = numbers.pick(patient.placements);
  const { today, number } = about;
  const place = { placementId, fileId: 'f', offset: 0 };
  const on = numbers.pick([today, addDays(today, -3), addDays(today, -60)]);
  const paid = { ...place, paymentId: `v${number}`, cents: numbers.pick([500, 10_000]), on };
  switch (numbers.next(6)) {
    case 0:
    case 1:
      return [{ kind: 'vendorAcknowledged', placementId, accepted: numbers.next(4) > 0, on: today, reason: '' }];
    case 2:
      return [{ kind: 'patientPaid', via: 'vendor', ...paid }];
    case 3:
      return [{ kind: 'vendorClaimedPayment', ...paid }];
    case 4:
      return reportArrivals({ ...place, status: numbers.pick(vendorStatuses), on });
    default:
      return [{ kind: 'vendorReturned', placementId, on: today, reason: numbers.pick(vendorStatuses) }];
  }
}
