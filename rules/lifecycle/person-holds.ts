import type { AccountEvent } from '../domain/event.ts';
import type { HoldArrival, HoldBook } from '../domain/hold.ts';

type PersonHoldChanged = Extract<HoldArrival, { kind: 'personHoldChanged' }>;

/** What the other accounts of the same guarantor must hear of a turn: its holds of the person, placed, discharged or released here first. */
export function forOtherAccounts(events: readonly AccountEvent[], book: HoldBook): readonly PersonHoldChanged[] {
  return events.flatMap((event): readonly PersonHoldChanged[] => {
    if (event.kind !== 'holdPlaced' && event.kind !== 'holdReleased' && event.kind !== 'holdKept') return [];
    const { hold, on } = event;
    if (book.get(hold)?.of !== 'person') return [];
    switch (event.kind) {
      case 'holdPlaced': {
        const { source, reference, owner } = event;
        const papers = { ...(reference === undefined ? {} : { reference }), ...(owner === undefined ? {} : { owner }) };
        return source === 'otherAccount' ? [] : [{ kind: 'personHoldChanged', hold, says: 'placed', on, ...papers }];
      }
      case 'holdReleased':
        return event.source === 'otherAccount' ? [] : [{ kind: 'personHoldChanged', hold, says: 'released', on }];
      case 'holdKept':
        return event.found === undefined || event.source === 'otherAccount'
          ? []
          : [{ kind: 'personHoldChanged', hold, says: event.found, on }];
    }
  });
}
