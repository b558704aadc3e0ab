import { z } from 'zod';

const day = z.string().meta({ description: 'YYYY-MM-DD' });

export const placementFileView = z.object({
  vendor: z.string(),
  name: z.string(),
  sentOn: day,
  count: z.int(),
  totalCents: z.int(),
  status: z
    .string()
    .meta({ description: 'sent: no word yet; agreed: placed, but for what was refused; disputed: nothing of it is placed' }),
  saidOn: day.nullable(),
  saidCount: z.int().nullable(),
  saidTotalCents: z.int().nullable(),
  rejected: z.int().nullable(),
});
export type PlacementFileView = z.output<typeof placementFileView>;
