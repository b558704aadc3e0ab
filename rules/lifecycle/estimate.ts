import type { Account } from '../domain/account.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import type { Turn } from './turn.ts';

/** 45 CFR 149.620: from so much above the estimate on the bill may be disputed. */
const disputableCents = 40_000;

const patient: Subject = { kind: 'patient' };

/** What the patient was billed above the good-faith estimate, whatever was paid of it; null when none was given. Negative when below. */
export function aboveEstimateCents(account: Account): number | null {
  if (account.estimate === undefined) return null;
  const billed = account.lines.filter((line) => line.bucket === 'patient' && (line.kind === 'transfer' || line.kind === 'charge'));
  return billed.reduce((total, line) => total + line.cents, 0) - account.estimate.cents;
}

/** Why this bill cannot be disputed against its estimate; null when it can. A notice of the dispute by file is taken as it comes. */
export function disputeRefusalOf({ account, today }: Turn): string | null {
  const above = aboveEstimateCents(account);
  if (above === null) return 'no good-faith estimate is known for this account; say it first (recourse estimate)';
  if (above < disputableCents)
    return `the bill is ${dollars(cents(above))} above the estimate; a dispute needs ${dollars(cents(disputableCents))} (45 CFR 149.620)`;
  const window = account.deadlines.find(({ deadline }) => deadline.kind === 'estimateDispute')?.deadline;
  if (window === undefined || today <= window.legalOn) return null;
  return `the 120 days from the first bill ended on ${window.legalOn} (${window.policyId})`;
}

/** The patient's window opens with the first bill, where the bill is far enough above its estimate. */
export function keepEstimateWindow(turn: Turn): void {
  const { account } = turn;
  const [first] = account.patient.statements;
  const above = aboveEstimateCents(account);
  if (first === undefined || above === null || above < disputableCents) return;
  if (account.deadlines.some(({ deadline }) => deadline.kind === 'estimateDispute')) return;
  turn.setDeadline('estimateDispute', patient, null, { firstStatementOn: first });
}
