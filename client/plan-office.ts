import type { PrismaClient } from '../prisma/client.ts';
import { findAccountId, readAccountFile } from '../prisma/reads/account-file.ts';
import { readAccountNumbers, readReversals, readStoredPayments } from '../prisma/reads/payments.ts';
import { readPlan, readPromises } from '../prisma/reads/plans.ts';
import { readLiveRules, readRuleFiles } from '../prisma/reads/rule-versions.ts';
import { readClockShifts, readZone } from '../prisma/reads/shown.ts';
import type { Account } from '../rules/domain/account.ts';
import { type CivilDate, civilDateAt, instant } from '../rules/domain/civil-date.ts';
import { DomainError, invariant } from '../rules/domain/failures.ts';
import type { PaidFor, PaymentRow, PlanRow } from '../rules/domain/payment.ts';
import { payableOf } from '../rules/lifecycle/plan.ts';
import { type PlanPolicy, planPolicyBy, readPlanPolicies } from '../rules/plans/policy.ts';
import { keptRate, type PromiseCounts } from '../rules/plans/promise.ts';
import { payOffQuote } from '../rules/plans/quote.ts';
import { shippedFiles } from './knowledge.ts';
import { paymentFile, planFile } from './payment-file.ts';
import type { PaymentView, PlanView, PromiseReport, QuoteView } from './views/plan-shapes.ts';
import { planViewOf } from './views/plan-view.ts';
import type { TakenFile } from './views/work-shapes.ts';

/** Without a day, today; the same number again keeps the day it first had. */
type Dated<T> = Omit<T, 'on' | 'offset'> & { readonly on?: CivilDate | undefined };
export type PaymentToTake = Dated<PaymentRow & { readonly event: 'payment' }>;
export type ReversalToTake = Dated<PaymentRow & { readonly event: 'returned' }> | Dated<PaymentRow & { readonly event: 'moved' }>;
export type PlanToTake = Dated<PlanRow>;

/** What a person or another program gives of payments and plans. Each is taken in as a file of one row, with its bytes; twice is once. */
export interface PlanOffice {
  /** @throws DomainError with the fault of the row, such as `payment.number-reused` */
  take(row: PaymentToTake | ReversalToTake): Promise<PaymentView>;
  /** @throws DomainError `plan.refused` with the reason */
  plan(row: PlanToTake): Promise<PlanView>;
  /** Null when nothing came in under that number. */
  payment(paymentId: string): Promise<PaymentView | null>;
  /** By its number, or that of an account with a plan; null when there is none. */
  show(name: string): Promise<PlanView | null>;
  /** What ends the plan, or clears the account of that number, today; null when there is neither. */
  quote(name: string): Promise<QuoteView | null>;
  promises(asked: { readonly from: CivilDate; readonly to: CivilDate; readonly per: 'person' | 'month' }): Promise<PromiseReport>;
  today(accountNumber?: string): Promise<CivilDate>;
}

interface Parts {
  readonly prisma: PrismaClient;
  readonly takeIn: (file: { readonly name: string; readonly content: Buffer }) => Promise<TakenFile>;
  /** Waits, not for long, until the account has taken its turns. */
  readonly seenThrough: (accountId: string) => Promise<void>;
}

export function createPlanOffice({ prisma, takeIn, seenThrough }: Parts): PlanOffice {
  const today = async (accountNumber?: string): Promise<CivilDate> => {
    const id = accountNumber === undefined ? null : await findAccountId(prisma, accountNumber);
    const shift = id === null ? 0 : ((await readClockShifts(prisma, [id])).get(id) ?? 0);
    return civilDateAt(instant(new Date(Date.now() + shift).toISOString()), await readZone(prisma));
  };
  const taken = async ({ name, text }: { readonly name: string; readonly text: string }): Promise<void> => {
    const { outcome, fault, summary } = await takeIn({ name, content: Buffer.from(text) });
    if (outcome === 'stored' || outcome === 'alreadyRead') return;
    throw new DomainError(fault?.code ?? 'file.refused', fault?.message ?? summary);
  };
  return {
    today,
    take: async (row) => {
      const on = row.on ?? (await firstDay(prisma, row)) ?? (await today('to' in row ? accountIn(row.to) : undefined));
      await taken(paymentFile({ ...row, on, offset: 0 }));
      const paymentId = row.event === 'payment' ? row.paymentId : row.of;
      const view = await paymentViewOf(prisma, paymentId, seenThrough);
      invariant(view !== null, 'a payment that was taken in is stored');
      return view;
    },
    plan: async (row) => {
      const on = row.on ?? (await today(row.accounts[0] ?? (await readPlan(prisma, row.planId))?.accounts[0]?.accountNumber));
      await taken(planFile({ ...row, on, offset: 0 }));
      for (const { accountId } of (await readPlan(prisma, row.planId))?.accounts ?? []) await seenThrough(accountId);
      const view = await shown(prisma, row.planId, today);
      invariant(view !== null, 'a plan that was taken in is stored');
      return view;
    },
    payment: (paymentId) => paymentViewOf(prisma, paymentId, () => Promise.resolve()),
    show: (name) => shown(prisma, name, today),
    quote: async (name) => {
      const accounts = await accountsOf(prisma, name);
      const [first] = accounts;
      if (first === undefined) return null;
      const on = await today(first.accountNumber);
      const quote = payOffQuote(
        accounts.flatMap(({ account }) => payableOf(account) ?? []),
        on,
        await policyOn(prisma, on),
      );
      const numbers = new Map(accounts.map(({ account, accountNumber }) => [account.id, accountNumber]));
      return { ...quote, accounts: quote.accounts.map(({ accountId, cents }) => ({ accountNumber: numbers.get(accountId) ?? '', cents })) };
    },
    promises: async (asked) => {
      const rows = await readPromises(prisma, asked);
      const total = rows.reduce(sumOf, { made: 0, open: 0, kept: 0, partlyKept: 0, broken: 0, promisedCents: 0, paidCents: 0 });
      const { from, to } = asked;
      return { from, to, total: rated(total), rows: rows.map((row) => ({ of: row.of, ...rated(row) })) };
    },
  };
}

