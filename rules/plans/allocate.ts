import type { CivilDate } from '../domain/civil-date.ts';
import { allocate, cents } from '../domain/money.ts';
import type { Instalment } from '../domain/plan.ts';
import type { PlanPolicy } from './policy.ts';

/** One account of a guarantor, as a payment for all of them sees it. */
export interface PayableAccount {
  readonly accountId: string;
  readonly servicedThrough: CivilDate;
  /** Of the patient; what is zero or less gets nothing while another owes something. */
  readonly balanceCents: number;
  readonly isWithVendor: boolean;
  /** Of a running plan, what is still to be paid on it; empty without one. */
  readonly unpaid: readonly Instalment[];
}

export interface PaymentPart {
  readonly accountId: string;
  readonly cents: number;
}

/**
 * Spreads a payment over accounts, to the cent: first the instalments of their plans, the earliest due first and those of one day by their
 * size; then the rest of the balances in the policy's order. What is more than all of them owe stays on the last account that got something, as
 * a credit of the patient; where none owes anything, on the one serviced last. Parts are above zero, one for an account, and sum to the payment.
 * @returns no parts when there is no account
 */
export function allocatePayment(
  amount: number,
  accounts: readonly PayableAccount[],
  { order, vendorsLast }: PlanPolicy['allocation'],
): readonly PaymentPart[] {
  const byAge = accounts.toSorted((a, b) => compare(a.servicedThrough, b.servicedThrough) || compare(a.accountId, b.accountId));
  const spread = new Spread(amount, byAge);
  const inPlans = byAge.flatMap(({ accountId, unpaid }) => unpaid.map((one) => ({ accountId, ...one })));
  for (const dueOn of [...new Set(inPlans.map((one) => one.dueOn))].sort(compare))
    spread.byWeight(inPlans.filter((one) => one.dueOn === dueOn));
  const later = (account: PayableAccount) => vendorsLast && account.isWithVendor;
  for (const group of [byAge.filter((a) => !later(a)), byAge.filter(later)]) {
    const owed = group.map(({ accountId }) => ({ accountId, cents: spread.left(accountId) }));
    if (order === 'proportional') spread.byWeight(owed);
    else for (const one of owed) spread.byWeight([one]);
  }
  return spread.parts();
}

/** Takes a reversal back from where the payment went, by what each part has left. @throws DomainError `money.no-weights` when nothing is left */
export function allocateReversal(amount: number, parts: readonly PaymentPart[]): readonly PaymentPart[] {
  return allocate(
    cents(amount),
    parts.map((part) => part.cents),
  ).flatMap((part, n) => (part === 0 ? [] : [{ accountId: parts[n]?.accountId ?? '', cents: part }]));
}

class Spread {
  #rest: number;
  readonly #accounts: readonly PayableAccount[];
  readonly #given = new Map<string, number>();

  constructor(amount: number, accounts: readonly PayableAccount[]) {
    this.#rest = amount;
    this.#accounts = accounts;
  }

  left(accountId: string): number {
    const balance = this.#accounts.find((account) => account.accountId === accountId)?.balanceCents ?? 0;
    return Math.max(0, balance - (this.#given.get(accountId) ?? 0));
  }

  /** To all of them in full where the rest suffices, else by their size; never more than an account owes. */
  byWeight(wanted: readonly PaymentPart[]): void {
    const bounded = wanted.map((one) => ({ ...one, cents: Math.min(one.cents, this.left(one.accountId)) }));
    const total = bounded.reduce((sum, one) => sum + one.cents, 0);
    const amount = Math.min(total, this.#rest);
    if (amount <= 0) return;
    const weights = bounded.map((one) => one.cents);
    allocate(cents(amount), weights).forEach((part, n) => this.#give(bounded[n]?.accountId ?? '', part));
  }

  #give(accountId: string, part: number): void {
    this.#given.set(accountId, (this.#given.get(accountId) ?? 0) + part);
    this.#rest -= part;
  }

  parts(): readonly PaymentPart[] {
    const last = [...this.#given].findLast(([, given]) => given > 0)?.[0] ?? this.#accounts.at(-1)?.accountId;
    if (this.#rest > 0 && last !== undefined) this.#give(last, this.#rest);
    return [...this.#given].flatMap(([accountId, given]) => (given > 0 ? [{ accountId, cents: given }] : []));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
