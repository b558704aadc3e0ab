import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { type Cents, zeroCents } from '../../../rules/domain/money.ts';
import type { VendorStatus } from '../../../rules/domain/vendor-report.ts';
import type { PlacementTruth } from './truth.ts';

/** A balance as a vendor has it. */
export interface Placement {
  readonly reference: string;
  readonly accountNumber: string;
  readonly tier: string;
  readonly placedCents: Cents;
  readonly offeredOn: CivilDate;
  readonly firstStatementOn: CivilDate | null;
  /** What it believes to be owed. */
  owedCents: number;
  state: PlacementTruth['state'];
  /** When it says that it took it, or said; null while it is silent. */
  acknowledgedOn: CivilDate | null;
  /** When it was called back, whether the vendor follows or not. */
  recalledOn: CivilDate | null;
  /** Told and to come. */
  readonly events: VendorEvent[];
}

export type VendorEvent = { readonly on: CivilDate; isTold: boolean } & (
  | VendorCollection
  | { readonly kind: 'returns'; readonly reason: VendorStatus }
  | { readonly kind: 'statuses'; readonly status: VendorStatus }
);

interface VendorCollection {
  readonly kind: 'payments';
  readonly paymentId: string;
  cents: Cents;
  feeCents: Cents;
  /** Too much in its fee, and the remits that told the payment and put the fee right. */
  overchargedCents: Cents;
  remitId: string | null;
  correctedIn: string | null;
}

export type CollectionEvent = Extract<VendorEvent, { readonly kind: 'payments' }>;

export function collectionsOf({ events }: Placement): readonly CollectionEvent[] {
  return events.filter((one) => one.kind === 'payments');
}

/** Taken, and not given back in what it told. */
export function isListed({ acknowledgedOn, events }: Placement, asOf: CivilDate): boolean {
  return acknowledgedOn !== null && acknowledgedOn <= asOf && !events.some(({ kind, isTold }) => kind === 'returns' && isTold);
}

export function back(on: CivilDate, reason: VendorStatus): VendorEvent {
  return { kind: 'returns', on, reason, isTold: false };
}

export function collection(on: CivilDate, collected: Cents, paymentId: string): CollectionEvent {
  const told = { isTold: false, feeCents: zeroCents, overchargedCents: zeroCents, remitId: null, correctedIn: null };
  return { kind: 'payments', on, cents: collected, paymentId, ...told };
}
