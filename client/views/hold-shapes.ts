import { z } from 'zod';
import { holdNames, holdStops } from '../../rules/domain/hold.ts';
import { date } from './account-shapes.ts';

export const holdName = z.enum(holdNames);

export const holdKindView = z.object({
  hold: z.string(),
  title: z.string(),
  of: z.enum(['account', 'person']).meta({ description: 'of the person: it goes to every account of the same guarantor' }),
  stops: z.array(z.enum(holdStops)),
  vendor: z.enum(['recall', 'suspend', 'none']).meta({ description: 'what becomes of a balance that is with a vendor' }),
  reviewDays: z.int(),
  queue: z.string(),
  ends: z.array(z.string()).meta({ description: 'what a review may find beside keep and release' }),
  citation: z.string(),
});

export const holdView = z.object({
  accountId: z.string(),
  accountNumber: z.string(),
  hold: z.string(),
  since: date,
  reviewOn: date,
  source: z.string().nullable(),
  reference: z.string().nullable(),
  owner: z.string().nullable().meta({ description: 'who answers for it: a person or a queue' }),
  found: z.string().nullable(),
});
