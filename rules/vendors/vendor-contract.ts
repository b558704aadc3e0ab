import type { CivilDate } from '../domain/civil-date.ts';

/** Kinds of work a vendor does, in the order in which a balance passes through them (DOMAIN §8). */
export const vendorTiers = ['earlyOut', 'badDebt1', 'badDebt2', 'legal'] as const;
export type VendorTier = (typeof vendorTiers)[number];

/** A share of what was collected. Percents in hundredths: 2250 is 22.5 %. */
export interface FeeTerm {
  readonly tier: VendorTier;
  readonly percentHundredths: number;
  /** Of balances at placement from this many cents on; 0 for all. The highest that fits counts. */
  readonly fromBalanceCents: number;
  /** Of balances whose first statement was this many days before placement, or more; 0 for all. The highest that fits counts. */
  readonly fromAgeDays: number;
}

/** What a vendor may be given. Absent members are no limit. */
export interface VendorScope {
  readonly states?: readonly string[];
  readonly minimumCents?: number;
  readonly maximumCents?: number;
}

/** One version of a contract with a vendor. */
export interface VendorContract {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  /** Both ends inclusive; the day of placement decides which version holds. */
  readonly effective: { readonly from: CivilDate; readonly to: CivilDate | null };
  readonly tiers: readonly VendorTier[];
  /** An early-out vendor speaks in our name before default: Regulation F does usually not bind it (DOMAIN §7.5). */
  readonly isInOurName: boolean;
  readonly scope: VendorScope;
  readonly fees: readonly FeeTerm[];
  /** Fees are owed back on what is refunded to the patient or bounced. */
  readonly clawsBack: boolean;
  /** Business days within which the vendor says which accounts of a file it took, and confirms a recall. */
  readonly acknowledgementDays: number;
  readonly recallDays: number;
  /** Calendar days within which the money of a payment is remitted, and a placement is worked. */
  readonly remitDays: number;
  readonly workDays: number;
  /** It sends a list of all placements every so many days; null: none was agreed, and none is missed. */
  readonly inventoryDays: number | null;
  /** Calendar days after which a balance comes back, and without a payment; null: never by age alone. */
  readonly returnAfterDays: number | null;
  readonly returnUnpaidAfterDays: number | null;
  /** Whether it may report to bureaus when everything else allows it. */
  readonly mayReportCredit: boolean;
  /** Named layouts of `layouts`, by kind of file. */
  readonly layouts: Readonly<Partial<Record<VendorFileKind, string>>>;
  readonly source: string;
}

/** Files between a vendor and us. */
export const vendorFileKinds = [
  'placement',
  'recall',
  'update',
  'acknowledgement',
  'payments',
  'statuses',
  'returns',
  'events',
  'inventory',
  'remit',
  'contacts',
] as const;
export type VendorFileKind = (typeof vendorFileKinds)[number];

/** How a file is laid out: columns in their order, each a field of ours, or a constant. */
export interface FileLayout {
  readonly kind: VendorFileKind;
  readonly separator: ',' | '|' | ';' | '\t';
  readonly hasHeader: boolean;
  /** With it a file without names of columns begins, and is known. */
  readonly firstLine?: string;
  /** Where columns have widths, the file has no separators. */
  readonly columns: readonly FileColumn[];
  /** A last row with the count of rows and the total in dollars (of a remit: what is transferred): what stands in its first cell. Null: none. */
  readonly trailer: string | null;
  /** What else stands in it, where not just count and total: the fields of `trailer` in layout-fields.ts (`contentHash` is the SHA-256 of all before it). */
  readonly trailerColumns?: readonly FileColumn[];
}

export interface FileColumn {
  /** As the other side calls it. */
  readonly header: string;
  /** Our field; null for a constant. */
  readonly field: string | null;
  readonly constant?: string;
  readonly format:
    | 'text'
    | 'upper'
    | 'digits'
    | 'dollars'
    | 'fixedDollars'
    | 'cents'
    | 'isoDate'
    | 'usDate'
    | 'compactDate'
    | 'yesNo'
    | 'oneZero';
  readonly isRequired: boolean;
  /** In characters, of a file with fixed columns. */
  readonly width?: number;
  /** A text that is longer than its column; refused when absent. */
  readonly tooLong?: 'cut' | 'refuse';
  /** Our words to theirs: the first is written, each is read as ours. What is not in it is written, and read, as it is. */
  readonly codes?: Readonly<Record<string, readonly string[]>>;
}

export interface VendorReference {
  readonly contracts: readonly VendorContract[];
  readonly layouts: Readonly<Record<string, FileLayout>>;
}

/** The version that holds on that day; null when the vendor had none. */
export function contractOn({ contracts }: VendorReference, vendor: string, on: CivilDate): VendorContract | null {
  return (
    contracts.find((one) => one.vendor === vendor && one.effective.from <= on && (one.effective.to === null || one.effective.to >= on)) ??
    null
  );
}
