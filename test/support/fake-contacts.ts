import type { ContactOffice } from '../../client/contacts.ts';

function never(): never {
  throw new Error('this ledger does not know that');
}

/** A ledger of which a test says what it holds. */
export const noContacts: ContactOffice = {
  find: async () => null,
  ledger: never,
  check: never,
  begin: never,
  complete: never,
  record: never,
  consent: never,
  note: never,
  end: never,
  violations: async () => [],
  review: async () => false,
};
