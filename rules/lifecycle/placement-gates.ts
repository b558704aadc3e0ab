import type { Account } from '../domain/account.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import { bucketBalance } from './balances.ts';
import type { Turn } from './turn.ts';
import { contractRefusal } from './vendor-terms.ts';

/** Exactly one works a balance: while a vendor has it, or was offered it, nobody else asks for it. */
export function vendorHasIt({ patient }: Account): string {
  const last = patient.placements.at(-1);
  return `${last?.vendor ?? 'a vendor'} has the balance (placement ${last?.id}, ${last?.status}): it comes back first`;
}

/** Why this balance is not placed with this vendor in this tier, in words for whoever decides instead; null when it may be. */
export function placementRefusal(
  { account, today, opened, guarantor }: Turn,
  { action, params }: Pick<RuleAnswer, 'action' | 'params'>,
): string | null {
  if (action !== 'placeWithVendor') return null;
  const { vendor, tier } = placementTold(params);
  const before = account.patient.placements.find((p) => p.vendor === vendor && p.tier === tier && p.status === 'returned');
  if (before !== undefined)
    return `${vendor} had it in this tier already and gave it back on ${before.returnedOn}: another vendor, or none`;
  const state = guarantor === null || guarantor.state === '' ? opened.state : guarantor.state;
  return contractRefusal({ vendor, tier, on: today, balanceCents: bucketBalance(account, 'patient'), state });
}

/** To whom and in which tier, where a rule says; VENDOR1 and bad debt where a person chose without. */
export function placementTold(params: RuleAnswer['params']): { readonly vendor: string; readonly tier: string } {
  return { vendor: String(params.vendor ?? 'VENDOR1'), tier: String(params.tier ?? 'badDebt1') };
}
