import { createHash, type Hash } from 'node:crypto';
import type { SourcePlace } from '../../rules/domain/claim.ts';
import type { Database } from '../../prisma/client.ts';
import { streamBytes } from '../../prisma/reads/inbound-bytes.ts';

/** The hash of what a remittance says, taken part by part: the same remittance in another file lies elsewhere, so places do not count. */
export class ContentHash {
  readonly #hash: Hash = createHash('sha256');

  add(part: object): void {
    // Within a JSON text a quotation mark that belongs to a value is escaped: only keys look like this.
    this.#hash.update(JSON.stringify(part).replaceAll(/"place":\{[^}]*\}/g, '"place":0'));
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** Of the bytes at that place of a stored file. */
export async function hashOfPlace(db: Database, fileId: string, place: SourcePlace): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of streamBytes(db, fileId, place)) hash.update(part);
  return hash.digest('hex');
}
