import type { Account, PatientTrack, Placement } from '../domain/account.ts';
import type { AccountEvent, Command } from '../domain/event.ts';
import { offeredByLetter } from './evolve-plan.ts';

/** The patient track: statements, plan, payments, and balances with a vendor. */
export function evolvePatient(account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'patientPaid':
      return { ...account, patient: paid(account.patient, event) };
    case 'vendorAcknowledged':
      return onPlacement(account, event.placementId, (p) =>
        p.status !== 'offered' ? p : event.accepted ? { ...p, status: 'placed', placedOn: event.on } : { ...p, status: 'refused' },
      );
    case 'vendorConfirmed':
      return onPlacement(account, event.placementId, (p) =>
        event.status === 'placed' ? { ...p, status: 'placed', placedOn: event.on } : { ...p, status: 'returned', returnedOn: event.on },
      );
    case 'vendorReturned':
      return onPlacement(account, event.placementId, (p) => ({ ...p, status: 'returned', returnedOn: event.on }));
    case 'commandCarriedOut': {
      const command = account.commands.find((c) => c.command.key === event.key)?.command;
      return command === undefined || event.result !== 'sent' ? account : carriedOut(account, command, event);
    }
    default:
      return account;
  }
}

function onPatient(account: Account, change: Partial<PatientTrack>): Account {
  return { ...account, patient: { ...account.patient, ...change } };
}

/** What came through a vendor belongs to the placement it names, else to the last. */
function paid(patient: PatientTrack, { cents, via, placementId }: Extract<AccountEvent, { kind: 'patientPaid' }>): PatientTrack {
  const id = placementId ?? patient.placements.at(-1)?.id;
  const placements =
    via === 'vendor' ? patient.placements.map((p) => (p.id === id ? { ...p, paidCents: p.paidCents + cents } : p)) : patient.placements;
  return { ...patient, paidCents: patient.paidCents + cents, placements };
}

function onPlacement(account: Account, id: string, change: (p: Placement) => Placement): Account {
  const placements = account.patient.placements.map((p) => (p.id === id ? change(p) : p));
  return onPatient(account, { placements, status: statusAfter(placements, account.patient.status) });
}

function statusAfter(placements: readonly Placement[], otherwise: PatientTrack['status']): PatientTrack['status'] {
  switch (placements.at(-1)?.status) {
    case 'offered':
      return 'placing';
    case 'placed':
      return 'placed';
    case 'recallSent':
      return 'recalling';
    case 'returned':
      return 'recalled';
    case 'refused':
      return 'billing';
    case undefined:
      return otherwise;
  }
}

function carriedOut(account: Account, command: Command, event: Extract<AccountEvent, { kind: 'commandCarriedOut' }>): Account {
  const { patient } = account;
  switch (command.kind) {
    case 'sendStatement':
      return onPatient(account, {
        statements: [...patient.statements, event.on],
        status: patient.status === 'notDue' ? 'billing' : patient.status,
      });
    case 'offerPaymentPlan':
      return onPatient(account, { plan: offeredByLetter(patient.plan, command) });
    case 'placeWithVendor': {
      const offered: Placement = {
        id: String(command.params.placementId),
        vendor: String(command.params.vendor),
        tier: String(command.params.tier),
        status: 'offered',
        balanceCents: Number(command.params.balanceCents),
        offeredOn: event.on,
        placedOn: null,
        recallSentOn: null,
        returnedOn: null,
        paidCents: 0,
      };
      return onPatient(account, { placements: [...patient.placements, offered], status: 'placing' });
    }
    case 'recallFromVendor':
      return onPlacement(account, String(command.params.placementId), (p) =>
        p.status === 'returned' ? p : { ...p, status: 'recallSent', recallSentOn: event.on },
      );
    default:
      return account;
  }
}
