/** Files of comma-separated values, as vendors and banks write them and as ours read. */

/** Rows by the names of their columns; null when the file has no such columns. */
export function readRows<C extends string>(content: string, columns: readonly C[]): readonly Readonly<Record<C, string>>[] | null {
  const [header, ...lines] = Buffer.from(content, 'latin1')
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const names = cellsOf(header ?? '');
  const places = columns.map((column) => names.indexOf(column));
  if (places.includes(-1)) return null;
  return lines.map((line) => {
    const cells = cellsOf(line);
    const row: Partial<Record<C, string>> = {};
    columns.forEach((column, i) => {
      row[column] = cells[places[i] ?? -1] ?? '';
    });
    return fullRow(row, columns);
  });
}

function fullRow<C extends string>(row: Partial<Record<C, string>>, columns: readonly C[]): Record<C, string> {
  if (!isFull(row, columns)) throw new Error('a row has every column that was asked for');
  return row;
}

function isFull<C extends string>(row: Partial<Record<C, string>>, columns: readonly C[]): row is Record<C, string> {
  return columns.every((column) => row[column] !== undefined);
}

function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  );
}

export function feedText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[columns, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
