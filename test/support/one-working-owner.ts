import type { Account } from '../../rules/domain/account.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import type { Advanced } from '../../rules/lifecycle/contract.ts';

/** DOMAIN §8: one vendor at most has a balance, nobody asks for it beside, and what the vendor knows of it is what it is or is on its way. */
export function oneWorkingOwner(before: Account, { account, events }: Pick<Advanced, 'account' | 'events'>): readonly string[] {
  const out = ({ patient }: Account) =>
    patient.placements.filter((p) => p.status === 'offered' || p.status === 'placed' || p.status === 'recallSent');
  const asks = new Set(['sendStatement', 'offerPaymentPlan', 'placeWithVendor']);
  const asked = events.filter((e) => e.kind === 'commandIssued' && asks.has(e.command.kind));
  const wasOut = out(before).some((p) => out(account).some((still) => still.id === p.id));
  const last = account.patient.placements.at(-1);
  const recalled = account.commands.some((c) => c.command.kind === 'recallFromVendor' && c.command.params['placementId'] === last?.id);
  const told = last === undefined ? 0 : (last.toldCents ?? last.balanceCents - last.paidCents);
  const isWrong = last?.status === 'placed' && !recalled && told !== bucketBalance(account, 'patient');
  return [
    ...(out(account).length > 1 ? ['owner: two vendors have the balance'] : []),
    ...(wasOut && asked.length > 0 ? ['owner: asked for beside the vendor'] : []),
    ...(isWrong ? [`owner: the vendor believes ${told}, and it is ${bucketBalance(account, 'patient')}`] : []),
  ];
}
