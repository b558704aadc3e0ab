import { z } from 'zod';
import { denialReasons, extraordinaryActions, missingItems } from '../domain/assistance.ts';
import { DomainError } from '../domain/failures.ts';
import table from '../reference/letter-words.json' with { type: 'json' };
import type { WrittenLanguage } from './language.ts';

const word = z.strictObject({ en: z.string().min(1), es: z.string().min(1) });

/** What may stand in each list: the table has neither less nor more. */
export const wordLists = { missingItems, denialReasons, extraordinaryActions } as const;
export type WordList = keyof typeof wordLists;

const shape = z.strictObject({
  missingItems: z.record(z.enum(missingItems), word),
  denialReasons: z.record(z.enum(denialReasons), word),
  extraordinaryActions: z.record(z.enum(extraordinaryActions), word),
});

const known: Readonly<Record<WordList, Readonly<Record<string, z.output<typeof word>>>>> = shape.parse(table.lists);

/** What a letter to a patient says for an item of a list. @throws DomainError `letter.wrong-field` naming list and item */
export function letterWords(list: WordList, item: string, language: WrittenLanguage): string {
  const said = Object.hasOwn(known[list], item) ? known[list][item] : undefined;
  if (said === undefined) throw new DomainError('letter.wrong-field', `letter-words.json has no words for "${item}" of ${list}`);
  return said[language];
}
