import { z } from 'zod';
import { type CivilDate, isCivilDate } from './civil-date.ts';
import { parseAmount } from './money.ts';

/** Values as they are written in files of reference data. */

export const text = z.string().trim().min(1);
export const date = z.string().refine(isCivilDate, 'expected a date that exists, written YYYY-MM-DD').pipe(z.custom<CivilDate>());

/** Dollars as text, `91.50`: a number of JSON would already be rounded. */
export const money = z.string().transform((written, context) => {
  const read = /^\d+(\.\d{1,2})?$/.test(written) ? parseAmount(written) : null;
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'expected dollars as text with at most two decimals, such as "91.50"' });
  return z.NEVER;
});

/** `62.5` percent as hundredths of a percent. */
export const percent = z.string().transform((written, context) => {
  const read = /^\d{1,3}(\.\d{1,2})?$/.test(written) ? parseAmount(written) : null;
  if (read !== null) return Number(read);
  context.addIssue({ code: 'custom', message: 'expected a percentage as text with at most two decimals, such as "62.5"' });
  return z.NEVER;
});
