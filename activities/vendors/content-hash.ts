import { createHash } from 'node:crypto';

/** Of the trailer of a file. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
