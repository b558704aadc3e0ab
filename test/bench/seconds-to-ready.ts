import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** `npm start` on an empty data folder, and again on the one it left. Caches are warm: a first start on a machine also installs and may build. */
export async function secondsToReady(dataFolder: string): Promise<readonly string[]> {
  const fresh = await startAndStop(dataFolder);
  const again = await startAndStop(dataFolder);
  return [
    `npm start to ready: ${fresh} s with an empty data folder (the sandbox hospital is played in), ${again} s when started again (bar: 20)`,
  ];
}

async function startAndStop(dataFolder: string): Promise<string> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['worker/start.mjs'], {
    cwd: root,
    env: { ...process.env, RECOURSE_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seconds = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('Recourse is ready')) resolve(((performance.now() - startedAt) / 1000).toFixed(1));
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code} before it was ready`)));
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await ended;
  return seconds;
}
