import { civilDateAt } from '../rules/domain/civil-date.ts';
import { inTransaction, type PrismaClient, type Transaction } from '../prisma/client.ts';
import { countUndelivered, type Delivery, readDeliveries } from '../prisma/reads/deliveries.ts';
import { readFileToRead } from '../prisma/reads/matching.ts';
import { markDelivered } from '../prisma/writes/events.ts';
import { lockInboundFile, refuseInboundFile, settleInboundFile } from '../prisma/writes/inbound-file.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { refuse } from './failures.ts';
import type { IntakeActivities } from './index.ts';
import { countsText } from './intake/context.ts';
import { faultOf } from './intake/fault.ts';
import { storeFile } from './intake/store-file.ts';

/** How many accounts are told at once. */
const deliveriesAtOnce = 10;

type ReadOutcome = Omit<Awaited<ReturnType<IntakeActivities['readInboundFile']>>, 'undelivered'>;

export function intakeActivities({ prisma, messenger }: Pick<ActivityDependencies, 'prisma' | 'messenger'>): IntakeActivities {
  return {
    readInboundFile: async ({ fileId }) => {
      const outcome = await inTransaction(prisma, (tx) => readOnce(tx, fileId)).catch(async (error: unknown): Promise<ReadOutcome> => {
        const fault = faultOf(error);
        if (fault === null) throw error;
        await refuseInboundFile(prisma, fileId, fault);
        return { status: 'refused', summary: fault.message };
      });
      return { ...outcome, undelivered: await countUndelivered(prisma, fileId) };
    },

    deliverEvents: async ({ fileId, limit, clockShiftMs }) => {
      await deliverTo(prisma, messenger, { waiting: await readDeliveries(prisma, fileId, limit), clockShiftMs });
      return { undelivered: await countUndelivered(prisma, fileId) };
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

async function readOnce(tx: Transaction, fileId: string): Promise<ReadOutcome> {
  await lockInboundFile(tx, fileId);
  const file = await readFileToRead(tx, fileId);
  if (file === null) throw refuse('file.unknown', `there is no inbound file ${fileId}`);
  const { content, zone, receivedAt, summary } = file;
  if (file.status === 'refused') return { status: 'refused', summary };
  if (file.status !== 'registered') return { status: 'alreadyStored', summary };
  const intake = { tx, fileId, zone, receivedAt, receivedOn: civilDateAt(receivedAt, zone) };
  const { counts, isDuplicate } = await storeFile(intake, content);
  const said = countsText(counts);
  await settleInboundFile(tx, fileId, { status: isDuplicate ? 'duplicate' : 'stored', summary: said });
  return { status: isDuplicate ? 'alreadyStored' : 'stored', summary: said };
}
