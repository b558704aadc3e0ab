export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** In characters and in bytes of UTF-8. */
  readonly at: number;
  readonly offset: number;
}

/** Lines that are not empty. A quoted field may not hold a line end: no file of ours or theirs does. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  const encoder = new TextEncoder();
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let offset = encoder.encode(text.slice(0, at)).length;
  for (let number = 1; at < text.length; number += 1) {
    const end = text.indexOf('\n', at);
    const next = end === -1 ? text.length : end + 1;
    const whole = text.slice(at, next);
    const line = whole.replace(/\r?\n$/, '');
    if (line.trim() !== '') lines.push({ number, text: line, at, offset });
    offset += encoder.encode(whole).length;
    at = next;
  }
  return lines;
}

/** By which a file is known. */
export function firstLineOf(text: string): string {
  return text.replace(/^\uFEFF?\s*/, '').split(/\r?\n/, 1)[0] ?? '';
}

/** Null when a quotation mark is not where it may be. */
export function splitDelimited(line: string, delimiter: string): readonly string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quotes = line[at] === '"' ? /^"((?:[^"]|"")*)"/.exec(line.slice(at)) : null;
    if (line[at] === '"' && quotes === null) return null;
    const end = quotes === null ? line.indexOf(delimiter, at) : at + quotes[0].length;
    const stop = end === -1 ? line.length : end;
    cells.push((quotes?.[1]?.replaceAll('""', '"') ?? line.slice(at, stop)).trim());
    if (stop >= line.length) return cells;
    if (line[stop] !== delimiter) return null;
    at = stop + 1;
  }
}

export function splitFixed(line: string, widths: readonly number[]): readonly string[] {
  let at = 0;
  return widths.map((width) => {
    const cell = line.slice(at, at + width).trim();
    at += width;
    return cell;
  });
}
