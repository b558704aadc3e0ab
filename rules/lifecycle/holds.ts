import type { AccountEvent } from '../domain/event.ts';
import { type Hold, holdAgainst, type HoldBook, stopOf } from '../domain/hold.ts';

/** The hold in force that stops such a command or action; null when none does. */
export function holdStopping(book: HoldBook, holds: readonly Hold[], what: string): Hold | null {
  const stop = stopOf(what);
  return stop === null ? null : holdAgainst(book, holds, stop);
}

/** In words for whoever reads why it was not done. */
export function stoppedBy({ reason, reviewOn }: Hold): string {
  return `the hold "${reason}" stops it until ${reviewOn}`;
}

/** The holds after this event. */
export function foldHolds(holds: readonly Hold[], event: AccountEvent): readonly Hold[] {
  switch (event.kind) {
    case 'holdPlaced':
      return [...holds, placed(event)];
    case 'holdReleased':
      return holds.map((h) => (h.reason === event.hold && h.releasedOn === null ? { ...h, releasedOn: event.on } : h));
    case 'holdKept':
      return holds.map((h) => (h.reason === event.hold && h.releasedOn === null ? kept(h, event) : h));
    default:
      return holds;
  }
}

function placed(event: Extract<AccountEvent, { kind: 'holdPlaced' }>): Hold {
  const { hold: reason, on: since, reviewOn, source, reference, owner } = event;
  const papers = {
    ...(source === undefined ? {} : { source }),
    ...(reference === undefined ? {} : { reference }),
    ...(owner === undefined ? {} : { owner }),
  };
  return { reason, since, reviewOn, releasedOn: null, ...papers };
}

function kept(hold: Hold, { reviewOn, found }: Extract<AccountEvent, { kind: 'holdKept' }>): Hold {
  return { ...hold, reviewOn, ...(found === undefined ? {} : { found }) };
}
