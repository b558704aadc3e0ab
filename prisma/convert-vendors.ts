import { invariant } from '../rules/domain/failures.ts';
import type { RemitLine } from '../rules/vendors/cash.ts';
import { type DifferenceKind, differenceKinds } from '../rules/vendors/difference.ts';
import type { InventoryRow, OurPlacement } from '../rules/vendors/inventory.ts';

/** Words of stored rows of the ledger between vendors and us, as their domain values. */

const placementStatuses = ['offered', 'placed', 'refused', 'recallSent', 'returned'] as const;

export function placementStatusOf(value: string): OurPlacement['status'] {
  return known(placementStatuses, value);
}

const holdingStatuses = ['open', 'held', 'closed'] as const;

export function holdingStatusOf(value: string): InventoryRow['status'] {
  return known(holdingStatuses, value);
}

export function differenceKindOf(value: string): DifferenceKind {
  return known(differenceKinds, value);
}

export function remitPartyOf({
  paidTo,
  paidBy,
}: {
  readonly paidTo: string;
  readonly paidBy: string;
}): Pick<RemitLine, 'paidTo' | 'paidBy'> {
  return { paidTo: known(['vendor', 'client'], paidTo), paidBy: known(['patient', 'payer'], paidBy) };
}

function known<Value extends string>(values: readonly Value[], stored: string): Value {
  const found = values.find((value) => value === stored);
  invariant(found !== undefined, `a stored row says one of ${values.join(', ')}`);
  return found;
}
