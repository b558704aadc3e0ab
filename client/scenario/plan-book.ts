import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import type { HoldBook } from '../../rules/domain/hold.ts';
import { type PaidFor, type PaymentRow, paidForInWords, type PlanRow } from '../../rules/domain/payment.ts';
import { makePlan, type MadePlan, planArrivals, wishOfOffer } from '../../rules/lifecycle/make-plan.ts';
import { type FoundPurpose, partsOfPayment } from '../../rules/lifecycle/receive.ts';
import { allocateReversal, type PaymentPart } from '../../rules/plans/allocate.ts';
import type { PlanPolicy } from '../../rules/plans/policy.ts';
import type { FeedRow } from './format-plan.ts';

interface Doors {
  readonly policyOn: (on: CivilDate) => PlanPolicy;
  readonly holds: () => HoldBook;
  readonly accounts: () => readonly Account[];
  /** Whose it is to pay; null for an account that the story does not know. */
  readonly guarantorOf: (accountNumber: string) => string | null;
  readonly deliver: (accountNumber: string, body: Arrival) => void;
}

/** What is in the database of payments and plans, for the pure world: which payment went where, which plan covers what. */
export class PlanBook {
  readonly #doors: Doors;
  readonly #payments = new Map<string, { readonly via: 'direct' | 'vendor'; readonly fileId: string; parts: readonly PaymentPart[] }>();
  readonly #reversals = new Set<string>();
  readonly #plans = new Map<string, { readonly accounts: readonly string[]; readonly made: MadePlan }>();

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  take(row: FeedRow, fileId: string): void {
    if ('plan' in row) return this.#plan(row.plan, fileId);
    const { payment } = row;
    if (payment.event === 'payment') {
      if (!this.#payments.has(payment.paymentId)) this.#pay(payment.paymentId, payment, fileId);
    } else this.#reverse(payment, fileId);
  }

  /** Of what another file brought to one account, payments: the bank may take them back. */
  heard(accountNumber: string, bodies: readonly Arrival[]): void {
    for (const body of bodies)
      if (body.kind === 'patientPaid' && !this.#payments.has(body.paymentId)) {
        const { paymentId, via, fileId, cents } = body;
        this.#payments.set(paymentId, { via, fileId, parts: [{ accountId: accountNumber, cents }] });
      }
  }

  #pay(
    paymentId: string,
    { to, via, on, cents }: Pick<PaymentRow & { event: 'payment' }, 'to' | 'via' | 'on' | 'cents'>,
    fileId: string,
    except: readonly string[] = [],
  ): void {
    const all = this.#sameGuarantor(to).filter(({ id }) => !except.includes(id));
    const parts = partsOfPayment(
      { cents, via, to: found(to) },
      all.map((account) => ({ account, pendingCents: 0 })),
      this.#doors.policyOn(on),
    );
    this.#payments.set(paymentId, { via, fileId, parts });
    for (const part of parts)
      this.#doors.deliver(part.accountId, { kind: 'patientPaid', paymentId, cents: part.cents, on, via, fileId, offset: 0 });
  }

  #reverse(row: PaymentRow & { event: 'returned' | 'moved' }, fileId: string): void {
    if (this.#reversals.has(row.reversalId)) return;
    this.#reversals.add(row.reversalId);
    const payment = this.#payments.get(row.of);
    if (payment === undefined) throw new Error(`the story knows no payment ${row.of}`);
    const { via } = payment;
    const taken = allocateReversal(row.cents, payment.parts);
    payment.parts = payment.parts.map((part) => ({
      ...part,
      cents: part.cents - (taken.find((t) => t.accountId === part.accountId)?.cents ?? 0),
    }));
    const { of: paymentId, reversalId, on, reason, event } = row;
    // What is on its way to another account is known to the one that it leaves.
    if (row.event === 'moved')
      this.#pay(reversalId, { ...row, via }, payment.fileId, row.to.kind === 'account' ? [] : taken.map((t) => t.accountId));
    for (const { accountId, cents } of taken)
      this.#doors.deliver(accountId, {
        kind: 'patientPaymentReversed',
        paymentId,
        reversalId,
        cents,
        on,
        as: event,
        reason,
        via,
        fileId,
        offset: 0,
      });
  }

  #plan(row: PlanRow, fileId: string): void {
    const known = this.#plans.get(row.planId);
    const numbers = known?.accounts ?? row.accounts;
    if (row.event === 'declined' || row.event === 'ended') {
      const { planId, event, on, by, offset } = row;
      for (const number of numbers) this.#doors.deliver(number, { kind: 'planCancelled', planId, as: event, on, by, fileId, offset });
      return;
    }
    const accounts = numbers.map((number) => this.#account(number));
    const policy = this.#doors.policyOn(row.on);
    const [first] = known?.made.instalments ?? [];
    const wish =
      known === undefined || first === undefined
        ? row
        : wishOfOffer({ instalmentCents: known.made.instalmentCents, firstDueOn: first.dueOn }, row);
    const made = makePlan(wish, accounts, { policy, holds: this.#doors.holds() });
    if (typeof made === 'string') throw new Error(`plan ${row.planId}: ${made}`);
    this.#plans.set(row.planId, { accounts: numbers, made });
    planArrivals(row, made, { fileId, policy }).forEach((body, n) => this.#doors.deliver(numbers[n] ?? '', body));
  }

  #account(number: string): Account {
    const account = this.#doors.accounts().find(({ id }) => id === number);
    if (account === undefined) throw new Error(`the story knows no account ${number}`);
    return account;
  }

  #sameGuarantor(to: PaidFor): readonly Account[] {
    const all = this.#doors.accounts();
    const named =
      to.kind === 'plan'
        ? all.find(({ patient }) => patient.plan.planId === to.planId)?.id
        : 'accountNumber' in to
          ? to.accountNumber
          : undefined;
    const guarantor = this.#doors.guarantorOf(named ?? '');
    if (guarantor === null) throw new Error(`the story knows no ${paidForInWords(to)}`);
    return all.filter(({ id }) => this.#doors.guarantorOf(id) === guarantor);
  }
}

function found(to: PaidFor): FoundPurpose {
  if (to.kind === 'plan') return to;
  return to.kind === 'account' ? { kind: 'account', accountId: to.accountNumber } : { kind: 'guarantor' };
}
