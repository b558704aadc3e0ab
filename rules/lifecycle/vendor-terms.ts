import { addBusinessDays } from '../deadlines/business-days.ts';
import type { Placement } from '../domain/account.ts';
import { type CivilDate, daysBetween } from '../domain/civil-date.ts';
import type { DerivedDeadline } from '../domain/deadline.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { shippedContracts } from '../vendors/shipped-contracts.ts';
import { contractOn, type VendorContract } from '../vendors/vendor-contract.ts';
import type { Turn } from './turn.ts';

/** What the contract with a vendor says where an account stands: the version of the day on which the balance was offered holds. */

export interface Offered {
  readonly vendor: string;
  readonly tier: string;
  readonly on: CivilDate;
  readonly balanceCents: number;
  /** Of whoever owes it, two letters. */
  readonly state: string;
}

/** Why the contract does not let this vendor have it; null when it does. */
export function contractRefusal({ vendor, tier, on, balanceCents, state }: Offered): string | null {
  const contract = contractOn(shippedContracts, vendor, on);
  if (contract === null) return `there is no contract with ${vendor} on ${on}`;
  const { id, tiers, scope } = contract;
  if (!tiers.some((one) => one === tier)) return `the contract ${id} is for ${tiers.join(' and ')}, not for ${tier}`;
  if (scope.states !== undefined && !scope.states.includes(state))
    return `the contract ${id} is for ${scope.states.join(', ')}, not for ${state}`;
  if (balanceCents < (scope.minimumCents ?? 0)) return `the contract ${id} begins at ${dollars(cents(scope.minimumCents ?? 0))}`;
  return scope.maximumCents !== undefined && balanceCents > scope.maximumCents
    ? `the contract ${id} ends at ${dollars(cents(scope.maximumCents))}`
    : null;
}

/** Days until the contract wants the balance back; negative when they are over, null when it never does by age. */
export function contractDaysLeft({ vendor, offeredOn, placedOn, paidCents }: Placement, today: CivilDate): number | null {
  const contract = contractOn(shippedContracts, vendor, offeredOn);
  const limits = [contract?.returnAfterDays ?? null, paidCents > 0 ? null : (contract?.returnUnpaidAfterDays ?? null)];
  const days = limits.filter((limit) => limit !== null);
  return days.length === 0 ? null : Math.min(...days) - daysBetween(placedOn ?? offeredOn, today);
}

const promised = { vendorAcknowledgement: 'acknowledgementDays', recallConfirmation: 'recallDays' } as const;

/** By when the vendor owes its word: as its contract says, else as the policy does. */
export function expectWord(
  turn: Turn,
  kind: keyof typeof promised,
  { subject, vendor, on }: { readonly subject: Subject; readonly vendor: string; readonly on: CivilDate },
): void {
  const anchors = kind === 'vendorAcknowledgement' ? { placedOn: on, sentOn: on } : { recallSentOn: on };
  const usual = turn.derive(kind, null, anchors);
  const contract = contractOn(shippedContracts, vendor, on);
  if (usual === null || contract === null) return turn.setDeadline(kind, subject, null, anchors);
  turn.keepDeadline(agreed(usual, contract, { days: contract[promised[kind]], on }), subject);
}

function agreed(
  usual: DerivedDeadline,
  { id, source }: VendorContract,
  { days, on }: { readonly days: number; readonly on: CivilDate },
): DerivedDeadline {
  const dueOn = addBusinessDays(on, days);
  const derivation = [`${days} business days from ${on} end on ${dueOn}.`, `The contract ${id} says so (${source}).`];
  return { ...usual, policyId: `contract-${id}`, nominalOn: dueOn, legalOn: dueOn, safeByOn: dueOn, derivation, conflict: null };
}
