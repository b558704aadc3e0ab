import { addDays, addMonths, type CivilDate, civilDateAt, type Instant } from '../../../rules/domain/civil-date.ts';
import { allocate, amountText, type Cents, cents, zeroCents } from '../../../rules/domain/money.ts';
import type { Delivery } from '../peer.ts';
import { chanceOf } from './chance.ts';
import { safeName } from './check-runs.ts';
import { feedText } from './feed.ts';
import { type PatientMail, readPatientMail } from './letters.ts';
import { hourOn } from './moments.ts';
import type { World } from './payer.ts';
import type { LetterTruth, PatientPaymentTruth } from './truth.ts';

type Habit = 'full' | 'parts' | 'plan' | 'never';

/** The patients, who pay through the portal or do not. Who is who depends on the account alone. */
export class Patients {
  readonly #world: World;
  readonly #heard = new Set<string>();
  readonly #payments: PatientPaymentTruth[] = [];
  readonly #letters: LetterTruth[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Null when it is no mail for a patient. The same statement twice is paid once; nobody pays again before the last payment arrived. */
  receive(content: string, name: string, at: Instant): readonly Delivery[] | null {
    const mails = readPatientMail(name, content);
    if (mails === null) return null;
    if (this.#heard.has(name)) return [];
    this.#heard.add(name);
    return mails.flatMap((mail) => this.#take(mail, name, at));
  }

  #take(mail: PatientMail, name: string, at: Instant): readonly Delivery[] {
    const payDays = this.#chance(mail.account, `pay days ${mail.kind} ${mail.number}`).between(this.#world.manners.patients.payDays);
    const on = addDays(civilDateAt(at, this.#world.zone), payDays);
    if (mail.kind === 'planOffer') return this.#onPlan(mail, { name, on }, at);
    const isPaying = this.#payments.some(
      ({ accountNumber, paidOn }) => accountNumber === mail.account && paidOn >= civilDateAt(at, this.#world.zone),
    );
    const amount = isPaying ? zeroCents : amountOf(this.habitOf(mail.account), mail);
    return amount <= 0 ? [] : [this.#pay(mail.account, { id: `S${mail.number}`, amount, on }, at)];
  }

  habitOf(account: string): Habit {
    return this.#chance(account, 'habit').pick(this.#world.manners.patients.pays);
  }

  truth(): { readonly payments: readonly PatientPaymentTruth[]; readonly letters: readonly LetterTruth[] } {
    return { payments: [...this.#payments], letters: [...this.#letters] };
  }

  #onPlan(
    { account, amount, number }: PatientMail,
    { name, on }: { readonly name: string; readonly on: CivilDate },
    at: Instant,
  ): readonly Delivery[] {
    const isAccepted = this.habitOf(account) === 'plan';
    const answer = isAccepted ? 'accepted' : 'declined';
    this.#letters.push({ file: name, to: 'patient', account, kind: 'planOffer', level: 1, answer, answeredOn: on });
    if (!isAccepted) return [];
    const months = Array.from({ length: number }, (_, i) => i + 1);
    return months.map((month) => this.#pay(account, { id: `P${month}`, amount, on: addMonths(on, month) }, at));
  }

  #pay(
    account: string,
    { id, amount, on }: { readonly id: string; readonly amount: Cents; readonly on: CivilDate },
    at: Instant,
  ): Delivery {
    const paymentId = `${account}-${id}-${on.replaceAll('-', '')}`;
    this.#payments.push({ paymentId, accountNumber: account, cents: amount, paidOn: on });
    const columns = ['payment_id', 'account_number', 'amount', 'paid_on', 'via'];
    const content = feedText(columns, [[paymentId, account, amountText(amount), on, 'portal']]);
    return { at: hourOn(on, 19, { at, zone: this.#world.zone }), name: `portal-${safeName(paymentId)}.csv`, content };
  }

  #chance(account: string, decision: string) {
    return chanceOf(this.#world.seed, 'patient', account, decision);
  }
}

/** Who pays in parts pays a third of each statement, and the rest once it is below twenty dollars; who waits for a plan pays nothing without one. */
function amountOf(habit: Habit, { amount }: PatientMail): Cents {
  if (amount <= 0 || habit === 'never' || habit === 'plan') return zeroCents;
  if (habit === 'full' || amount < 2000) return amount;
  return cents(allocate(amount, [1, 2])[0] ?? amount);
}
