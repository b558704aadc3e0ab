import type { PrismaClient } from '../prisma/client.ts';
import { listAttachments } from '../prisma/reads/attachments.ts';
import { keepAttachment, removeAttachment } from '../prisma/writes/attachments.ts';
import type { Attachment, AttachmentKind } from '../rules/domain/attachment.ts';
import { DomainError } from '../rules/domain/failures.ts';

export const largestAttachmentBytes = 50_000_000;

export interface AddedAttachment {
  readonly accountId: string;
  /** Null for all of the account. */
  readonly caseId: string | null;
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly content: Uint8Array;
  readonly by: string;
}

export type Attachments = ReturnType<typeof attachmentsOf>;

/** Documents that go with letters. Their bytes stay in PostgreSQL. */
export function attachmentsOf(prisma: PrismaClient) {
  return {
    /** The same bytes again change nothing. @throws DomainError when it is no document that anyone could open */
    add: async (added: AddedAttachment): Promise<Attachment> => keepAttachment(prisma, { ...added, ...(await describe(added.content)) }),
    list: async (accountId: string): Promise<readonly Attachment[]> => listAttachments(prisma, accountId),
    remove: async (accountId: string, id: string): Promise<boolean> => removeAttachment(prisma, accountId, id),
  };
}

/** What it is by its own bytes, whatever its name says, and how many pages it has. */
export async function describe(content: Uint8Array): Promise<{ readonly mediaType: string; readonly pages: number }> {
  if (content.byteLength > largestAttachmentBytes)
    throw new DomainError(
      'attachment.too-large',
      `a document may have ${largestAttachmentBytes} bytes, this one has ${content.byteLength}`,
    );
  const bytes = Buffer.from(content);
  const head = bytes.subarray(0, 8).toString('latin1');
  if (head.startsWith('%PDF-')) return { mediaType: 'application/pdf', pages: await pagesOfPdf(content) };
  if (head.startsWith('\x89PNG\r\n')) return { mediaType: 'image/png', pages: 1 };
  if (head.startsWith('\xff\xd8\xff')) return { mediaType: 'image/jpeg', pages: 1 };
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return { mediaType: 'image/tiff', pages: pagesOfTiff(bytes) };
  throw new DomainError('attachment.unknown-type', 'a document must be a PDF, TIFF, JPEG or PNG; by its bytes this file is none of them');
}

async function pagesOfPdf(content: Uint8Array): Promise<number> {
  try {
    // Half a second to load: only who adds a document waits for it.
    const { PDFDocument } = await import('pdf-lib');
    const { length } = (await PDFDocument.load(content, { updateMetadata: false })).getPages();
    if (length > 0) return length;
  } catch {
    // Said below: the library's words may quote the document.
  }
  throw new DomainError('attachment.unreadable', 'the PDF is broken, empty, or locked with a password: save it again without one');
}

/** Each page has a directory that names the next one. */
function pagesOfTiff(bytes: Buffer): number {
  const isLittle = bytes.subarray(0, 2).toString('latin1') === 'II';
  const u32 = (at: number): number => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u16 = (at: number): number => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const seen = new Set<number>();
  try {
    for (let at = u32(4); at !== 0 && !seen.has(at); at = u32(at + 2 + u16(at) * 12)) seen.add(at);
  } catch {
    throw new DomainError('attachment.unreadable', 'the TIFF ends before its last page: scan it again');
  }
  return Math.max(1, seen.size);
}
