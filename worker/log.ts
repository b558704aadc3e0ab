import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';

/** What may be printed of an entry: ids and codes. Messages of failures stay in Temporal and in the database. */
const PRINTED = ['workflowId', 'activityType', 'attempt', 'taskQueue', 'workflowType'] as const;

/** Says nothing but warnings and errors, and of those nothing that could be somebody's data. */
export const quiet = new DefaultLogger('WARN', (entry) => {
  process.stderr.write(`${JSON.stringify(printable(entry))}\n`);
});

let isInstalled = false;

/** Once per process, before the first worker. */
export function installLogger(): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({ logger: quiet, telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
}

function printable({ level, message, timestampNanos, meta }: LogEntry): Record<string, unknown> {
  const at = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  const printed: Record<string, unknown> = { at, level, message };
  for (const key of PRINTED) if (meta?.[key] !== undefined) printed[key] = meta[key];
  return { ...printed, ...failure(meta?.['error']) };
}

/** Its name and code, and where it was thrown; never its message. */
function failure(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return {};
  const name = 'name' in error ? error.name : 'Error';
  const code = 'code' in error ? { code: error.code } : {};
  const stack = 'stack' in error ? String(error.stack) : '';
  const where = /^\s+at .*$/m.exec(stack)?.[0]?.trim();
  return { failure: name, ...code, ...(where === undefined ? {} : { where }) };
}
