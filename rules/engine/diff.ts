import { canonicalText } from './canonical.ts';
import { step } from './fault.ts';
import type { Rule, RuleSet } from './rule.ts';

/** One value of a rule that is not what it was; null on one side where it was added or removed. */
export interface FieldChange {
  /** JSON pointer from the rule's root. */
  readonly pointer: string;
  readonly before: unknown;
  readonly after: unknown;
  /** In a line a person reads. */
  readonly words: string;
}

export interface RuleSetDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly ruleId: string; readonly fields: readonly FieldChange[] }[];
}

/** What became of each rule, by its name. Where a rule stands in which file means nothing. */
export function diffRuleSets(before: RuleSet, after: RuleSet): RuleSetDiff {
  const old = new Map(before.rules.map((rule) => [rule.id, rule]));
  const now = new Map(after.rules.map((rule) => [rule.id, rule]));
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now].flatMap(([ruleId, rule]) => {
      const other = old.get(ruleId);
      const fields = other === undefined ? [] : changes('', documentOf(other), documentOf(rule));
      return fields.length === 0 ? [] : [{ ruleId, fields }];
    }),
  };
}

function documentOf({ source, meta, tests }: Rule): Readonly<Record<string, unknown>> {
  const engineKeys: unknown = JSON.parse(source);
  return { ...(isGroup(engineKeys) ? engineKeys : {}), meta, tests };
}

function changes(pointer: string, before: unknown, after: unknown): readonly FieldChange[] {
  if (canonicalText(before) === canonicalText(after)) return [];
  const inner = members(before, after);
  if (inner !== null) return inner.flatMap(([key, a, b]) => changes(pointer + step(key), a, b));
  return [{ pointer, before: before ?? null, after: after ?? null, words: inWords(pointer, before, after) }];
}

/** Lists of plain values are compared whole, lists of objects by position. */
function members(before: unknown, after: unknown): readonly (readonly [string, unknown, unknown])[] | null {
  if (!isGroup(before) || !isGroup(after) || Array.isArray(before) !== Array.isArray(after)) return null;
  const a = new Map<string, unknown>(Object.entries(before));
  const b = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...a.keys(), ...b.keys()])].map((key) => [key, a.get(key), b.get(key)] as const);
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && (!Array.isArray(value) || value.some((member) => typeof member === 'object'));
}

function inWords(pointer: string, before: unknown, after: unknown): string {
  const name = pointer.slice(1).replaceAll('/', ' › ');
  if (before === undefined) return `${name}: added ${JSON.stringify(after)}`;
  if (after === undefined) return `${name}: removed ${JSON.stringify(before)}`;
  return `${name}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}
