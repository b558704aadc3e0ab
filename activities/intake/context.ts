import type { Transaction } from '../../prisma/client.ts';
import { type NewArrival } from '../../prisma/writes/events.ts';
import type { Unmatched } from '../../prisma/writes/unmatched.ts';
import type { CivilDate, Instant, Zone } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';

/** The file being stored. */
export interface FileIntake {
  readonly fileId: string;
  readonly zone: Zone;
  readonly receivedAt: Instant;
  readonly receivedOn: CivilDate;
}

/** One part of it, and the transaction in which all of that part is kept or nothing. */
export interface Intake extends FileIntake {
  readonly tx: Transaction;
}

/** What storing one part of a file came to, for the file's summary. */
export type Counts = Readonly<Record<string, number>>;

/** A fact of the world from this file, keyed by the byte that says it. */
export function arrivalFrom(
  intake: Intake,
  accountId: string,
  body: Arrival,
  at: { readonly offset: number; readonly about?: string },
): NewArrival {
  const { fileId, receivedAt: occurredAt } = intake;
  const about = at.about === undefined ? '' : `:${at.about}`;
  return { accountId, body, occurredAt, fileId, dedupeKey: `file:${fileId}:${at.offset}:${body.kind}${about}` };
}

export function unmatched(
  intake: Intake,
  task: Omit<Unmatched, 'fileId' | 'candidates' | 'payerId' | 'amountCents' | 'item' | 'awaits'> & Partial<Unmatched>,
): Unmatched {
  return { payerId: '', amountCents: 0, candidates: [], item: null, awaits: [], ...task, fileId: intake.fileId };
}

export function addCounts(all: readonly Counts[]): Counts {
  const total: Record<string, number> = {};
  for (const counts of all) for (const [what, count] of Object.entries(counts)) total[what] = (total[what] ?? 0) + count;
  return total;
}

/** `12 new accounts, 1 already recorded`: what is zero is not said. */
export function countsText(counts: Counts): string {
  const said = Object.entries(counts).filter(([, count]) => count > 0);
  return said.map(([what, count]) => `${count} ${what}`).join(', ') || 'nothing new';
}
