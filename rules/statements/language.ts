/** Languages in which statements and letters to patients are written. */
export const writtenLanguages = ['en', 'es'] as const;
export type WrittenLanguage = (typeof writtenLanguages)[number];

/** English names of languages that people ask for, by ISO 639-1 code. */
const names: Readonly<Record<string, string>> = {
  am: 'Amharic',
  ar: 'Arabic',
  bn: 'Bengali',
  de: 'German',
  en: 'English',
  es: 'Spanish',
  fa: 'Persian',
  fr: 'French',
  gu: 'Gujarati',
  hi: 'Hindi',
  ht: 'Haitian Creole',
  hy: 'Armenian',
  it: 'Italian',
  ja: 'Japanese',
  km: 'Khmer',
  ko: 'Korean',
  nv: 'Navajo',
  pa: 'Punjabi',
  pl: 'Polish',
  pt: 'Portuguese',
  ru: 'Russian',
  so: 'Somali',
  tl: 'Tagalog',
  uk: 'Ukrainian',
  ur: 'Urdu',
  vi: 'Vietnamese',
  zh: 'Chinese',
};

export interface LanguageChoice {
  /** The language it is written in. */
  readonly written: WrittenLanguage;
  /** English name of the language that was wanted and is not written; null when it is written as wanted. */
  readonly wanted: string | null;
}

/** What is not written falls back to English, and says so. A code that nobody knows is named as it stands. */
export function languageFor(code: string): LanguageChoice {
  const wanted = code.trim().toLowerCase().split(/[-_]/)[0] ?? '';
  const written = writtenLanguages.find((one) => one === wanted);
  if (written !== undefined) return { written, wanted: null };
  return { written: 'en', wanted: wanted === '' ? null : (names[wanted] ?? `language “${wanted}”`) };
}
