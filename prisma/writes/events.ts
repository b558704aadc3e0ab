import type { Instant } from '../../rules/domain/civil-date.ts';
import type { AccountEvent, Arrival } from '../../rules/domain/event.ts';
import type { Database, Transaction } from '../client.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

export interface NewArrival {
  readonly accountId: string;
  readonly body: Arrival;
  readonly occurredAt: Instant;
  /** Business key within the facility: `file:<file>:<offset>:…`, `command:<account>:<key>`. */
  readonly dedupeKey: string;
  /** The file that brought it; its delivery to the account's workflow is still to come. */
  readonly fileId: string | null;
  /** Its delivery is still to come, though no file brought it. */
  readonly isUndelivered?: true;
}

/** Stores facts of the world, not yet applied. @returns their ids, in order. A key that is known is an error: the caller checks before. */
export async function appendArrivals(tx: Transaction, arrivals: readonly NewArrival[]): Promise<readonly string[]> {
  const rows = arrivals.map(({ accountId, body, occurredAt, dedupeKey, fileId, isUndelivered = false }) => ({
    id: uuidv7(),
    accountId,
    kind: body.kind,
    body,
    occurredAt,
    recordedAt: new Date().toISOString(),
    fileId,
    dedupeKey,
    // What did not come by a file is handed over by the activity that stored it.
    deliveredAt: fileId === null && !isUndelivered ? occurredAt : null,
  }));
  await insertAll(tx, 'AccountEvent', rows);
  return rows.map(({ id }) => id);
}

/** Delivered events are not delivered again. */
export async function markDelivered(db: Database, eventIds: readonly string[]): Promise<void> {
  await db.accountEvent.updateMany({ where: { id: { in: [...eventIds] }, deliveredAt: null }, data: { deliveredAt: new Date() } });
}

/**
 * Places in the account's life from 1. Conclusions carry theirs in their ids; arrivals take the places left, in the order in which they came.
 */
export function placesInLife(
  accountId: string,
  countBefore: number,
  turn: { readonly arrivals: readonly AccountEvent[]; readonly conclusions: readonly AccountEvent[] },
): ReadonlyMap<string, number> {
  const places = new Map(turn.conclusions.map(({ id }) => [id, Number(id.slice(accountId.length + 1))]));
  const taken = new Set(places.values());
  let next = countBefore + 1;
  for (const arrival of turn.arrivals) {
    while (taken.has(next)) next += 1;
    places.set(arrival.id, next);
    next += 1;
  }
  return places;
}
