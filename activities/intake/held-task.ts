import type { SourcePlace } from '../../rules/domain/claim.ts';
import type { Imbalance } from '../../rules/domain/remittance.ts';
import type { RemittanceHeader } from '../../rules/x12/events.ts';
import type { X12Fault } from '../../rules/x12/fault.ts';
import type { Unmatched } from '../../prisma/writes/unmatched.ts';
import { type Intake, unmatched } from './context.ts';

interface Why {
  readonly place: SourcePlace;
  readonly imbalances: readonly Imbalance[];
  readonly faults: readonly X12Fault[];
}

/** What a person is asked about a remittance of which nothing may be posted: it names the first thing that is wrong. */
export function heldTask(intake: Intake, { header }: { readonly header: RemittanceHeader }, { place, imbalances, faults }: Why): Unmatched {
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
  });
}

function whereOf({ level, offset, expectedCents, cameCents }: Imbalance): string {
  return `the ${level} at byte ${offset}: expected ${dollars(expectedCents)}, came ${dollars(cameCents)}`;
}

function dollars(cents: number): string {
  return `${cents < 0 ? '-' : ''}$${(Math.abs(cents) / 100).toFixed(2)}`;
}
