import type { Database } from '../client.ts';

/** Bytes of a registered file, such as the place of a claim; fewer where the file ends before. */
export async function readBytes(
  db: Database,
  fileId: string,
  place: { readonly offset: number; readonly length: number },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of streamBytes(db, fileId, place)) parts.push(part);
  return Buffer.concat(parts);
}

const chunkBytes = 1_048_576;

/** The bytes of a registered file, or of one place in it, piece by piece and in order. */
export async function* streamBytes(
  db: Database,
  fileId: string,
  { offset, length }: { readonly offset: number; readonly length: number } = { offset: 0, length: Number.POSITIVE_INFINITY },
): AsyncGenerator<Uint8Array> {
  const end = offset + length;
  for (let index = Math.floor(offset / chunkBytes); index * chunkBytes < end; index += 1) {
    const first = Math.max(0, offset - index * chunkBytes);
    const count = Math.min(chunkBytes, end - index * chunkBytes) - first;
    const [row] = await db.$queryRaw<{ readonly bytes: Uint8Array }[]>`
      SELECT substring("bytes" FROM ${first + 1}::int FOR ${count}::int) AS "bytes"
      FROM "InboundFileChunk" WHERE "fileId" = ${fileId}::uuid AND "index" = ${index}`;
    if (row === undefined) return;
    yield row.bytes;
  }
}
