import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../rules/domain/failures.ts';

/** Where a running engine can be reached; written by the worker into its data folder, read by every other process of this machine. */
const engineAddress = z.strictObject({
  databaseUrl: z.string().min(1),
  temporalAddress: z.string().min(1),
  namespace: z.string().min(1),
  /** Null while the API does not listen. */
  apiUrl: z.string().nullable(),
  /** The process that runs the engine; null when the addresses come from the environment. */
  pid: z.number().int().nullable(),
});
export type EngineAddress = z.output<typeof engineAddress>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** `RECOURSE_DATA`, or `data` of this clone. */
export function dataFolderOf(env: Environment): string {
  return env.RECOURSE_DATA || join(import.meta.dirname, '..', 'data');
}

/** Readable by its owner only: the address of the database holds its password. The file appears whole or not at all. */
export function writeEngineAddress(dataFolder: string, address: EngineAddress): void {
  const path = fileIn(dataFolder);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(address, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

/** For an engine that stops; harmless when there is none. */
export function removeEngineAddress(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

/**
 * Where the engine is: what the environment says (`DATABASE_URL`, `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`), the data folder for the rest.
 * @returns null when neither says enough, or the process that wrote the file is gone.
 * @throws DomainError `config.engine-address` when the file is not what the worker writes.
 */
export function findEngine(env: Environment): EngineAddress | null {
  const { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: namespace } = env;
  const written = readWritten(dataFolderOf(env));
  if (databaseUrl && temporalAddress)
    return { databaseUrl, temporalAddress, namespace: namespace || 'default', apiUrl: written?.apiUrl ?? null, pid: null };
  if (written === null || (written.pid !== null && !isRunning(written.pid))) return null;
  return {
    ...written,
    databaseUrl: databaseUrl || written.databaseUrl,
    temporalAddress: temporalAddress || written.temporalAddress,
    namespace: namespace || written.namespace,
  };
}

function fileIn(dataFolder: string): string {
  return join(dataFolder, 'recourse.json');
}

function readWritten(dataFolder: string): EngineAddress | null {
  const text = readIfThere(fileIn(dataFolder));
  if (text === null) return null;
  const parsed = engineAddress.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new DomainError('config.engine-address', `${fileIn(dataFolder)} is not what the engine writes there; start the engine again`);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Signal 0 asks without touching; a process of another user answers EPERM and is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
