import { open } from 'node:fs/promises';
import type { X12Event } from '../../rules/x12/events.ts';
import { createX12Reader } from '../../rules/x12/read-events.ts';

const pieceLength = 64 * 1024;

/** Streams a file through the reader, in memory that does not grow with it. @returns its length in bytes */
export async function readEdi(path: string, take: (event: X12Event) => void): Promise<number> {
  const file = await open(path);
  const reader = createX12Reader();
  try {
    let length = 0;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(pieceLength));
      if (bytesRead === 0) break;
      length += bytesRead;
      for (const event of reader.push(buffer.subarray(0, bytesRead))) take(event);
    }
    for (const event of reader.end()) take(event);
    return length;
  } finally {
    await file.close();
  }
}
