import { createHash } from 'node:crypto';

/** SHA-256 of a text in UTF-8, as it stands in the last record of a vendor's file. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
