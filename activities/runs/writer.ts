import type { CivilDate, Instant, Zone } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Command } from '../../rules/domain/event.ts';
import type { Transaction } from '../../prisma/client.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import type { SettledIntent } from '../../prisma/writes/runs.ts';
import type { ParcelFile } from '../dependencies.ts';
import type { Routes } from '../gateways/routes.ts';

/** The run that a parcel is written for. */
export interface Run {
  readonly destination: string;
  readonly at: Instant;
  readonly on: CivilDate;
  readonly zone: Zone;
  /** Nine digits, unique among everything ever sent. */
  readonly number: string;
  readonly routes: Routes;
}

export interface WrittenRun {
  readonly files: readonly (Omit<ParcelFile, 'content'> & { readonly content: string | Uint8Array })[];
  readonly channel: string;
  /** By it whoever carries the run calls it; unique by the run's number. */
  readonly parcel: string;
  /** What cannot go, and why in words; it ends as refused and the others leave without it. */
  readonly refused?: readonly { readonly intentId: string; readonly reason: string }[];
}

/** What each of them makes, and why some make nothing: one that cannot be written does not keep the others. */
export async function writeEach<T>(
  intents: readonly GatheredIntent[],
  make: (intent: GatheredIntent) => Promise<T>,
): Promise<{
  readonly made: readonly { readonly intent: GatheredIntent; readonly part: T }[];
  readonly refused: NonNullable<WrittenRun['refused']>;
}> {
  const made: { readonly intent: GatheredIntent; readonly part: T }[] = [];
  const refused: { readonly intentId: string; readonly reason: string }[] = [];
  for (const intent of intents) {
    try {
      made.push({ intent, part: await make(intent) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused.push({ intentId: intent.intentId, reason: `${error.code}: ${error.message}` });
    }
  }
  return { made, refused };
}

/** Makes one parcel of what was gathered for a destination. Asked again for the same run it may write other bytes: what was kept first is what leaves. */
export interface RunWriter {
  /** Intents in one run. */
  readonly most: number;
  readonly write: (tx: Transaction, run: Run, intents: readonly GatheredIntent[]) => Promise<WrittenRun>;
  /** What it does to the world, such as `placement:p1`: refused while another that did the same stands. */
  readonly standingKey?: (command: Command) => string | null;
  /** What else is remembered of those that were sent, with their outcome. */
  readonly sent?: (tx: Transaction, run: Pick<Run, 'on'>, intents: readonly SettledIntent[]) => Promise<void>;
}
