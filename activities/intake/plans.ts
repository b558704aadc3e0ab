import { readAccountIds } from '../../prisma/reads/matching.ts';
import { type FamilyAccount, readFamily } from '../../prisma/reads/payments.ts';
import { readPlan, type StoredPlan } from '../../prisma/reads/plans.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { markPlan, writePlan } from '../../prisma/writes/plans.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import type { PlanRow } from '../../rules/domain/payment.ts';
import { makePlan, type MadePlan, planArrivals, wishOfOffer } from '../../rules/lifecycle/make-plan.ts';
import { arrivalFrom, type Counts, type Intake } from './context.ts';
import { IntakeFault } from './fault.ts';
import { shippedHolds } from '../may-still-go.ts';
import { planPolicyNow } from './plan-policy.ts';

/** What each plan hears after which it is what; the same again changes nothing. */
const mayFollow: Readonly<Record<PlanRow['event'], readonly (string | null)[]>> = {
  offered: [null],
  agreed: [null, 'offered'],
  declined: ['offered'],
  ended: ['offered', 'agreed'],
};

/** All accounts of a plan hear of it in one transaction, or the file is refused with the reason. */
export async function storePlans(intake: Intake, rows: readonly PlanRow[]): Promise<Counts> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const what = await storePlan(intake, row);
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

async function storePlan(intake: Intake, row: PlanRow): Promise<string> {
  const { planId, event, on, by } = row;
  const known = await readPlan(intake.tx, planId);
  if (known?.status === event && isTheSame(known, row)) return 'plans already recorded';
  if (!mayFollow[event].includes(known?.status ?? null))
    throw refused(row, known === null ? `there is no plan ${planId}` : `plan ${planId} is ${known.status}: it cannot become ${event}`);
  if (known !== null && (event === 'declined' || event === 'ended')) {
    const body = { kind: 'planCancelled', planId, as: event, on, by, fileId: intake.fileId, offset: row.offset } as const;
    await tell(
      intake,
      row,
      known.accounts.map(({ accountId }) => ({ accountId, body })),
    );
    await markPlan(intake.tx, planId, { status: event, by, on });
    return `plans ${event}`;
  }
  await make(intake, row, known);
  return `plans ${event}`;
}

async function make(intake: Intake, row: PlanRow, known: StoredPlan | null): Promise<void> {
  const { planId, event, on, by, offset } = row;
  const accounts = await accountsOf(intake, row, known);
  const policy = await planPolicyNow(intake.tx, on);
  const made = makePlan(
    known === null ? row : wishOfOffer(known, row),
    accounts.map(({ account }) => account),
    { policy, holds: shippedHolds() },
  );
  if (typeof made === 'string') throw refused(row, made);
  const { totalCents, instalmentCents, instalments } = made;
  const dates = { firstDueOn: instalments[0]?.dueOn ?? on, lastDueOn: instalments.at(-1)?.dueOn ?? on, statusOn: on };
  const { fileId } = intake;
  await writePlan(
    intake.tx,
    { planId, status: event, by, policyId: policy.id, totalCents, instalmentCents, ...dates, fileId, offset },
    sharesOf(made, accounts),
  );
  const bodies = planArrivals(row, made, { fileId, policy });
  await tell(
    intake,
    row,
    accounts.flatMap(({ account }, n) => withBody(account.id, bodies[n])),
  );
}

/** Those that it names, or that were offered it; all of one guarantor. */
async function accountsOf({ tx }: Intake, row: PlanRow, known: StoredPlan | null): Promise<readonly FamilyAccount[]> {
  const numbers = known === null ? row.accounts : known.accounts.map(({ accountNumber }) => accountNumber);
  if (numbers.length === 0) throw refused(row, 'column accounts must name at least one account');
  const ids = await readAccountIds(tx, numbers);
  const missing = numbers.find((number) => !ids.has(number));
  if (missing !== undefined) throw refused(row, `there is no account ${missing}`);
  const family = await readFamily(tx, [...ids.values()]);
  const accounts = numbers.flatMap((number) => family.find(({ accountNumber }) => accountNumber === number) ?? []);
  const guarantors = new Set(accounts.map(({ guarantorId, accountNumber }) => guarantorId ?? accountNumber));
  if (guarantors.size > 1) throw refused(row, 'the accounts do not belong to one guarantor: make a plan for each');
  return accounts;
}

function sharesOf({ shares }: MadePlan, accounts: readonly FamilyAccount[]) {
  return accounts.map(({ account }, n) => ({
    accountId: account.id,
    shareCents: (shares[n] ?? []).reduce((total, one) => total + one.cents, 0),
  }));
}

async function tell(
  intake: Intake,
  { planId, event, offset }: PlanRow,
  told: readonly { readonly accountId: string; readonly body: Arrival }[],
): Promise<void> {
  await appendArrivals(
    intake.tx,
    told.map(({ accountId, body }) => ({
      ...arrivalFrom(intake, accountId, body, { offset }),
      dedupeKey: `plan:${planId}:${event}:${accountId}`,
    })),
  );
}

function withBody(accountId: string, body: Arrival | undefined): readonly { readonly accountId: string; readonly body: Arrival }[] {
  return body === undefined ? [] : [{ accountId, body }];
}

/** The same number for other accounts or another amount is not the same plan. */
function isTheSame(known: StoredPlan, { accounts, instalmentCents }: PlanRow): boolean {
  const numbers = known.accounts.map(({ accountNumber }) => accountNumber).join(' ');
  return (accounts.length === 0 || accounts.join(' ') === numbers) && (instalmentCents ?? known.instalmentCents) === known.instalmentCents;
}

function refused({ offset }: PlanRow, reason: string): IntakeFault {
  return new IntakeFault('plan.refused', reason, offset);
}
