import { z } from 'zod';
import { attachmentKinds } from '../../rules/domain/attachment.ts';

export const attachmentView = z
  .object({
    id: z.uuid(),
    kind: z.enum(attachmentKinds),
    caseId: z.string().nullable(),
    name: z.string(),
    mediaType: z.string(),
    sha256: z.string(),
    size: z.int(),
    pages: z.int(),
    controlNumber: z.string().meta({ description: 'nine digits: PWK06, and on the cover' }),
  })
  .readonly();
