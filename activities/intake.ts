import { civilDateAt } from '../rules/domain/civil-date.ts';
import type { PrismaClient } from '../prisma/client.ts';
import { countUndelivered, type Delivery, readDeliveries } from '../prisma/reads/deliveries.ts';
import { readFileToRead } from '../prisma/reads/inbound-file.ts';
import { markDelivered } from '../prisma/writes/events.ts';
import { beginReading } from '../prisma/writes/inbound-file.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { refuse } from './failures.ts';
import type { IntakeActivities } from './index.ts';
import { FileReading } from './intake/file-reading.ts';
import { startPulse } from './intake/pulse.ts';
import { storeFile } from './intake/store-file.ts';

/** How many accounts are told at once. */
const deliveriesAtOnce = 10;

type ReadOutcome = Omit<Awaited<ReturnType<IntakeActivities['readInboundFile']>>, 'undelivered'>;

export function intakeActivities({ prisma, messenger }: Pick<ActivityDependencies, 'prisma' | 'messenger'>): IntakeActivities {
  return {
    readInboundFile: async ({ fileId }) => ({
      ...(await readOnce(prisma, fileId)),
      undelivered: await countUndelivered(prisma, { fileId }),
    }),

    deliverEvents: async ({ limit, clockShiftMs, ...left }) => {
      await deliverTo(prisma, messenger, { waiting: await readDeliveries(prisma, left, limit), clockShiftMs });
      return { undelivered: await countUndelivered(prisma, left) };
    },
  };
}

/** Tells accounts of events, a few at once; what was told is marked, so that an attempt that dies goes on near where it was. */
export async function deliverTo(
  prisma: PrismaClient,
  messenger: ActivityDependencies['messenger'],
  { waiting, clockShiftMs }: { readonly waiting: readonly Delivery[]; readonly clockShiftMs: number },
): Promise<void> {
  for (let at = 0; at < waiting.length; at += deliveriesAtOnce) {
    const batch = waiting.slice(at, at + deliveriesAtOnce);
    await Promise.all(batch.map(({ accountId, eventIds }) => messenger.deliver(accountId, eventIds, clockShiftMs)));
    await markDelivered(
      prisma,
      batch.flatMap(({ eventIds }) => eventIds),
    );
  }
}

async function readOnce(prisma: PrismaClient, fileId: string): Promise<ReadOutcome> {
  const found = await readFileToRead(prisma, fileId);
  if (found === null) throw refuse('file.unknown', `there is no inbound file ${fileId}`);
  const { status, summary, size, zone, receivedAt, settledTo, counts, faults, claimsDone } = found;
  if (status === 'refused' || status === 'partlyStored') return { status, summary };
  if (status !== 'registered') return { status: 'alreadyStored', summary };
  await beginReading(prisma, fileId);
  const file = { fileId, zone, receivedAt, receivedOn: civilDateAt(receivedAt, zone), size, claimsDone };
  const pulse = startPulse();
  try {
    const end = await storeFile(new FileReading(prisma, { ...file, mark: { settledTo, counts, faults } }, pulse));
    return { status: end.status === 'duplicate' ? 'alreadyStored' : end.status, summary: end.summary };
  } finally {
    pulse.stop();
  }
}
