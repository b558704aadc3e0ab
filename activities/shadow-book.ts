import { randomUUID } from 'node:crypto';
import { type Instant, instant } from '../rules/domain/civil-date.ts';
import { messageOf } from '../rules/domain/failures.ts';
import type { PrismaClient } from '../prisma/client.ts';
import { type ShadowDifferenceFound, writeShadowDay, writeShadowDifference } from '../prisma/writes/shadow.ts';

/** How one check ended. */
export type ShadowNote =
  | { readonly kind: 'checked' | 'skipped' | 'failed' }
  | ({ readonly kind: 'differed' } & Omit<ShadowDifferenceFound, 'foundAt'>);

/** Where the checks of one run of a worker are counted. */
export interface ShadowBook {
  readonly note: (note: ShadowNote) => void;
  /** When everything noted so far is stored, or could not be. */
  readonly settled: () => Promise<void>;
}

type Counts = Record<'checked' | 'differed' | 'skipped' | 'failed', number>;

/**
 * Keeps the counts beside the work, a row per day and run, with the whole count each time: a write that is lost is made good by the next. What
 * cannot be stored is reported.
 */
export function shadowBook(prisma: PrismaClient, report: (line: string) => void, now: () => Instant = rightNow): ShadowBook {
  const workerId = randomUUID();
  const days = new Map<string, Counts>();
  let last: Promise<void> = Promise.resolve();
  let isWriting = false;
  const write = (work: () => Promise<void>): void => {
    last = last.then(work).catch((error: unknown) => {
      report(JSON.stringify({ level: 'error', event: 'rules.shadow-not-stored', message: messageOf(error) }));
    });
  };
  const writeCounts = (): void => {
    if (isWriting) return;
    isWriting = true;
    write(async () => {
      isWriting = false;
      for (const [on, counts] of days) {
        await writeShadowDay(prisma, { on, workerId, ...counts });
        if (on !== dayOf(now())) days.delete(on);
      }
    });
  };
  return {
    settled: () => last,
    note: (note) => {
      const counts = days.get(dayOf(now())) ?? { checked: 0, differed: 0, skipped: 0, failed: 0 };
      days.set(dayOf(now()), counts);
      if (note.kind === 'differed') {
        const { kind: _kind, ...found } = note;
        const foundAt = now();
        counts.checked += 1;
        write(() => writeShadowDifference(prisma, { ...found, foundAt }));
      }
      counts[note.kind] += 1;
      writeCounts();
    },
  };
}

function dayOf(at: Instant): string {
  return at.slice(0, 10);
}

function rightNow(): Instant {
  return instant(new Date().toISOString());
}
