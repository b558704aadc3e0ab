import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { commandOf } from './process-table.ts';

export type Lock = { readonly kind: 'held'; release(): void } | { readonly kind: 'taken'; readonly pid: number };

/**
 * Takes a lock file for this process, or tells who has it. A lock whose process is gone is taken over; the command line is compared too,
 * because a pid may belong to a stranger by now.
 */
export function takeLock(file: string): Lock {
  const mine = `${process.pid}\n${commandOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      return { kind: 'held', release: () => release(file, mine) };
    } catch (error) {
      if (!isAlreadyThere(error)) throw error;
    }
    const pid = holderOf(file);
    if (pid !== null) return { kind: 'taken', pid };
    rmSync(file, { force: true });
  }
}

/** The pid that holds a lock file, or null when nobody does. */
export function holderOf(file: string): number | null {
  const holder = readLock(file);
  return holder !== null && commandOf(holder.pid) === holder.command ? holder.pid : null;
}

function isAlreadyThere(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}

function release(file: string, mine: string): void {
  const holder = readLock(file);
  if (`${holder?.pid}\n${holder?.command}` === mine) rmSync(file, { force: true });
}

function readLock(file: string): { readonly pid: number; readonly command: string } | null {
  try {
    const [pid, ...command] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid), command: command.join('\n') };
  } catch {
    return null;
  }
}
