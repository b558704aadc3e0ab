import { z } from 'zod';
import { readReferenceFile } from '../domain/reference-file.ts';
import { type FileLayout, fileLayout, headerOf } from './file-layout.ts';
import type { LayoutKind } from './layout-fields.ts';

/** The files of one vendor, by kind. */
export type VendorLayouts = { readonly [K in LayoutKind]: FileLayout & { readonly kind: K } };

export interface Layouts {
  /** Of that vendor, else those that stand for every other. */
  readonly of: (vendor: string) => VendorLayouts;
  /** The layout of a file that comes, by its first line; null when it is of none. */
  readonly ofFirstLine: (firstLine: string) => FileLayout | null;
}

function ofKind<K extends LayoutKind>(kind: K) {
  return fileLayout.transform((layout, context): FileLayout & { readonly kind: K } => {
    if (isKind(layout, kind)) return layout;
    context.addIssue({ code: 'custom', message: `expected a layout of kind ${kind}, ${layout.kind} came` });
    return z.NEVER;
  });
}

function isKind<K extends LayoutKind>(layout: FileLayout, kind: K): layout is FileLayout & { readonly kind: K } {
  return layout.kind === kind;
}

const layoutsOfVendor = z.strictObject({
  placement: ofKind('placement'),
  recall: ofKind('recall'),
  update: ofKind('update'),
  acknowledgement: ofKind('acknowledgement'),
  payments: ofKind('payments'),
  statuses: ofKind('statuses'),
  returns: ofKind('returns'),
});

const shape = z
  .strictObject({
    layouts: z.record(z.string(), layoutsOfVendor),
    /** Vendor to the name of its layouts. */
    vendors: z.record(z.string(), z.string()),
    otherwise: z.string(),
  })
  .superRefine(({ layouts, vendors, otherwise }, context) => {
    for (const [vendor, name] of [...Object.entries(vendors), ['otherwise', otherwise] as const])
      if (layouts[name] === undefined) context.addIssue({ code: 'custom', message: `${vendor}: there are no layouts "${name}"` });
    const seen = new Map<string, FileLayout>();
    for (const layout of inbound(Object.values(layouts))) {
      const header = headerOf(layout);
      if (seen.get(header) !== undefined && JSON.stringify(seen.get(header)) !== JSON.stringify(layout))
        context.addIssue({ code: 'custom', message: `two layouts that come in begin with the same line: ${header}` });
      seen.set(header, layout);
    }
  });

function inbound(all: readonly VendorLayouts[]): readonly FileLayout[] {
  return all.flatMap(({ acknowledgement, payments, statuses, returns }) => [acknowledgement, payments, statuses, returns]);
}

/** @throws DomainError `layouts.invalid` with every fault */
export function readVendorLayouts(file: string): Layouts {
  const { layouts, vendors, otherwise } = readReferenceFile(shape, file, 'layouts.invalid');
  const known = inbound(Object.values(layouts)).map((layout) => ({ layout, header: headerOf(layout).trimEnd() }));
  return {
    of: (vendor) => {
      const found = layouts[vendors[vendor] ?? otherwise] ?? layouts[otherwise];
      if (found === undefined) throw new Error('the layouts were checked when they were read');
      return found;
    },
    ofFirstLine: (firstLine) => known.find(({ header }) => header === firstLine.replace(/\r$/, '').trimEnd())?.layout ?? null,
  };
}
