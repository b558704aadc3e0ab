import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../rules/domain/failures.ts';
import type { ParcelFile } from '../dependencies.ts';

const manifest = z.strictObject({
  parcel: z.string(),
  channel: z.string(),
  writtenOn: z.string(),
  /** To whom; by which of them depends on the channel. */
  to: z.strictObject({ name: z.string(), lines: z.array(z.string()), fax: z.string().optional(), email: z.string().optional() }),
  /** By what the other side indexes it. PHI. */
  about: z.strictObject({
    kind: z.string(),
    level: z.int(),
    template: z.string(),
    payerId: z.string(),
    account: z.string(),
    memberId: z.string(),
    payerClaimNumber: z.string().nullable(),
    /** Of the payer's request for documents (277 RFAI, TRN02). */
    attachmentControlNumber: z.string().optional(),
  }),
  pages: z.int(),
  files: z.array(
    z.strictObject({
      name: z.string(),
      mediaType: z.string(),
      sha256: z.string(),
      bytes: z.int(),
      pages: z.int(),
      /** Of an attachment: PWK06, and on the cover. */
      controlNumber: z.string().optional(),
    }),
  ),
});
export type Manifest = z.output<typeof manifest>;

const suffix = '.manifest.json';

/** The last file of a packet: whoever carries it finds what belongs to it, in order, and where it goes. */
export function manifestFile(folder: string, told: Manifest): ParcelFile {
  const content = Buffer.from(`${JSON.stringify(told, null, 2)}\n`);
  return { folder, name: `${told.parcel}${suffix}`, content, mediaType: 'application/json' };
}

/** @throws DomainError `packet.no-manifest` when the last of the files is none */
export function readManifest(files: readonly ParcelFile[]): Manifest {
  const last = files.at(-1);
  const parsed = manifest.safeParse(last?.name.endsWith(suffix) === true ? JSON.parse(Buffer.from(last.content).toString('utf8')) : null);
  if (!parsed.success) throw new DomainError('packet.no-manifest', 'a packet must end with its manifest');
  return parsed.data;
}

export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
