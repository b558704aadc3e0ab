import { z } from 'zod';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { parseAmount } from '../../rules/domain/money.ts';

/** What a story writes as a day: YAML reads some of them as dates. */
export const date = z.union([z.string(), z.date()]).transform((value, context) => {
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : value;
  try {
    return civilDate(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'expected an existing date written YYYY-MM-DD' });
    return z.NEVER;
  }
});

/** A moment with its offset: YAML reads some of them as dates. */
export const moment = z.union([z.string(), z.date()]).transform((value, context) => {
  const at = new Date(value);
  if (!Number.isNaN(at.getTime())) return instant(at.toISOString());
  context.addIssue({ code: 'custom', message: 'expected a moment such as 2026-06-22T15:00:00Z' });
  return z.NEVER;
});

/** Dollars as written by people, `1480.00`; cents inside. */
export const money = z.union([z.number(), z.string()]).transform((value, context) => {
  const parsed = parseAmount(String(value));
  if (parsed !== null) return parsed;
  context.addIssue({ code: 'custom', message: 'expected dollars with at most two decimals, such as 1480.00' });
  return z.NEVER;
});
