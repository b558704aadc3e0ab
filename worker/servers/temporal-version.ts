import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../../rules/domain/failures.ts';

/** What became of one way to get a server: its executable, or why there is none. */
export type Finding = { readonly kind: 'found'; readonly path: string } | { readonly kind: 'none'; readonly reason: string };

/** The first server version that can skip time, which tests and the sandbox need. */
export const OLDEST_SERVER = '1.32';

/** Runs `temporal --version`: it must be this machine's kind of executable, and its server new enough. */
export async function verify(path: string): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    const [, server] = /Server (\d+\.\d+)/.exec(stdout) ?? [];
    const isNewEnough = server !== undefined && server.localeCompare(OLDEST_SERVER, 'en', { numeric: true }) >= 0;
    if (isNewEnough) return { kind: 'found', path };
    return { kind: 'none', reason: `${path} says "${stdout.split('\n')[0]}", but server ${OLDEST_SERVER} or later is needed` };
  } catch (error) {
    return { kind: 'none', reason: `${path} does not run: ${messageOf(error).split('\n')[0]}` };
  }
}
