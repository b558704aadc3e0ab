import type { Instant } from '../../rules/domain/civil-date.ts';

/** A file that left us, or the hospital's own billing system (folder `hospital`), for someone outside. */
export interface SentFile {
  readonly folder: string;
  readonly name: string;
  /** One character per byte (latin1). */
  readonly content: string;
}

/**
 * A file that someone outside will put into our inbound folder at that moment. Read `content` when the moment has come: until it is first read, a check
 * or a report still gathers what belongs in it.
 */
export interface Delivery {
  readonly at: Instant;
  readonly name: string;
  readonly content: string;
}

/**
 * Someone outside who knows us only through files: a clearinghouse with its payers, a vendor, patients who pay. Deterministic: the same seed, scenario
 * and files at the same moments give the same deliveries, byte for byte.
 */
export interface Peer {
  /** What it makes of one file that was sent to it at that moment; files that are not for it give nothing. */
  receive(sent: SentFile, at: Instant): readonly Delivery[];
}
