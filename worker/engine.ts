import type { RunningTemporal } from './servers/temporal.ts';
import type { Progress } from './steps.mjs';

export interface EngineOptions {
  readonly databaseUrl: string;
  readonly temporal: Pick<RunningTemporal, 'address' | 'namespace' | 'uiUrl'>;
  readonly dataFolder: string;
  readonly progress: Progress;
}

export interface RunningEngine {
  /** What the person at the terminal reads last: addresses and how to sign in. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Runs worker, API and sandbox on servers that are up and migrated. */
export async function runEngine(_options: EngineOptions): Promise<RunningEngine> {
  return { lines: [], stop: async () => {} };
}
