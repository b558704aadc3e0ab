import { z } from 'zod';
import { layoutFields, typeOfField } from './layout-fields.ts';

/**
 * How one kind of file is laid out for one vendor, as data: column by column which field of ours it holds and how that is written, or a constant; how
 * records are separated; which record ends the file and proves that it is whole.
 */

const dateFormats = ['YYYY-MM-DD', 'YYYYMMDD', 'MM/DD/YYYY', 'MMDDYYYY'] as const;
/** dollars: `1480.5`; fixedDollars: `1480.50`; cents: `148050`. */
const amountFormats = ['dollars', 'fixedDollars', 'cents'] as const;
const flagFormats = ['Y/N', '1/0', 'true/false'] as const;
const formats = [...dateFormats, ...amountFormats, ...flagFormats, 'text', 'upper', 'digits'] as const;

const column = z.strictObject({
  name: z.string().min(1),
  field: z.string().optional(),
  constant: z.string().optional(),
  format: z.enum(formats).optional(),
  /** In characters; required in fixed files. A text that is longer is cut where it may be, refused where it may not. */
  width: z.int().min(1).optional(),
  /** Where a value is longer than the column. */
  tooLong: z.enum(['cut', 'refuse']).default('refuse'),
  isRequired: z.boolean().default(false),
  /** Ours to theirs; what is not in it is written, and read, as it is. */
  codes: z.record(z.string(), z.string()).optional(),
});

export const fileLayout = z
  .strictObject({
    kind: z.enum(['placement', 'recall', 'update', 'acknowledgement', 'payments', 'statuses', 'returns']),
    format: z.enum(['delimited', 'fixed']),
    delimiter: z.string().length(1).default(','),
    lineEnd: z.enum(['crlf', 'lf']).default('crlf'),
    /** A delimited file begins with the names of its columns, a fixed one with this line. */
    headerLine: z.string().optional(),
    columns: z.array(column).min(1),
    trailer: z.array(column).min(1).optional(),
  })
  .superRefine((layout, context) => {
    const all = [
      ...layout.columns.map((one, n) => ({ one, path: ['columns', n], kind: layout.kind })),
      ...(layout.trailer ?? []).map((one, n) => ({ one, path: ['trailer', n], kind: 'trailer' as const })),
    ];
    for (const { one, path, kind } of all) {
      const fault = faultOf(one, kind, layout.format);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault, path });
    }
    if (layout.trailer !== undefined && layout.trailer[0]?.constant === undefined)
      context.addIssue({
        code: 'custom',
        message: 'the first column of a trailer is a constant, by which it is known',
        path: ['trailer', 0],
      });
    if (layout.format === 'fixed' && layout.headerLine === undefined)
      context.addIssue({ code: 'custom', message: 'a fixed file begins with a line of its own (headerLine), by which it is known' });
  });

export type FileLayout = z.output<typeof fileLayout>;
export type LayoutColumn = FileLayout['columns'][number];
type Format = (typeof formats)[number];

function faultOf(one: z.output<typeof column>, kind: keyof typeof layoutFields, format: FileLayout['format']): string | null {
  if ((one.field === undefined) === (one.constant === undefined)) return `column ${one.name} holds either a field or a constant`;
  if (format === 'fixed' && one.width === undefined) return `column ${one.name} of a fixed file needs a width`;
  if (one.field === undefined) return null;
  const type = typeOfField(kind, one.field);
  if (type === null)
    return `column ${one.name}: a ${kind} has no field "${one.field}"; it has ${Object.keys(layoutFields[kind]).join(', ')}`;
  const suits: Readonly<Record<typeof type, readonly Format[]>> = {
    text: ['text', 'upper', 'digits'],
    date: dateFormats,
    cents: amountFormats,
    count: [],
    flag: flagFormats,
  };
  if (one.format !== undefined && !suits[type].includes(one.format))
    return `column ${one.name}: ${one.format} does not suit a ${type}; use ${suits[type].join(', ') || 'none'}`;
  return null;
}

/** By what the file is known from its first line. */
export function headerOf({ format, headerLine, columns, delimiter }: FileLayout): string {
  return headerLine ?? (format === 'fixed' ? '' : columns.map(({ name }) => name).join(delimiter));
}
