import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from './problems.ts';

/**
 * Holds an upload on disk, because a slow sender must not hold a transaction of the database open. The file has no name once it is open:
 * whatever happens to this process, nothing of it is left.
 * @throws Problem 400 when it is empty, 413 when it is longer than that
 */
export async function withSpool<T>(
  body: AsyncIterable<Uint8Array>,
  largestBytes: number,
  use: (content: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-upload-'));
  const file = await open(join(folder, 'upload'), 'wx+', 0o600);
  try {
    await rm(folder, { recursive: true });
    let size = 0;
    for await (const part of body) {
      size += part.length;
      if (size > largestBytes) throw new Problem(413, 'too-large', `A file may have at most ${largestBytes} bytes.`);
      await file.write(part);
    }
    if (size === 0) throw new Problem(400, 'no-content', 'The body must be the bytes of the file.');
    return await use(file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1_048_576 }));
  } finally {
    await file.close();
  }
}
