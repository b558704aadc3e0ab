import { z } from 'zod';
import { isCivilDate } from '../domain/civil-date.ts';
import { queues } from '../domain/decision.ts';
import { type HoldBook, holdEnds, type HoldKind, holdNames, holdStops } from '../domain/hold.ts';
import { readReferenceFile } from '../domain/reference-file.ts';

const kind = z
  .strictObject({
    hold: z.enum(holdNames),
    title: z.string().min(1),
    of: z.enum(['account', 'person']),
    stops: z.array(z.enum(holdStops)).min(1),
    vendor: z.enum(['recall', 'suspend', 'none']),
    reviewDays: z.int().min(1).max(365),
    queue: z.enum(queues),
    ends: z.array(z.enum(holdEnds)).default([]),
    citation: z.string().min(1),
    source: z.string().min(1),
    seenOn: z.string().refine(isCivilDate, 'a date that exists, written YYYY-MM-DD'),
    confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']),
    practice: z.string().optional(),
  })
  .transform(({ source: _source, seenOn: _seen, confirmed: _confirmed, practice: _practice, ...rest }): HoldKind => rest);

const book = z
  .strictObject({
    title: z.string(),
    holds: z
      .array(kind)
      .min(1)
      .refine((all) => new Set(all.map(({ hold }) => hold)).size === all.length, { message: 'one hold is listed once' })
      .refine((all) => holdNames.every((name) => all.some(({ hold }) => hold === name)), { message: 'every hold of the list is there' }),
  })
  .transform(({ holds }): HoldBook => new Map(holds.map((one) => [one.hold, one])));

/**
 * Reads rules/reference/holds.json.
 * @throws DomainError `reference.holds`, naming every fault by its path
 */
export function readHolds(file: string): HoldBook {
  return readReferenceFile(book, file, 'reference.holds');
}
