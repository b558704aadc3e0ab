import { type CivilDate, isCivilDate } from '../domain/civil-date.ts';
import { CsvFault, type CsvRecord, csvRecords } from '../domain/csv.ts';
import { amountText, cents } from '../domain/money.ts';
import { FeedRow } from './feed-table.ts';
import { contractOn, type FileColumn, type FileLayout, type VendorReference } from './vendor-contract.ts';

/** How a vendor's own file is to be read, and what it need not say itself. */
export interface LaidOut {
  readonly vendor: string;
  readonly layout: FileLayout;
  /** When it came: its day where it names none. */
  readonly receivedOn: CivilDate;
}

/** One row by our columns, as text that our own files would have. */
export type LaidOutRow = ReadonlyMap<string, string>;

export interface Trailer {
  readonly count: string;
  readonly total: string;
}

type LedgerKind = 'inventory' | 'remit';

/**
 * The layout of a vendor's own file by its first line; null when the contracts of that day have none that begins so. A layout without a header is known by
 * nothing and cannot come through the drop folder. @throws CsvFault when it may be of several vendors and no column says of which
 */
export function laidOutAs(reference: VendorReference, firstLine: string, on: CivilDate): (LaidOut & { readonly kind: LedgerKind }) | null {
  const vendors = [...new Set(reference.contracts.map(({ vendor }) => vendor))];
  const fitting = vendors.flatMap((vendor) =>
    (['inventory', 'remit'] as const).flatMap((kind) => {
      const layout = reference.layouts[contractOn(reference, vendor, on)?.layouts[kind] ?? ''];
      return layout?.hasHeader === true && headerOf(layout) === firstLine.replace(/\r$/, '')
        ? [{ vendor, layout, kind, receivedOn: on }]
        : [];
    }),
  );
  const [first] = fitting;
  if (first !== undefined && fitting.length > 1 && !first.layout.columns.some(({ field }) => field === 'vendor'))
    throw new CsvFault(
      'vendor.ambiguous',
      `row 1: the layout is that of ${fitting.map(({ vendor }) => vendor).join(', ')}, and no column names one`,
      0,
    );
  return first ?? null;
}

function headerOf({ columns, separator }: FileLayout): string {
  return columns.map(({ header }) => header).join(separator);
}

/** What the rows of our own files say beside the columns that a layout has to have. */
const unsaid: Readonly<Record<LedgerKind, Readonly<Record<string, string>>>> = {
  inventory: { record: 'placement', status: 'open' },
  remit: { record: 'payment', paid_to: 'vendor', paid_by: 'patient' },
};

/**
 * The rows of a vendor's own file as those of ours, the total last. Its fields are our columns (`placementId` for `placement_id`).
 * @param totalOf the total that our own file would have
 * @throws CsvFault naming row and column, never a value
 */
export function readLaidOut<Column extends string>(
  content: Uint8Array,
  { vendor, layout, receivedOn }: LaidOut,
  totalOf: (rows: readonly LaidOutRow[], trailer: Trailer | null) => LaidOutRow,
): readonly FeedRow<Column>[] {
  const records = csvRecords(content, layout.separator).slice(layout.hasHeader ? 1 : 0);
  const last = records.at(-1);
  const isTrailer = layout.trailer !== null && last?.cells[0] === layout.trailer;
  if (layout.trailer !== null && !isTrailer)
    throw new CsvFault('vendor.no-total', 'the last row must be the total: the file was cut short', last?.offset ?? 0);
  const kind = layout.kind === 'remit' ? 'remit' : 'inventory';
  const given = { vendor, as_of: receivedOn, remitted_on: receivedOn, ...unsaid[kind] };
  const rows = (isTrailer ? records.slice(0, -1) : records).map((record) => ({ record, cells: cellsOf(record, layout, given) }));
  const trailer = isTrailer && last !== undefined ? { count: last.cells[1] ?? '', total: last.cells[2] ?? '' } : null;
  const shared = rows[0]?.cells ?? new Map(Object.entries(given));
  const total = new Map([
    ...[...shared].filter(([column]) => column === 'vendor' || column === 'as_of' || column === 'remitted_on'),
    ...[
      ...totalOf(
        rows.map(({ cells }) => cells),
        trailer,
      ),
    ].filter(([, value]) => value !== ''),
  ]);
  return [
    ...rows.map(({ record, cells }) => new FeedRow<Column>(record.number, record.offset, cells)),
    new FeedRow<Column>(last?.number ?? 1, last?.offset ?? 0, total),
  ];
}

function cellsOf({ number, offset, cells }: CsvRecord, { columns }: FileLayout, given: Readonly<Record<string, string>>): LaidOutRow {
  if (cells.length !== columns.length)
    throw new CsvFault('feed.columns', `row ${number}: expected ${columns.length} columns, ${cells.length} came`, offset);
  const said = columns.flatMap((column, n): readonly (readonly [string, string])[] => {
    if (column.field === null) return [];
    const text = plain(column, cells[n] ?? '');
    if (text === null || (text === '' && column.isRequired))
      throw new CsvFault('feed.cell', `row ${number}, column ${column.header}: must be written as ${column.format}`, offset);
    return text === '' ? [] : [[columnOf(column.field), text] as const];
  });
  return new Map([...Object.entries(given), ...said]);
}

/** `placementId` as our files call it. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A cell as our own files would have it; null when it is not written as the layout says. */
function plain({ format, values = {} }: FileColumn, cell: string): string | null {
  const text = values[cell] ?? cell;
  if (text === '') return '';
  switch (format) {
    case 'text':
    case 'upper':
    case 'digits':
    case 'dollars':
    case 'fixedDollars':
      return text;
    case 'cents':
      return /^-?\d{1,13}$/.test(text) ? amountText(cents(Number(text))) : null;
    case 'isoDate':
      return dateOrNull(text);
    case 'usDate':
      return dateOrNull(text.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2'));
    case 'compactDate':
      return dateOrNull(text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
    case 'yesNo':
      return /^[YN]$/.test(text) ? text : null;
    case 'oneZero':
      return text === '1' ? 'Y' : text === '0' ? 'N' : null;
  }
}

function dateOrNull(text: string): string | null {
  return isCivilDate(text) ? text : null;
}
