import type { Account } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';
import { type HoldArrival, type HoldBook, holdsInForce, type HoldWord } from '../domain/hold.ts';

type PersonHoldChanged = Extract<HoldArrival, { kind: 'personHoldChanged' }>;

interface Lived {
  readonly before: Account;
  readonly events: readonly AccountEvent[];
  readonly after: Account;
}

/** What the other accounts of the same guarantor must hear: holds of the person that were placed, discharged, released or undone here first. */
export function forOtherAccounts({ before, events, after }: Lived, book: HoldBook): readonly PersonHoldChanged[] {
  const heard = events.flatMap((event) => (event.kind === 'stepUndone' ? undone(before, after, event) : of(event)));
  return heard.filter(({ hold }) => book.get(hold)?.of === 'person');
}

function of(event: AccountEvent): readonly PersonHoldChanged[] {
  if (event.kind !== 'holdPlaced' && event.kind !== 'holdReleased' && event.kind !== 'holdKept') return [];
  const { hold, on, source } = event;
  if (source === 'otherAccount') return [];
  if (event.kind === 'holdReleased') return [changed(hold, 'released', on)];
  if (event.kind === 'holdKept') return event.found === undefined ? [] : [changed(hold, event.found, on)];
  const { reference, owner } = event;
  const papers = { ...(reference === undefined ? {} : { reference }), ...(owner === undefined ? {} : { owner }) };
  return [{ ...changed(hold, 'placed', on), ...papers }];
}

/** An undo says which parts of the account are again what they were; the holds that differ are what others must hear. */
function undone(before: Account, after: Account, { on }: Extract<AccountEvent, { kind: 'stepUndone' }>): readonly PersonHoldChanged[] {
  const names = (account: Account): readonly string[] => holdsInForce(account.holds).map(({ reason }) => reason);
  const [were, are] = [names(before), names(after)];
  return [
    ...were.filter((hold) => !are.includes(hold)).map((hold) => changed(hold, 'released', on)),
    ...are.filter((hold) => !were.includes(hold)).map((hold) => changed(hold, 'placed', on)),
  ];
}

function changed(hold: string, says: HoldWord, on: PersonHoldChanged['on']): PersonHoldChanged {
  return { kind: 'personHoldChanged', hold, says, on };
}
