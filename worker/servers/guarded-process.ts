import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface GuardedCommand {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The program's quick but orderly shutdown. */
  readonly stopSignal: 'INT' | 'TERM';
  /** Takes everything that the program prints; emptied first. */
  readonly logFile: string;
  readonly pidFile: string;
  readonly user?: { readonly uid: number; readonly gid: number };
}

export interface GuardedProcess {
  /** Resolves when the program has ended for whatever reason, with its exit code. */
  readonly ended: Promise<number>;
  /** Asks for the quick shutdown, insists after eight seconds, and resolves when nothing is left. */
  stop(): Promise<void>;
  hasEnded(): boolean;
}

const PATIENCE_MS = 8_000;

/**
 * The guard keeps the program alive only while its standard input is open, which ends with this process even when that is killed.
 * Both stand in a process group of their own, so a Ctrl-C at the terminal does not stop servers before those who use them.
 */
const GUARD = `
umask 077
exec 3<&0 </dev/null
"$@" 3<&- 4>&- & program=$!
echo $program >&4; exec 4>&-
{ read -r _ <&3; kill -$STOP_SIGNAL $program; } 2>/dev/null & reader=$!
exec 3<&-
wait $program; code=$?
kill $reader 2>/dev/null
exit $code`;

export function startGuarded({ command, cwd, env, stopSignal, logFile, pidFile, user }: GuardedCommand): GuardedProcess {
  const log = openSync(logFile, 'w', 0o600);
  const pid = openSync(pidFile, 'w', 0o600);
  const guard = spawn('/bin/sh', ['-c', GUARD, 'recourse-guard', ...command], {
    cwd,
    env: { ...env, STOP_SIGNAL: stopSignal },
    stdio: ['pipe', log, log, 'ignore', pid],
    detached: true,
    ...user,
  });
  closeSync(log);
  closeSync(pid);
  let isOver = false;
  const ended = new Promise<number>((resolve) => {
    guard.once('error', () => resolve(1));
    guard.once('close', (code) => resolve(code ?? 1));
  }).finally(() => {
    isOver = true;
  });
  return {
    ended,
    hasEnded: () => isOver,
    async stop() {
      guard.stdin?.destroy();
      const insist = setTimeout(() => killGroup(guard.pid), PATIENCE_MS);
      await ended;
      clearTimeout(insist);
    },
  };
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

/** The last lines that a program printed, for a message about its failure. */
export function lastLines(logFile: string, count = 8): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-count).join('\n');
}
