import type { CivilDate, Instant, Zone } from '../domain/civil-date.ts';

export interface StatementFacts {
  readonly number: number;
  readonly proofId: string;
  readonly by: string;
  readonly on: CivilDate;
  readonly zone: Zone;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly accounts: number;
  readonly open: number;
  readonly armed: number;
  readonly earliestAt: Instant | null;
  readonly folded: number;
  /** Kind, how many were found, how many of them healed. */
  readonly kinds: readonly (readonly [string, number, number])[];
  /** Accounts of which an older database was found. */
  readonly restored: readonly string[];
}

/** What a proof came to, in the words that are signed. Ids, codes and dates only. */
export function statementText(facts: StatementFacts): string {
  const { number, proofId, by, on, zone, startedAt, finishedAt, accounts, folded, kinds, restored } = facts;
  return [
    `Deadline statement ${number} of ${on} (${zone})`,
    proofLine(facts),
    `Compared ${accounts} open accounts from ${startedAt} to ${finishedAt}; ${folded} projections folded again from their events`,
    ...(kinds.length === 0 ? ['Nothing disagreed'] : kinds.map(([kind, found, healed]) => `Found ${kind}: ${found}, healed ${healed}`)),
    ...(restored.length === 0 ? [] : [`AN OLDER DATABASE WAS RESTORED. Accounts: ${restored.join(' ')}`]),
    `Proof ${proofId} by ${by}`,
  ].join('\n');
}

/** The proof in one line. `earliestAt` is text, for what comes back over the wire. */
export function proofLine({
  open,
  armed,
  earliestAt,
}: {
  readonly open: number;
  readonly armed: number;
  readonly earliestAt: string | null;
}): string {
  return `${open} open, ${armed} armed, ${open - armed} unarmed, ${earliestAt === null ? 'nothing fires' : `earliest fires at ${earliestAt}`}`;
}
