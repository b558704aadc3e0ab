import type { Instant } from '../rules/domain/civil-date.ts';
import { forOtherAccounts } from '../rules/lifecycle/person-holds.ts';
import type { assistanceNews } from '../rules/lifecycle/person-assistance.ts';
import type { Transaction } from '../prisma/client.ts';
import { readOtherAccounts } from '../prisma/reads/holds.ts';
import { readNews } from '../prisma/reads/deliveries.ts';
import { readClockShifts } from '../prisma/reads/shown.ts';
import { appendArrivals } from '../prisma/writes/events.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { deliverTo } from './intake.ts';
import { shippedHolds } from './may-still-go.ts';

/** More than one person ever has; what is left is told with the next turn. */
const mostAccounts = 1_000;

export interface Teller {
  readonly accountId: string;
  readonly seq: number;
}

interface Left extends Teller {
  readonly asOf: Instant;
  readonly lived: Parameters<typeof forOtherAccounts>[0];
  /** What of assistance concerns others. */
  readonly assistance: ReturnType<typeof assistanceNews>;
}

/** Stores for the other accounts of the person what this turn did with holds and applications of the person. @returns whether there is anything to tell */
export async function leaveForOthers(tx: Transaction, { accountId, seq, asOf, lived, assistance }: Left): Promise<boolean> {
  const news = [...(await ofHolds(tx, accountId, lived)), ...assistance];
  if (news.length === 0) return false;
  const arrivals = news.map(({ accountId: other, body }, n) => {
    const dedupeKey = `${prefixOf({ accountId, seq })}${n}:${other}`;
    return { accountId: other, body, occurredAt: asOf, dedupeKey, fileId: null, isUndelivered: true as const };
  });
  await appendArrivals(tx, arrivals);
  return true;
}

async function ofHolds(tx: Transaction, accountId: string, lived: Left['lived']) {
  const bodies = forOtherAccounts(lived, shippedHolds());
  if (bodies.length === 0) return [];
  const names = bodies.map(({ hold }) => hold);
  return (await readOtherAccounts(tx, accountId, names)).flatMap((other) => bodies.map((body) => ({ accountId: other, body })));
}

/** Tells them; what an attempt that died left untold is told by the next one. */
export async function tellOthers({ prisma, messenger }: Pick<ActivityDependencies, 'prisma' | 'messenger'>, teller: Teller): Promise<void> {
  const waiting = await readNews(prisma, prefixOf(teller), mostAccounts);
  const shifts = await readClockShifts(
    prisma,
    waiting.map(({ accountId }) => accountId),
  );
  for (const one of waiting) await deliverTo(prisma, messenger, { waiting: [one], clockShiftMs: shifts.get(one.accountId) ?? 0 });
}

function prefixOf({ accountId, seq }: Teller): string {
  return `personHold:${accountId}:${seq}:`;
}
