import table from '../reference/service-words.json' with { type: 'json' };
import type { WrittenLanguage } from './language.ts';
import type { BilledService } from './statement.ts';

/**
 * A service in plain words: what the claim itself calls it, else the words for its revenue code, each with its code, so that a patient can ask about it.
 * Null when nothing but a code is known of it.
 */
export function serviceWords({ description, revenueCode }: BilledService, language: WrittenLanguage): string | null {
  if (description !== null && description.trim() !== '') return description.trim();
  const category = (revenueCode ?? '').padStart(4, '0').slice(0, 3);
  const found = revenueCode === null ? undefined : table.words.find(({ from, to }) => from <= category && category <= to);
  return found?.[language] ?? null;
}
