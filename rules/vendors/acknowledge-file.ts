import { cents, dollars, sum } from '../domain/money.ts';

export interface SentPlacement {
  /** As the vendor calls it. */
  readonly reference: string;
  readonly balanceCents: number;
}

/** What a vendor says of one file: how many records it read, their total, and those among them that it refuses. */
export interface FileAcknowledgement {
  readonly count: number;
  readonly totalCents: number;
  /** Reason by reference. */
  readonly rejected: ReadonlyMap<string, string>;
}

export type FileVerdict =
  | {
      readonly kind: 'agreed';
      readonly placements: readonly { readonly reference: string; readonly accepted: boolean; readonly reason: string }[];
    }
  /** Nothing of the file is placed until both sides say the same. In words for whoever asks the vendor. */
  | { readonly kind: 'disagreed'; readonly reason: string };

/** The second phase of a placement (DOMAIN §8): count and dollars must be what was sent, and every refused record one of it. */
export function acknowledgeFile(sent: readonly SentPlacement[], said: FileAcknowledgement): FileVerdict {
  const totalCents = sum(sent.map(({ balanceCents }) => cents(balanceCents)));
  const ours = new Set(sent.map(({ reference }) => reference));
  const strangers = [...said.rejected.keys()].filter((reference) => !ours.has(reference));
  const faults = [
    ...(said.count === sent.length ? [] : [`it counts ${said.count} placements, and ${sent.length} were sent`]),
    ...(said.totalCents === totalCents ? [] : [`its total is ${dollars(cents(said.totalCents))}, and ${dollars(totalCents)} was sent`]),
    ...(strangers.length === 0 ? [] : [`it refuses ${strangers.length} that were not in the file`]),
  ];
  if (faults.length > 0) return { kind: 'disagreed', reason: `The vendor does not have the file as it was sent: ${faults.join('; ')}.` };
  const placements = sent.map(({ reference }) => {
    const reason = said.rejected.get(reference);
    return { reference, accepted: reason === undefined, reason: reason ?? '' };
  });
  return { kind: 'agreed', placements };
}
