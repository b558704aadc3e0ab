import { z } from 'zod';
import { canonicalText } from './canonical.ts';
import { checkSet, fallbackOf, type PlacedRule } from './check-set.ts';
import { type Report, type RuleFault, RuleSetFault, step } from './fault.ts';
import { deepest, JsonPlaces } from './positions.ts';
import { isObject } from './read-condition.ts';
import { readRule } from './read-rule.ts';
import type { CodeSets } from './read-value.ts';
import type { RuleSet } from './rule.ts';

const bounds = { characters: 16_000_000, rules: 20_000 };

export interface RuleFile {
  readonly name: string;
  readonly text: string;
}

const fileShape = z.strictObject({
  ruleSet: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  title: z.string().min(1),
  rules: z.array(z.unknown()),
});
type RuleDocument = z.infer<typeof fileShape>;

/**
 * Reads the documents of RULES §2 as one rule set; `hash` gives the SHA-256 of a text in hex.
 * @throws RuleSetFault with every fault of every file, when there is one.
 */
export function readRuleSet(files: readonly RuleFile[], hash: (text: string) => string, codes: CodeSets = {}): RuleSet {
  const faults: RuleFault[] = [];
  const documents: RuleDocument[] = [];
  const placed: PlacedRule[] = [];
  for (const file of files) {
    const places = new JsonPlaces(file.text);
    const report: Report = (pointer, check, message) => {
      const position = check === 'json' ? places.ofError() : places.at(pointer);
      faults.push({ file: file.name, pointer, ...position, check, message });
    };
    const document = readDocument(file.text, places, report);
    if (document === null) continue;
    documents.push(document);
    document.rules.forEach((raw, index) => {
      const pointer = `/rules/${index}`;
      const reportRule: Report = (inner, check, message) => report(`${pointer}${inner}`, check, message);
      const rule = readRule(raw, reportRule, codes);
      if (rule !== null) placed.push({ rule: { ...rule, place: { file: file.name, pointer } }, report: reportRule });
    });
  }
  const reportSet: Report = (pointer, check, message) =>
    faults.push({ file: files[0]?.name ?? '', pointer, line: 1, column: 1, check, message });
  if (placed.length > bounds.rules) reportSet('/rules', 'bounds', `at most ${bounds.rules} rules`);
  checkSet(placed);
  // A file that could not be read may hold the fallback.
  const fallback = documents.length < files.length ? null : fallbackOf(placed, reportSet);
  if (faults.length > 0 || fallback === null) throw new RuleSetFault(faults);
  const rules = placed.map(({ rule }) => rule).sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  const ordered = documents.sort((a, b) => (a.ruleSet < b.ruleSet ? -1 : 1));
  return { hash: hash(canonicalText(ordered)), titles: ordered.map(({ title }) => title), rules, fallback };
}

function readDocument(text: string, places: JsonPlaces, report: Report): RuleDocument | null {
  const fault = textFault(text, places);
  if (fault !== null) {
    report('', 'bounds', fault);
    return null;
  }
  const parsed = parseJson(text, report);
  if (parsed === undefined) return null;
  const repeated = places.repeatedKey();
  if (repeated !== null) report(repeated, 'repeated-key', 'this key stands twice in one object and only the last would count; keep one');
  const unsafe = unsafeKey(parsed, '');
  if (unsafe !== null) report(unsafe, 'unsafe-key', 'this key reaches for what every object has; rename it');
  if (repeated !== null || unsafe !== null) return null;
  const shape = fileShape.safeParse(parsed);
  if (shape.success) return shape.data;
  for (const { path, message } of shape.error.issues) report(path.map(step).join(''), 'shape', message);
  return null;
}

/** What keeps a text from being looked at at all, before anything parses it. */
function textFault(text: string, { tooDeepAt }: JsonPlaces): string | null {
  if (text.length > bounds.characters) return `a file has at most ${bounds.characters} characters; split it`;
  return tooDeepAt === null ? null : `objects and lists are nested deeper than ${deepest}; make it flatter`;
}

function parseJson(text: string, report: Report): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    report('', 'json', `this is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
    return undefined;
  }
}

/** `__proto__` and the like crash json-rules-engine (RULES §1 fault 3); the pointer of the first, or null. */
function unsafeKey(value: unknown, pointer: string): string | null {
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((member: unknown, index) => [String(index), member] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [key, inner] of entries) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return pointer + step(key);
    const found = unsafeKey(inner, pointer + step(key));
    if (found !== null) return found;
  }
  return null;
}
