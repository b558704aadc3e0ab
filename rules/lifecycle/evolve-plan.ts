import type { Account, PatientTrack } from '../domain/account.ts';
import type { AccountEvent, Command } from '../domain/event.ts';
import type { PlanOfAccount, PromiseToPay } from '../domain/plan.ts';

/** The payment plan of the account, what the patient promised, and payments that came back. */
export function evolvePlan(account: Account, event: AccountEvent): Account {
  const { patient } = account;
  const { plan } = patient;
  switch (event.kind) {
    case 'planOffered': {
      const { planId, instalments, accounts } = event;
      const [first] = instalments;
      const offers = (plan.offers ?? 0) + 1;
      return onPatient(account, {
        plan: { status: 'offered', instalmentCents: first?.cents ?? 0, since: null, planId, instalments, accounts, offers },
      });
    }
    case 'planAgreed': {
      const { planId, instalments, accounts, terms, on: since } = event;
      const offers = plan.planId === planId ? (plan.offers ?? 1) : (plan.offers ?? 0) + 1;
      const instalmentCents = instalments[0]?.cents ?? 0;
      return onPatient(account, {
        plan: { status: 'active', instalmentCents, since, planId, instalments, terms, accounts, offers },
        status: 'plan',
      });
    }
    case 'planAccepted':
      return onPatient(account, { plan: accepted(plan, event), status: 'plan' });
    case 'planCancelled':
      return plan.planId === event.planId ? ended(account, event.as, event.on) : account;
    case 'planEnded':
      return ended(account, event.status, event.on);
    case 'planCured':
      return onPatient(account, { plan: { ...running(plan), cures: (plan.cures ?? 0) + 1 }, status: 'plan' });
    case 'planResumed':
      return onPatient(account, { plan: running(plan), status: 'plan' });
    case 'patientPaymentReversed':
      return onPatient(account, reversed(patient, event));
    case 'promiseMade': {
      const { promiseId: id, cents, dueOn, on: madeOn, by } = event;
      const made: PromiseToPay = { id, cents, madeOn, dueOn, by, status: 'open', paidCents: 0, settledOn: null };
      return onPatient(account, { promises: [...(patient.promises ?? []), made] });
    }
    case 'promiseSettled': {
      const { promiseId, status, paidCents, on: settledOn } = event;
      const promises = (patient.promises ?? []).map((p) => (p.id === promiseId ? { ...p, status, paidCents, settledOn } : p));
      return onPatient(account, { promises });
    }
    default:
      return account;
  }
}

/** An offer by letter. One that covers several accounts was noted when it was made. */
export function offeredByLetter(plan: PlanOfAccount, { params }: Command): PlanOfAccount {
  if (typeof params.planId === 'string') return plan;
  return { status: 'offered', instalmentCents: plan.instalmentCents, since: null, offers: (plan.offers ?? 0) + 1 };
}

function accepted(plan: PlanOfAccount, event: Extract<AccountEvent, { kind: 'planAccepted' }>): PlanOfAccount {
  const { instalmentCents, on: since, planId, instalments, terms } = event;
  return {
    status: 'active',
    instalmentCents,
    since,
    ...(planId === undefined ? {} : { planId }),
    ...(instalments === undefined ? {} : { instalments }),
    ...(terms === undefined ? {} : { terms }),
    ...(plan.offers === undefined ? {} : { offers: plan.offers }),
  };
}

function ended(account: Account, status: PlanOfAccount['status'], endedOn: Extract<AccountEvent, { kind: 'planEnded' }>['on']): Account {
  const { plan, status: was } = account.patient;
  return onPatient(account, { plan: { ...plan, status, endedOn }, status: was === 'plan' ? 'billing' : was });
}

function running({ endedOn: _ended, ...plan }: PlanOfAccount): PlanOfAccount {
  return { ...plan, status: 'active' };
}

/** What the vendor collected is less by it too. */
function reversed(patient: PatientTrack, { cents, via }: Extract<AccountEvent, { kind: 'patientPaymentReversed' }>): Partial<PatientTrack> {
  const paidCents = patient.paidCents - cents;
  if (via !== 'vendor') return { paidCents };
  const last = patient.placements.length - 1;
  return { paidCents, placements: patient.placements.map((p, n) => (n === last ? { ...p, paidCents: p.paidCents - cents } : p)) };
}

function onPatient(account: Account, change: Partial<PatientTrack>): Account {
  return { ...account, patient: { ...account.patient, ...change } };
}
