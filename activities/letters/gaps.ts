import { civilDateAt, type Instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { packetRefusal } from '../../rules/domain/packet.ts';
import type { TaskForm } from '../../rules/domain/task.ts';
import type { Database } from '../../prisma/client.ts';
import { readOutboundSource } from '../../prisma/reads/outbound-source.ts';
import type { Routes } from '../gateways/routes.ts';
import { packetAbout } from './office.ts';
import { composePacket } from './packet.ts';

interface SaidReady {
  readonly db: Database;
  readonly routes: Routes;
  readonly accountId: string;
  readonly taskId: string;
  readonly form: TaskForm;
  readonly asOf: Instant;
}

/** What the packet that a person says is ready still lacks, with the next step, in words for that person; null when it may leave, or none would. */
export async function gapsOf({ db, routes, accountId, taskId, form, asOf }: SaidReady): Promise<string | null> {
  if (form.outcome !== 'ready') return null;
  const source = { ...(await readOutboundSource(db, accountId, null)), form };
  const task = source.account.tasks.find(({ id, status }) => id === taskId && status === 'open');
  if (task === undefined) return null;
  try {
    const about = packetAbout(source, task);
    if (about === null) return null;
    const on = civilDateAt(asOf, source.zone);
    const { obstacles } = await composePacket({ db, accountId, source, routes, on, parcel: `${about.path}-ready`, ...about });
    return obstacles.length === 0 ? null : packetRefusal(obstacles, taskId);
  } catch (error) {
    if (error instanceof DomainError) return packetRefusal([error.message], taskId);
    throw error;
  }
}
