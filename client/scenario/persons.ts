import type { Account } from '../../rules/domain/account.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { identityOf } from '../../rules/domain/guarantor.ts';
import { type HoldBook, holdsInForce, type PersonHold } from '../../rules/domain/hold.ts';

/** Which accounts of a story are one person's. */
export class StoryPersons {
  readonly #accounts = new Map<string, string>();

  note(accountNumber: string, { patient }: SubmittedClaim): void {
    this.#accounts.set(accountNumber, identityOf(patient) ?? accountNumber);
  }

  /** The other accounts of the same person. */
  others(accountNumber: string): readonly string[] {
    const who = this.#accounts.get(accountNumber);
    return [...this.#accounts].flatMap(([number, person]) => (person === who && number !== accountNumber ? [number] : []));
  }
}

/** Holds of the person in force on these accounts, where they were placed first. */
export function heldElsewhere(accounts: readonly Account[], book: HoldBook): readonly PersonHold[] {
  return accounts.flatMap(({ holds }) =>
    holdsInForce(holds).flatMap(({ reason: hold, since, source, reference = null }) =>
      source !== 'otherAccount' && book.get(hold)?.of === 'person' ? [{ hold, since, reference }] : [],
    ),
  );
}
