import { createReadStream } from 'node:fs';
import type { X12Event } from '../../rules/x12/events.ts';
import { createX12Reader } from '../../rules/x12/reader.ts';

/** Streams a file through the reader, in memory that does not grow with it. @returns its length in bytes */
export async function readEdi(path: string, take: (event: X12Event) => void): Promise<number> {
  const reader = createX12Reader();
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    const piece: Uint8Array = chunk;
    bytes += piece.length;
    for (const event of reader.push(piece)) take(event);
  }
  for (const event of reader.end()) take(event);
  return bytes;
}
