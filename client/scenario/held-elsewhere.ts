import type { Account } from '../../rules/domain/account.ts';
import { type HoldBook, holdsInForce, type PersonHold } from '../../rules/domain/hold.ts';

/** Holds of the person in force on these accounts, where they were placed first. */
export function heldElsewhere(accounts: readonly Account[], book: HoldBook): readonly PersonHold[] {
  return accounts.flatMap(({ holds }) =>
    holdsInForce(holds).flatMap(({ reason: hold, since, source, reference = null }) =>
      source !== 'otherAccount' && book.get(hold)?.of === 'person' ? [{ hold, since, reference }] : [],
    ),
  );
}
