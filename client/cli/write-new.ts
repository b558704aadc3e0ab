import { writeFileSync } from 'node:fs';
import { messageOf } from '../../rules/domain/failures.ts';
import { CommandFailure, exitCode } from './failure.ts';

/** PHI: for its owner's eyes, and never over another file. */
export function writeNew(path: string, content: Uint8Array): void {
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new CommandFailure({ exit: exitCode.no, what: 'The file cannot be written.', where: path, next: messageOf(error) });
  }
}
