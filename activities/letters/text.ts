import { Liquid, type Template as Node } from 'liquidjs';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { DomainError, messageOf } from '../../rules/domain/failures.ts';
import { cents, dollars } from '../../rules/domain/money.ts';
import type { WrittenLanguage } from '../../rules/statements/language.ts';
import { fieldTitles } from './fields.ts';

/** What the layout sets: never markup, only text. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

const months = {
  en: 'January February March April May June July August September October November December'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
} as const satisfies Readonly<Record<WrittenLanguage, readonly string[]>>;

const writers = { en: writerOf('en'), es: writerOf('es') } as const;

/** A template can name fields and nothing else: no file, no property that is inherited, no filter of its own, and an end to its loops. */
function writerOf(language: WrittenLanguage) {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    templates: {},
    parseLimit: 50_000,
    renderLimit: 2_000,
    memoryLimit: 1_000_000,
    outputEscape: oneLine,
  });
  liquid.registerFilter('usd', (amount: unknown) => dollars(cents(Number(amount))));
  liquid.registerFilter('day', (on: unknown) => dayInWords(String(on), language));
  // Texts are few, and never change in the life of a process.
  return { liquid, parsed: new Map<string, Node[]>() };
}

/** `June 16, 2026`, `16 de junio de 2026` */
export function dayInWords(on: string, language: WrittenLanguage = 'en'): string {
  const [year, month, day] = civilDate(on).split('-').map(Number);
  const name = months[language][(month ?? 1) - 1];
  return language === 'es' ? `${day} de ${name} de ${year}` : `${name} ${day}, ${year}`;
}

/** @throws DomainError `letters.invalid` */
export function parseText(name: string, text: string, language: WrittenLanguage = 'en'): Node[] {
  const { liquid, parsed } = writers[language];
  const before = parsed.get(text);
  if (before !== undefined) return before;
  try {
    const nodes = liquid.parse(text);
    parsed.set(text, nodes);
    return nodes;
  } catch (error) {
    throw new DomainError('letters.invalid', `${name} cannot be read: ${firstLine(error)}`);
  }
}

/** Fields by their full names, without those that a loop makes. */
export function variablesIn(nodes: Node[]): readonly string[] {
  return writers.en.liquid.globalVariableSegmentsSync(nodes).map((segments) => segments.slice(0, 2).join('.'));
}

/** @throws DomainError `letter.missing-field` naming the field; never a blank */
export function renderText(name: string, text: string, fields: object, language: WrittenLanguage = 'en'): readonly Block[] {
  let rendered: unknown;
  try {
    rendered = writers[language].liquid.renderSync(parseText(name, text, language), fields);
  } catch (error) {
    throw faultOf(name, error);
  }
  return blocksOf(String(rendered));
}

/** What a value says stands on one line, so that no value can begin a heading or a list of its own. */
function oneLine(value: unknown): string {
  const text = (typeof value === 'string' || typeof value === 'number' ? String(value) : '').replaceAll(/\p{Cc}+/gu, ' ').trim();
  if (text === '') throw new Error('a field is blank');
  return text;
}

function faultOf(name: string, error: unknown): DomainError {
  const says = firstLine(error);
  const variable = /undefined variable: ([\w.]+)/.exec(says)?.[1];
  if (variable === undefined) return new DomainError('letter.cannot-be-written', `${name}: ${says}`);
  return missingField(name, variable);
}

export function missingField(name: string, variable: string): DomainError {
  const title = Object.entries(fieldTitles).find(([known]) => known === variable || known.endsWith(`.${variable}`))?.[1] ?? variable;
  return new DomainError('letter.missing-field', `${name} needs ${variable} (${title}), which is not known; nothing is sent with a blank`);
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n')[0] ?? '';
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const piece of text.split(/\n\s*\n/)) {
    const lines = piece.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    const items = lines.flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []));
    if (lines.length === 0) continue;
    const [first = ''] = lines;
    const last = blocks.at(-1);
    if (first.startsWith('## ')) blocks.push({ kind: 'heading', text: first.slice(3) });
    else if (items.length < lines.length) blocks.push({ kind: 'paragraph', text: lines.join(' ') });
    else if (last?.kind === 'list') blocks.splice(-1, 1, { kind: 'list', items: [...last.items, ...items] });
    else blocks.push({ kind: 'list', items });
  }
  return blocks;
}
