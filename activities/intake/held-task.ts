import type { SourcePlace } from '../../rules/domain/claim.ts';
import { dollars } from '../../rules/domain/money.ts';
import type { Imbalance } from '../../rules/domain/remittance.ts';
import type { RemittanceHeader } from '../../rules/x12/events.ts';
import type { X12Fault } from '../../rules/x12/fault.ts';
import type { KnownRemittance } from '../../prisma/reads/matching.ts';
import type { Unmatched } from '../../prisma/writes/unmatched.ts';
import { type Intake, unmatched } from './context.ts';

export interface OfRemittance {
  readonly remittanceId: string;
  readonly header: RemittanceHeader;
}

interface Why {
  readonly place: SourcePlace;
  readonly imbalances: readonly Imbalance[];
  readonly faults: readonly X12Fault[];
}

/** What a person is asked about a remittance of which nothing may be posted: it names the first thing that is wrong. */
export function heldTask(intake: Intake, { remittanceId, header }: OfRemittance, { place, imbalances, faults }: Why): Unmatched {
  const [first] = imbalances;
  const [fault] = faults;
  const levels = [...new Set(imbalances.map(({ level }) => level))].join(', ');
  const unbalanced = first === undefined ? [] : [`It does not balance at: ${levels}; first at ${whereOf(first)}.`];
  const broken = fault === undefined ? [] : [`It could not be read whole: ${fault.message}.`];
  return unmatched(intake, {
    kind: 'resolveImbalance',
    title: 'Ask the payer for a remittance that balances',
    reason: [...unbalanced, ...broken, 'Nothing of it was posted.'].join(' '),
    payerId: header.payerId,
    amountCents: header.paidCents,
    offset: first?.offset ?? fault?.offset ?? place.offset,
    item: { kind: 'remittance', remittanceId },
  });
}

/** Traces, dates and totals name no patient. */
export function reusedTraceTask(
  intake: Intake,
  { remittanceId, header: { payerId, trace, paidOn, paidCents } }: OfRemittance,
  { posted, offset }: { readonly posted: KnownRemittance; readonly offset: number },
): Unmatched {
  const first = `a remittance of ${posted.paidOn} for ${dollars(posted.paidCents)} is posted under it`;
  return unmatched(intake, {
    kind: 'resolveReusedTrace',
    title: 'Ask the payer why a trace number came twice with different content',
    reason: `remittance.trace-reused: TRN02 ${trace} of payer ${payerId}: ${first}; this one is of ${paidOn} for ${dollars(paidCents)} and says something else. Nothing of it was posted.`,
    payerId,
    amountCents: paidCents,
    offset,
    item: { kind: 'remittance', remittanceId },
  });
}

function whereOf({ level, offset, expectedCents, cameCents }: Imbalance): string {
  return `the ${level} at byte ${offset}: expected ${dollars(expectedCents)}, came ${dollars(cameCents)}`;
}
