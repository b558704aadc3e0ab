import { readFileSync } from 'node:fs';
import type { Environment } from '../config.ts';

/** Where a command reads its surroundings and writes its words; a test gives its own. */
export interface Terminal {
  readonly env: Environment;
  /** All of stdin. */
  readonly in: () => string;
  readonly out: (text: string) => void;
  /** Progress and failures, so that stdout stays one answer. */
  readonly err: (text: string) => void;
  /** Writes one line over itself; absent where output is no terminal. */
  readonly status?: (text: string) => void;
}

export const ownTerminal: Terminal = {
  env: process.env,
  in: () => readFileSync(process.stdin.fd, 'utf8'),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  ...(process.stderr.isTTY ? { status: (text: string) => void process.stderr.write(`\r\u001b[K${text}`) } : {}),
};
