import { open } from 'node:fs/promises';

/** The bytes of a file as they are asked for; it is open only while somebody takes from it. @throws as `open` does, at the first byte */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  const stream: AsyncIterable<Buffer> = file.createReadStream({ highWaterMark: 1_048_576 });
  yield* stream;
}
