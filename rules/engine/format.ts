const width = 140;
const indent = 2;

/**
 * The canonical layout of a rule file: keys in the order of RULES §2, every rule in its place. Only layout and key order change, so the
 * content hash does not; formatting twice changes nothing. The text must be JSON.
 */
export function formatRuleFile(text: string): string {
  const parsed: unknown = JSON.parse(text);
  return `${written(ordered(parsed), 0, 0)}\n`;
}

const order = [
  ['ruleSet', 'title', 'rules'],
  ['name', 'asOf', 'priority', 'conditions', 'event', 'meta', 'given', 'expect', 'tests'],
  ['version', 'status', 'owner', 'payers', 'effective', 'citation', 'practice', 'confirmed', 'toConfirm', 'why', 'reviewBy'],
  ['from', 'to', 'basis'],
  ['all', 'any', 'not', 'fact', 'operator', 'value'],
  ['type', 'params', 'action', 'queue', 'timer', 'id', 'duration'],
].flat();

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const entries = Object.entries(value).map(([key, inner]) => [key, ordered(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => rank(a) - rank(b)));
}

/** On one line where it fits, else one member a line. `used` is what stands before it and after it on its line. */
function written(value: unknown, depth: number, used: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const oneLine = inLine(value);
  if (!isTall(value) && depth * indent + used + oneLine.length <= width) return oneLine;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((inner: unknown) => ['', inner] as const)
    : Object.entries(value).map(([key, inner]) => [`${JSON.stringify(key)}: `, inner] as const);
  const members = entries.map(([name, inner], index) => {
    const comma = index === entries.length - 1 ? 0 : 1;
    return name + written(inner, depth + 1, name.length + comma);
  });
  const lines = members.map((member) => `${' '.repeat((depth + 1) * indent)}${member}`);
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(depth * indent)}${close}`;
}

/** A rule, its meta, its groups and its examples are read line by line, and so is whatever holds one. */
function isTall(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(isTall);
  return tallKeys.some((key) => Object.hasOwn(value, key)) || Object.values(value).some(isTall);
}

const tallKeys = ['rules', 'conditions', 'citation', 'given', 'all', 'any'];

function inLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inLine(inner)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
