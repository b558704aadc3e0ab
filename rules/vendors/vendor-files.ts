import type { CivilDate } from '../domain/civil-date.ts';
import { isLaidOutKind, type LayoutKind } from './layout-fields.ts';
import { isOfLayout, LayoutFault } from './read-records.ts';
import { contractOn, type FileLayout, type VendorReference } from './vendor-contract.ts';

type LayoutOf<K extends LayoutKind> = FileLayout & { readonly kind: K };

/** Files of these kinds come in. */
const inbound: ReadonlySet<string> = new Set(['acknowledgement', 'payments', 'statuses', 'returns', 'inventory', 'remit']);

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

/** A file that comes, as its first line tells. */
export interface KnownLayout {
  readonly layout: LayoutOf<LayoutKind>;
  /** Those whose contract names it; of that day, where one does. */
  readonly vendors: readonly string[];
}

/**
 * The layout of a file that comes, by its first line; null when it is of none. Where several begin so, it is the one that a contract of that day names.
 * @throws LayoutFault when that does not decide
 */
export function layoutOfFirstLine(reference: VendorReference, firstLine: string, on: CivilDate): KnownLayout | null {
  const all = Object.entries(reference.layouts).flatMap(([name, layout]) =>
    inbound.has(layout.kind) && isLaidOut(layout) && isOfLayout(firstLine, layout) ? [{ layout, ...vendorsOf(reference, name, on) }] : [],
  );
  const today = all.filter(({ isOfThatDay }) => isOfThatDay);
  const [found, ...others] = all.length > 1 ? today : all;
  if (others.length > 0 || (found === undefined && all.length > 1))
    throw new LayoutFault('layout.ambiguous', `line 1: ${all.length} layouts begin so (rules/reference/vendor-contracts.json)`, 0);
  return found ?? null;
}

function vendorsOf({ contracts }: VendorReference, name: string, on: CivilDate) {
  const naming = contracts.filter(({ layouts }) => Object.values(layouts).includes(name));
  const today = naming.filter(({ effective: { from, to } }) => from <= on && (to === null || to >= on));
  const isOfThatDay = today.length > 0;
  return { isOfThatDay, vendors: [...new Set((isOfThatDay ? today : naming).map(({ vendor }) => vendor))] };
}

export function isOfKind<K extends LayoutKind>(layout: FileLayout, kind: K): layout is LayoutOf<K> {
  return layout.kind === kind;
}

function isLaidOut(layout: FileLayout): layout is LayoutOf<LayoutKind> {
  return isLaidOutKind(layout.kind);
}
