import { z } from 'zod';

/** Params of a command that must be as written; the others are not looked at. A date is written without quotes. */
export const commandParams = z
  .record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.date().transform((date) => date.toISOString().slice(0, 10))]),
  )
  .optional();
