import type { PrismaClient } from '../../prisma/client.ts';
import type { Accounts } from '../accounts.ts';
import type { Intake } from '../ingest/intake.ts';

/** What the API works with. */
export interface ApiFloor {
  readonly prisma: PrismaClient;
  readonly accounts: Accounts;
  readonly intake: Intake;
}

export interface RunningApi {
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

export async function startApi(_floor: ApiFloor): Promise<RunningApi> {
  return { lines: [], stop: async () => {} };
}