function accountIn(to: PaidFor): string | undefined {
  return 'accountNumber' in to ? to.accountNumber : undefined;
}

async function firstDay(prisma: PrismaClient, row: PaymentToTake | ReversalToTake): Promise<CivilDate | undefined> {
  if (row.event === 'payment') return (await readStoredPayments(prisma, [row.paymentId])).get(row.paymentId)?.paidOn;
  return (await readReversals(prisma, { reversalIds: [row.reversalId] }))[0]?.on;
}

async function policyOn(prisma: PrismaClient, on: CivilDate): Promise<PlanPolicy> {
  const live = await readLiveRules(prisma);
  const published = live === null ? undefined : (await readRuleFiles(prisma, live.hash)).plans;
  return planPolicyBy(readPlanPolicies(published ?? shippedFiles().plans ?? ''))(on);
}

async function paymentViewOf(
  prisma: PrismaClient,
  paymentId: string,
  seen: (accountId: string) => Promise<void>,
): Promise<PaymentView | null> {
  const payment = (await readStoredPayments(prisma, [paymentId])).get(paymentId);
  if (payment === undefined) return null;
  const { parts, cents, fileId, offset, paidOn, via, paidFor } = payment;
  for (const { accountId } of parts) await seen(accountId);
  const numbers = await readAccountNumbers(
    prisma,
    parts.map(({ accountId }) => accountId),
  );
  const reversals = await readReversals(prisma, { paymentIds: [paymentId] });
  return {
    paymentId,
    amountCents: cents,
    paidOn,
    via,
    paidFor,
    status: parts.length === 0 ? 'unmatched' : 'posted',
    parts: parts.map((part) => ({ accountNumber: numbers.get(part.accountId) ?? '', amountCents: part.cents })),
    reversals: reversals.map(({ reversalId, kind, cents: amountCents, on, reason, paidFor: to, isApplied }) => {
      return { reversalId, kind, amountCents, on, reason, paidFor: to, isApplied };
    }),
    source: { fileId, offset },
  };
}

interface NumberedAccount {
  readonly accountNumber: string;
  readonly shareCents: number;
  readonly account: Account;
}

async function accountsOf(prisma: PrismaClient, name: string): Promise<readonly NumberedAccount[]> {
  const plan =
    (await readPlan(prisma, name)) ?? (await readPlan(prisma, (await accountNamed(prisma, name))?.account.patient.plan.planId ?? ''));
  if (plan !== null) return plan.accounts;
  const own = await accountNamed(prisma, name);
  return own === null ? [] : [own];
}

async function accountNamed(prisma: PrismaClient, name: string): Promise<NumberedAccount | null> {
  const id = await findAccountId(prisma, name);
  const file = id === null ? null : await readAccountFile(prisma, id);
  if (file === null) return null;
  const { account, summary } = file;
  const shareCents = (account.patient.plan.instalments ?? []).reduce((total, { cents }) => total + cents, 0);
  return { accountNumber: summary.accountNumber, shareCents, account };
}

async function shown(prisma: PrismaClient, name: string, today: PlanOffice['today']): Promise<PlanView | null> {
  const own = await accountNamed(prisma, name);
  const plan = (await readPlan(prisma, name)) ?? (await readPlan(prisma, own?.account.patient.plan.planId ?? ''));
  if (plan !== null) {
    const { accounts, ...about } = plan;
    return planViewOf(about, accounts, await today(accounts[0]?.accountNumber));
  }
  if (own === null || own.account.patient.plan.status === 'none') return null;
  const { planId = '', status, instalmentCents, instalments = [], since, endedOn } = own.account.patient.plan;
  const about = { planId, status, instalmentCents, totalCents: own.shareCents, by: null, policyId: null, statusOn: endedOn ?? since };
  const dates = { firstDueOn: instalments[0]?.dueOn ?? null, lastDueOn: instalments.at(-1)?.dueOn ?? null };
  return planViewOf({ ...about, ...dates }, [own], await today(own.accountNumber));
}

function sumOf(total: PromiseCounts, row: PromiseCounts): PromiseCounts {
  return {
    made: total.made + row.made,
    open: total.open + row.open,
    kept: total.kept + row.kept,
    partlyKept: total.partlyKept + row.partlyKept,
    broken: total.broken + row.broken,
    promisedCents: total.promisedCents + row.promisedCents,
    paidCents: total.paidCents + row.paidCents,
  };
}

function rated({ made, open, kept, partlyKept, broken, promisedCents, paidCents }: PromiseCounts) {
  const counts = { made, open, kept, partlyKept, broken, promisedCents, paidCents };
  return { ...counts, keptRate: keptRate(counts) };
}
