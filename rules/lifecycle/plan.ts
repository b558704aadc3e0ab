import type { Account, PatientTrack } from '../domain/account.ts';
import { addMonths, type CivilDate } from '../domain/civil-date.ts';

/** A plan is in default when two instalments are due and unpaid (a policy default, DOMAIN §7.1). */
const missedInstalmentsAtDefault = 2;

/** Where the payment plan stands on that day, from what was agreed and what was paid since. */
export function planStatus(account: Account, on: CivilDate): PatientTrack['plan']['status'] {
  const { plan } = account.patient;
  if (plan.status !== 'active' || plan.since === null) return plan.status;
  const since = plan.since;
  const paidSince = account.lines
    .filter((line) => line.kind === 'patientPayment' && line.on >= since)
    .reduce((total, line) => total - line.cents, 0);
  const missed = instalmentsDue(since, on) - Math.floor(paidSince / plan.instalmentCents);
  return missed >= missedInstalmentsAtDefault ? 'defaulted' : 'active';
}

/** The first instalment is due a month after the plan was accepted. */
function instalmentsDue(since: CivilDate, on: CivilDate): number {
  let due = 0;
  while (addMonths(since, due + 1) <= on) due += 1;
  return due;
}
