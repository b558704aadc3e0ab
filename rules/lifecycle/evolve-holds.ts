import type { AccountEvent } from '../domain/event.ts';
import type { Hold } from '../domain/hold.ts';

export function placedHold(event: Extract<AccountEvent, { kind: 'holdPlaced' }>): Hold {
  const { hold: reason, on: since, reviewOn, source, reference, owner } = event;
  const papers = {
    ...(source === undefined ? {} : { source }),
    ...(reference === undefined ? {} : { reference }),
    ...(owner === undefined ? {} : { owner }),
  };
  return { reason, since, reviewOn, releasedOn: null, ...papers };
}

export function keptHold(hold: Hold, { hold: reason, reviewOn, found }: Extract<AccountEvent, { kind: 'holdKept' }>): Hold {
  if (hold.reason !== reason || hold.releasedOn !== null) return hold;
  return { ...hold, reviewOn, ...(found === undefined ? {} : { found }) };
}
