import { findNodeAtLocation, type Node, parse, type ParseError, parseTree } from 'jsonc-parser';
import { unstep } from './fault.ts';

/** Where something stands in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Objects and lists in each other: a rule at its deepest has less than half of it. */
export const deepest = 100;

/** The text of one JSON file, able to say where a JSON pointer leads. */
export class JsonPlaces {
  readonly #text: string;
  readonly #lineStarts: readonly number[];
  /** Where it is nested deeper than anything may be; then nothing parses it. Null when it is not. */
  readonly tooDeepAt: number | null;
  #tree: Node | undefined | null = null;

  constructor(text: string) {
    this.#text = text;
    this.tooDeepAt = tooDeepAt(text, deepest);
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** Of the value the pointer leads to; of the nearest one around it when there is no such value. */
  at(pointer: string): Position {
    const tree = this.#root();
    const path = pointer.split('/').slice(1).map(unstep);
    if (tree === undefined) return this.#position(this.tooDeepAt ?? 0);
    for (let length = path.length; length >= 0; length -= 1) {
      const node = findNodeAtLocation(tree, path.slice(0, length).map(segment));
      if (node !== undefined) return this.#position(node.offset);
    }
    return this.#position(0);
  }

  /** Of the first thing that keeps the text from being JSON. */
  ofError(): Position {
    const errors: ParseError[] = [];
    parse(this.#text, errors, { disallowComments: true });
    return this.#position(errors[0]?.offset ?? 0);
  }

  /** The pointer of the second of two equal keys in one object; null when there is none. `JSON.parse` would silently keep the last. */
  repeatedKey(): string | null {
    const waiting: { readonly node: Node; readonly pointer: string }[] = [];
    const root = this.#root();
    if (root !== undefined) waiting.push({ node: root, pointer: '' });
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, pointer } = next;
      const keys = new Set<string>();
      for (const [index, child] of (node.children ?? []).entries()) {
        const [key, value] = node.type === 'object' ? (child.children ?? []) : [{ value: index }, child];
        const name = String(key?.value);
        const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        if (keys.has(name)) return at;
        keys.add(name);
        if (value?.children !== undefined) waiting.push({ node: value, pointer: at });
      }
    }
    return null;
  }

  #root(): Node | undefined {
    if (this.#tree === null) this.#tree = this.tooDeepAt === null ? parseTree(this.#text) : undefined;
    return this.#tree;
  }

  #position(offset: number): Position {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

function segment(key: string): string | number {
  return /^(0|[1-9]\d*)$/.test(key) ? Number(key) : key;
}

/** The offset at which objects and lists are nested deeper than that; null when they never are. Looks at every character once. */
function tooDeepAt(text: string, limit: number): number | null {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (inText) {
      if (c === 92) i += 1;
      else if (c === 34) inText = false;
    } else if (c === 34) inText = true;
    else if (c === 123 || c === 91) {
      depth += 1;
      if (depth > limit) return i;
    } else if (c === 125 || c === 93) depth -= 1;
  }
  return null;
}
