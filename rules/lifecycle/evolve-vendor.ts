import type { Account, ClaimTrack, Placement } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';

/** What vendors said, what they know of the balance, and the payers they found. */
export function evolveVendor(account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'vendorReported':
      return onPlacement(account, event.placementId, (p) => ({ ...p, vendorStatus: event.status, vendorStatusOn: event.on }));
    case 'vendorReturned':
      return onPlacement(account, event.placementId, (p) => ({ ...p, returnReason: p.returnReason ?? event.reason }));
    case 'patientPaid':
      return event.via === 'vendor' ? paidVendor(account, event) : account;
    case 'commandIssued': {
      const { kind, params } = event.command;
      if (kind !== 'updateVendor') return account;
      return onPlacement(account, String(params.placementId), (p) => ({ ...p, toldCents: Number(params.balanceCents) }));
    }
    case 'commandCarriedOut': {
      const command = account.commands.find((c) => c.command.key === event.key)?.command;
      if (command?.kind !== 'recallFromVendor' || event.result !== 'sent') return account;
      return onPlacement(account, String(command.params.placementId), (p) => ({ ...p, recallReason: String(command.params.reason) }));
    }
    case 'coverageFound': {
      const { sequence, payerId, payerClass, filingIndicator, taskId } = event;
      const track = { sequence, payerId, payerClass, filingIndicator, foundIn: taskId };
      return { ...account, claims: [...account.claims, { ...track, ...fresh }] };
    }
    default:
      return account;
  }
}

const fresh: Pick<ClaimTrack, 'status' | 'submissions' | 'payerClaimNumber' | 'remittances' | 'cases'> = {
  status: 'draft',
  submissions: [],
  payerClaimNumber: null,
  remittances: [],
  cases: [],
};

function onPlacement(account: Account, id: string, change: (p: Placement) => Placement): Account {
  const placements = account.patient.placements.map((p) => (p.id === id ? change(p) : p));
  return { ...account, patient: { ...account.patient, placements } };
}

/** Nobody has to tell the vendor of what it told us. `paidCents` counts this payment already. */
function paidVendor(account: Account, event: Extract<AccountEvent, { kind: 'patientPaid' }>): Account {
  const id = event.placementId ?? account.patient.placements.at(-1)?.id ?? '';
  return onPlacement(account, id, (p) => ({
    ...p,
    paymentIds: [...(p.paymentIds ?? []), event.paymentId],
    toldCents: p.toldCents === undefined ? p.balanceCents - p.paidCents : p.toldCents - event.cents,
  }));
}
