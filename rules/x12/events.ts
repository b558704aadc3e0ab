import type { SourcePlace } from '../domain/claim.ts';
import type { Cents } from '../domain/money.ts';
import type { Imbalance, ProviderAdjustment, Remittance, RemittanceClaim } from '../domain/remittance.ts';
import type { ProviderSummary } from '../domain/remittance-details.ts';
import type { Envelope, PassedOver, X12Transaction } from '../domain/x12-file.ts';
import type { X12Fault } from './fault.ts';

/** What the first segments of an 835 say of the whole, before its first claim. */
export type RemittanceHeader = Omit<Remittance, 'claims' | 'providerAdjustments' | 'providerSummaries' | 'imbalances' | 'place'>;

/** What is known of an 835 once its SE was read. */
export interface RemittanceSummary {
  readonly claimCount: number;
  /** Σ CLP03, CLP04 and the adjustments of both levels. */
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly adjustmentCents: Cents;
  readonly providerAdjustments: readonly ProviderAdjustment[];
  readonly providerSummaries: readonly ProviderSummary[];
  /** Of the check: Σ CLP04 − Σ PLB against BPR02. Those of lines and claims came with their claims. */
  readonly imbalances: readonly Imbalance[];
}

/**
 * What the reader hands on while a file streams through it, in the order of the bytes. An 835 may hold any number of claims, so it comes in parts;
 * every other transaction comes whole. Nothing of a remittance may be posted before its `remittance-closed`, and then only when nothing in it is
 * at fault or out of balance: a file cut off in the middle of it has no such event.
 */
export type X12Event =
  /** An ISA or a GS was read. */
  | { readonly kind: 'interchange' | 'group'; readonly offset: number }
  /** An ST was read: all that comes until the next of these belongs to it. A TA1 has none. */
  | { readonly kind: 'opened'; readonly transactionSetId: string; readonly envelope: Envelope; readonly offset: number }
  | { readonly kind: 'remittance-opened'; readonly envelope: Envelope; readonly header: RemittanceHeader; readonly offset: number }
  | { readonly kind: 'remittance-claim'; readonly claim: RemittanceClaim; readonly imbalances: readonly Imbalance[] }
  | {
      readonly kind: 'remittance-closed';
      readonly envelope: Envelope;
      readonly place: SourcePlace;
      readonly summary: RemittanceSummary;
      readonly faults: readonly X12Fault[];
    }
  /** Any other transaction, complete; with faults, what could be read of it stands for nothing. */
  | { readonly kind: 'transaction'; readonly transaction: X12Transaction; readonly faults: readonly X12Fault[] }
  /** The SE of a transaction at fault: what of it was not handed on. Nothing of it may be used; it is told so that nothing is lost in silence. */
  | { readonly kind: 'passed-over'; readonly counted: PassedOver }
  /**
   * `transaction`: the open transaction cannot be used and reading goes on after its SE; between transactions, something of the envelope (GS, GE,
   * IEA) is not as it should be and takes nothing back. `file`: nothing after this byte can be read; what was handed on before stands.
   */
  | { readonly kind: 'fault'; readonly level: 'transaction' | 'file'; readonly fault: X12Fault };

/** `push` the bytes in pieces of any size, then `end`: the same events for every way of cutting them. Neither throws for what a file says. */
export interface X12EventReader {
  push(bytes: Uint8Array): readonly X12Event[];
  end(): readonly X12Event[];
}
