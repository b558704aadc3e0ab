import { type FieldType, isLaidOutKind, layoutFields, trailerFieldsOf, typeOfField } from './layout-fields.ts';
import type { FileColumn, FileLayout } from './vendor-contract.ts';

/** The mark of a trailer is as wide as it is long. */
export function isFixed({ columns }: Pick<FileLayout, 'columns'>): boolean {
  return columns.some(({ width }) => width !== undefined);
}

/** By what a file of that layout is known from its first line; null when it is known by nothing. */
export function headerOf({ firstLine, hasHeader, columns, separator }: FileLayout): string | null {
  return firstLine ?? (hasHeader ? columns.map(({ header }) => header).join(separator) : null);
}

function countAndTotal({ kind }: FileLayout): readonly FileColumn[] {
  return [
    { header: 'count', field: 'recordCount', format: 'text', isRequired: false },
    { header: 'total', field: kind === 'remit' ? 'netCents' : 'totalCents', format: 'dollars', isRequired: false },
  ];
}

/** What stands behind the mark of the last record; null where there is no such record. */
export function trailerOf(layout: FileLayout): { readonly mark: string; readonly columns: readonly FileColumn[] } | null {
  const { trailer, trailerColumns } = layout;
  return trailer === null ? null : { mark: trailer, columns: trailerColumns ?? countAndTotal(layout) };
}

interface LayoutFaultText {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What cannot be written or read as it says. */
export function faultsOfLayout(layout: FileLayout): readonly LayoutFaultText[] {
  const { kind, columns, trailerColumns = [] } = layout;
  const fixed = isFixed(layout);
  const all = [
    ...(isLaidOutKind(kind) ? columns.map((one, n) => ({ one, path: ['columns', n], of: kind })) : []),
    ...trailerColumns.map((one, n) => ({ one, path: ['trailerColumns', n], of: 'trailer' as const })),
  ];
  const faults = all.flatMap(({ one, path, of }): readonly LayoutFaultText[] => {
    const message = faultOf(one, of, fixed) ?? (of === 'trailer' ? faultOfTrailer(one, kind) : null);
    return message === null ? [] : [{ path, message }];
  });
  if (fixed && layout.firstLine === undefined)
    return [...faults, { path: ['firstLine'], message: 'a file with fixed columns begins with a line of its own, by which it is known' }];
  return faults;
}

const suits: Readonly<Record<FieldType, readonly FileColumn['format'][]>> = {
  text: ['text', 'upper', 'digits'],
  date: ['text', 'isoDate', 'usDate', 'compactDate'],
  cents: ['text', 'dollars', 'fixedDollars', 'cents'],
  count: ['text'],
  flag: ['text', 'yesNo', 'oneZero'],
};

function faultOf({ header, field, width, format }: FileColumn, kind: keyof typeof layoutFields, fixed: boolean): string | null {
  if (fixed && width === undefined) return `column ${header} of a file with fixed columns needs a width`;
  if (field === null) return null;
  const type = typeOfField(kind, field);
  if (type === null) return `column ${header}: a ${kind} has no field "${field}"; it has ${Object.keys(layoutFields[kind]).join(', ')}`;
  return suits[type].includes(format) ? null : `column ${header}: ${format} does not suit a ${type}; use ${suits[type].join(', ')}`;
}

function faultOfTrailer({ header, field }: FileColumn, kind: FileLayout['kind']): string | null {
  if (field === null || !isLaidOutKind(kind)) return null;
  const known = trailerFieldsOf(kind);
  return known.includes(field) ? null : `column ${header}: the last record of a file of the kind ${kind} has ${known.join(', ')}`;
}
