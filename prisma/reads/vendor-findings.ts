import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { DifferenceKind } from '../../rules/vendors/difference.ts';
import type { Database } from '../client.ts';
import { civilOf } from '../convert.ts';
import { differenceKindOf } from '../convert-vendors.ts';

/** What was ever found of what vendors said. */
export interface VendorFindings {
  readonly differences: readonly FoundOnce[];
  /** Days of the lists that were taken in, by vendor; one that came after a later one is not. */
  readonly lists: ReadonlyMap<string, ReadonlySet<CivilDate>>;
  /** Keys of the contacts of vendors that a rule refuses. */
  readonly violations: readonly string[];
}

export interface FoundOnce {
  readonly vendor: string;
  readonly kind: DifferenceKind;
  readonly about: string;
  readonly reference: string;
  readonly words: string;
  readonly stands: boolean;
}

export async function readVendorFindings(db: Database): Promise<VendorFindings> {
  const differences = await db.vendorDifference.findMany({ orderBy: [{ vendor: 'asc' }, { kind: 'asc' }, { about: 'asc' }] });
  const lists = new Map<string, Set<CivilDate>>();
  for (const { vendor, asOf } of await db.vendorInventory.findMany({ select: { vendor: true, asOf: true } }))
    lists.set(vendor, (lists.get(vendor) ?? new Set()).add(civilOf(asOf)));
  const violations = await db.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT c."key" FROM "ContactViolation" v JOIN "Contact" c ON c."id" = v."contactId" WHERE c."party" <> 'us' ORDER BY c."key"`;
  return {
    differences: differences.map(({ vendor, kind, about, reference, words, settledOn }) => {
      return { vendor, kind: differenceKindOf(kind), about, reference, words, stands: settledOn === null };
    }),
    lists,
    violations: violations.map(({ key }) => key),
  };
}
