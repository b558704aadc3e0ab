import type { CivilDate } from '../domain/civil-date.ts';
import { headerOf } from './file-layout.ts';
import { isLaidOutKind, type LayoutKind } from './layout-fields.ts';
import { contractOn, type FileLayout, type VendorReference } from './vendor-contract.ts';

type LayoutOf<K extends LayoutKind> = FileLayout & { readonly kind: K };

/** Files of these kinds come in. */
const inbound: ReadonlySet<string> = new Set(['acknowledgement', 'payments', 'statuses', 'returns']);

/** The layout that the contract of that day names for files of that kind, else the plain one; null when there is none. */
export function layoutFor<K extends LayoutKind>(
  reference: VendorReference,
  { vendor, on }: { readonly vendor: string; readonly on: CivilDate },
  kind: K,
): LayoutOf<K> | null {
  const name = contractOn(reference, vendor, on)?.layouts[kind] ?? `plain-${kind}`;
  const found = reference.layouts[name];
  return found !== undefined && isOfKind(found, kind) ? found : null;
}

/** The layout of a file that comes, by its first line; null when it is of none. */
export function layoutOfFirstLine({ layouts }: VendorReference, firstLine: string): LayoutOf<LayoutKind> | null {
  const said = firstLine.replace(/\r$/, '').trimEnd();
  const found = Object.values(layouts).find((layout) => inbound.has(layout.kind) && headerOf(layout)?.trimEnd() === said);
  return found !== undefined && isLaidOutKind(found.kind) ? { ...found, kind: found.kind } : null;
}

export function isOfKind<K extends LayoutKind>(layout: FileLayout, kind: K): layout is LayoutOf<K> {
  return layout.kind === kind;
}
