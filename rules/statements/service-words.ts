import table from '../reference/service-words.json' with { type: 'json' };
import type { WrittenLanguage } from './language.ts';
import type { BilledService } from './statement.ts';

/**
 * A service in plain words, each with its code, so that a patient can ask about it: what the claim itself calls it, else the words for its revenue code;
 * claims speak English, so in another language the words come first and what the claim says stands where there are none. Null when nothing but a code is known of it.
 */
export function serviceWords({ description, revenueCode }: BilledService, language: WrittenLanguage): string | null {
  const ofClaim = description === null || description.trim() === '' ? null : description.trim();
  if (ofClaim !== null && language === 'en') return ofClaim;
  const category = (revenueCode ?? '').padStart(4, '0').slice(0, 3);
  const found = revenueCode === null ? undefined : table.words.find(({ from, to }) => from <= category && category <= to);
  return found?.[language] ?? ofClaim;
}
