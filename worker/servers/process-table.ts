import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The command line of a running process, or null when there is none (a zombie counts as none). */
export function commandOf(pid: number): string | null {
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null;
    } catch {
      return null;
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || null;
}

/** The process named in the first line of a pid file, when it runs and its command line contains `mark`: a pid may belong to a stranger by now. */
export function findOwn(pidFile: string, mark: string): number | null {
  if (!existsSync(pidFile)) return null;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  return pid > 1 && commandOf(pid)?.includes(mark) ? pid : null;
}

/** Ends a server that an earlier, killed run left behind; true when there was one. `signal` is its quick but orderly shutdown. */
export async function endLeftover(pidFile: string, mark: string, signal: NodeJS.Signals): Promise<boolean> {
  const pid = findOwn(pidFile, mark);
  if (pid === null) return false;
  for (const [attempt, politeness] of ([signal, 'SIGKILL'] as const).entries()) {
    process.kill(pid, politeness);
    if (await isGone(pidFile, mark, attempt === 0 ? 10_000 : 5_000)) return true;
  }
  throw new Error(`process ${pid} (${mark}) does not end`);
}

async function isGone(pidFile: string, mark: string, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += 50) {
    if (findOwn(pidFile, mark) === null) return true;
    await sleep(50);
  }
  return false;
}
