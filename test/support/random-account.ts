import { inOrder } from '../../client/scenario/event-order.ts';
import type { Account } from '../../rules/domain/account.ts';
import { addDays, type CivilDate, civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { PayerClass } from '../../rules/domain/deadline.ts';
import type { AccountEvent, Arrival, PostedAdjustment } from '../../rules/domain/event.ts';
import { advanceAccount } from '../../rules/lifecycle/advance.ts';
import type { Advanced, Knowledge } from '../../rules/lifecycle/contract.ts';
import { emptyAccount } from '../../rules/lifecycle/evolve.ts';
import { anyDecision } from './random-decision.ts';
import { randomForm } from './random-form.ts';
import { randomInstruction } from './random-instruction.ts';
import { RandomNumbers } from './random-numbers.ts';
import { randomPaymentOrPlan } from './random-plan.ts';
import { randomVendorWord } from './random-vendor.ts';

const zone = 'America/New_York';

const payers: readonly (readonly [id: string, payerClass: PayerClass])[] = [
  ['UHC01', 'commercial'],
  ['AETNA1', 'commercial'],
  ['CIGNA1', 'commercial'],
  ['NEWCO', 'commercial'],
  ['MCARE', 'medicare'],
  ['ADVAN', 'medicareAdvantage'],
  ['CAID', 'medicaid'],
  ['BCBS01', 'blue'],
  ['TRIC', 'tricare'],
];

const denials = [
  'CO-50 N115',
  'CO-197',
  'CO-29',
  'CO-16 MA130',
  'CO-16 N290',
  'CO-4',
  'OA-18',
  'PI-45',
  'PR-50',
  'CO-50 N211',
  'CO-242 N877',
  'OA-133',
  'PR-204',
  'CO-22',
  'CO-252 M127',
];

/** What one turn was given and gave. */
export interface TakenTurn {
  readonly before: Account;
  readonly arrivals: readonly AccountEvent[];
  readonly advanced: Advanced;
  readonly today: CivilDate;
}

/** An account to which anything happens in any order: what a payer, a person, a channel or the calendar may do, sensible or not. */
export class RandomAccount {
  account: Account = emptyAccount('a');
  readonly history: AccountEvent[] = [];
  /** The turn of each. */
  readonly #seqs: number[] = [];
  readonly #given: Knowledge;
  readonly #rules: 'given' | 'any';
  readonly #knowledge: Knowledge;
  readonly #numbers: RandomNumbers;
  #today: CivilDate = civilDate('2026-03-02');
  #count = 0;
  #wakeOn: CivilDate | null = null;

  /** The same life up to now; from here on it goes its own way. */
  fork(seed: number): RandomAccount {
    const copy = new RandomAccount(this.#given, seed, this.#rules);
    copy.account = this.account;
    copy.history.push(...this.history);
    copy.#seqs.push(...this.#seqs);
    copy.#today = this.#today;
    copy.#count = this.#count;
    copy.#wakeOn = this.#wakeOn;
    return copy;
  }

  /** Under the rules that `knowledge` has, or under such as answer anything at all. */
  constructor(knowledge: Knowledge, seed: number, rules: 'given' | 'any' = 'given') {
    this.#given = knowledge;
    this.#rules = rules;
    this.#numbers = new RandomNumbers(seed);
    this.#knowledge = rules === 'given' ? knowledge : { ...knowledge, decide: (facts, asOf) => anyDecision(facts, asOf, this.#numbers) };
  }

  open(): TakenTurn {
    const coverages = [1, 2].slice(0, 1 + this.#numbers.next(2)).map((n) => {
      const [payerId, payerClass] = this.#numbers.pick(payers);
      return { sequence: n === 1 ? 1 : 2, payerId, payerClass } as const;
    });
    const day = this.#today;
    const when = { zone, servicedFrom: day, servicedThrough: day, fileId: 'f', offset: 0 };
    const claimType = this.#numbers.pick(['professional', 'institutional'] as const);
    const state = this.#numbers.pick(['OH', 'TX', 'CA']);
    return this.#turn([
      {
        kind: 'accountOpened',
        accountNumber: 'A1',
        state,
        claimType,
        chargeCents: 90_000,
        coverages,
        authorizationOnFile: this.#heads(),
        ...when,
      },
      { kind: 'submissionSent', submissionKey: 'A1', sequence: 1, frequency: '1', sentOn: day, fileId: 'f' },
    ]);
  }

  step(): TakenTurn {
    this.#pass();
    const isOut = this.account.patient.placements.length > 0;
    const said = isOut && this.#numbers.next(4) === 0 ? this.#vendorWord() : null;
    if (said !== null) return this.#turn(said);
    const draw = this.#numbers.next(100);
    // Work goes on more often than the world interrupts it: else nothing would ever be filed.
    const isIssued = this.account.commands.some((c) => c.status === 'issued');
    if (isIssued && this.#numbers.next(3) > 0) return this.#carryOut();
    if (draw < 16) return this.#turn([this.#remittance()]);
    if (draw < 20) return this.#reversalAndCorrection();
    if (draw < 30) return this.#turn([this.#acknowledgement()]);
    if (draw < 34) return this.#turn([this.#request()]);
    if (draw < 37) return this.#turn([this.#statusAnswer()]);
    if (draw < 40) return this.#turn([this.#hold()]);
    if (draw < 43)
      return this.#turn([
        randomPaymentOrPlan(
          { account: this.account, today: this.#today, policy: this.#given.planPolicy(this.#today), number: this.#next() },
          this.#numbers,
        ),
      ]);
    if (draw < 45) return this.#turn([{ kind: 'rulesChanged', cause: 'publication 2', asksAgain: false, on: this.#today }]);
    if (draw < 51) return this.#turn([], [{ formId: `form${this.#next()}`, instruction: randomInstruction(this.account, this.#numbers) }]);
    return this.#complete();
  }

  #vendorWord(): readonly Arrival[] | null {
    return randomVendorWord(this.account, this.#numbers, { today: this.#today, number: this.#next() });
  }

  #heads(): boolean {
    return this.#numbers.next(2) === 0;
  }

  #next(): number {
    return (this.#count += 1);
  }

  /** To the next date on which the account wakes, or some days on; sometimes not at all. */
  #pass(): void {
    const draw = this.#numbers.next(4);
    if (draw === 0 && this.#wakeOn !== null && this.#wakeOn > this.#today) this.#today = this.#wakeOn;
    else if (draw > 1) this.#today = addDays(this.#today, this.#numbers.pick([1, 1, 3, 14, 40, 130]));
  }

  #sequence(): 1 | 2 {
    return this.account.claims.length > 1 && this.#numbers.next(4) === 0 ? 2 : 1;
  }

  #key(sequence: 1 | 2): string {
    const keys = this.account.claims.find((c) => c.sequence === sequence)?.submissions.map((s) => s.key) ?? [];
    return keys.length === 0 ? 'A1' : this.#numbers.pick(keys);
  }

  #remittance(): Arrival {
    const sequence = this.#sequence();
    const adjustments: PostedAdjustment[] = [];
    for (const lineNumber of this.#numbers.pick([[null], [1], [1, 2], [1, 2, 3], []])) {
      const cents = lineNumber === null ? 90_000 : 30_000;
      const [code = '', ...rarcs] = (this.#numbers.next(3) === 0 ? 'CO-45' : this.#numbers.pick(denials)).split(' ');
      const [group, carc = ''] = code.split('-');
      const known = group === 'CO' || group === 'OA' || group === 'PI' || group === 'PR' ? group : 'CO';
      adjustments.push({ lineNumber, group: known, carc, rarcs, cents, offset: 1 });
    }
    const paidCents = 90_000 - adjustments.reduce((total, a) => total + a.cents, 0);
    return {
      kind: 'remittancePosted',
      remittanceClaimId: `r${this.#next()}`,
      fileId: 'f',
      offset: 0,
      submissionKey: this.#key(sequence),
      sequence,
      status: this.#numbers.pick(['1', '1', '1', '4', '19']),
      payerClaimNumber: this.#numbers.pick(['P1', 'P2']),
      chargeCents: 90_000,
      paidCents,
      adjustments,
      remittanceOn: this.#today,
      crossover: this.#numbers.next(6) === 0,
    };
  }

  /** Of what was posted last, or of what never was; both in one file, or the correction missing. */
  #reversalAndCorrection(): TakenTurn {
    const last = this.account.claims[0]?.remittances.findLast((r) => r.status !== '22' && !r.reversed);
    if (last === undefined) return this.#turn([{ ...this.#remittanceOf1(), status: '22' }]);
    const { reversed: _reversed, ...posted } = last;
    const adjustments = posted.adjustments.map((a) => ({ ...a, cents: -a.cents }));
    const negated = { chargeCents: -posted.chargeCents, paidCents: -posted.paidCents, adjustments, remittanceOn: this.#today };
    const reversal: Arrival = { ...posted, ...negated, kind: 'remittancePosted', status: '22', remittanceClaimId: `r${this.#next()}` };
    return this.#turn(this.#heads() ? [reversal, this.#remittance()] : [reversal]);
  }

  #remittanceOf1(): Extract<Arrival, { kind: 'remittancePosted' }> {
    const made = this.#remittance();
    if (made.kind !== 'remittancePosted') throw new Error('a remittance is a remittance');
    return made;
  }

  #acknowledgement(): Arrival {
    const verdict = this.#numbers.pick(['accepted', 'accepted', 'received', 'rejected', 'notFound', 'split'] as const);
    const level = this.#numbers.pick(['claim', 'claim', 'claim', 'functional', 'interchange'] as const);
    const by = this.#numbers.pick(['payer', 'clearinghouse'] as const);
    const about = { category: 'A2', status: '20', on: this.#today, payerClaimNumber: this.#heads() ? 'P1' : null, fileId: 'f', offset: 3 };
    return { kind: 'submissionAcknowledged', submissionKey: this.#key(this.#sequence()), level, by, verdict, ...about };
  }

  #request(): Arrival {
    const dueOn = this.#heads() ? addDays(this.#today, 30) : null;
    const where = { on: this.#today, payerClaimNumber: null, fileId: 'f', offset: 0 };
    return { kind: 'documentsRequested', submissionKey: this.#key(1), attachmentControlNumber: 'X', codes: ['11504-8'], dueOn, ...where };
  }

  #statusAnswer(): Arrival {
    const category = this.#numbers.pick(['P1', 'P3', 'P4', 'F1', 'F2', 'D0', 'A4', 'A7']);
    const where = { on: this.#today, payerClaimNumber: null, fileId: 'f', offset: 0 };
    return { kind: 'statusAnswered', submissionKey: this.#key(1), category, status: '1', ...where };
  }

  #hold(): Arrival {
    if (this.account.holds.some((h) => h.releasedOn === null)) return { kind: 'holdReleased', hold: 'dispute', on: this.#today };
    return { kind: 'holdPlaced', hold: 'dispute', on: this.#today, reviewOn: addDays(this.#today, 30) };
  }

  #complete(): TakenTurn {
    const open = this.account.tasks.filter((t) => t.status === 'open');
    const task = this.#numbers.next(12) === 0 ? this.account.tasks[0] : open[this.#numbers.next(Math.max(1, open.length))];
    if (task === undefined) return this.#turn([]);
    return this.#turn([], [{ formId: `form${this.#next()}`, taskId: task.id, form: randomForm(task, this.#numbers) }]);
  }

  #carryOut(): TakenTurn {
    const issued = this.account.commands.filter((c) => c.status === 'issued');
    const command = issued[this.#numbers.next(Math.max(1, issued.length))]?.command;
    if (command === undefined) return this.#turn([]);
    const result = this.#numbers.pick(['sent', 'sent', 'sent', 'sent', 'refused', 'unknown'] as const);
    const isClaim = command.kind === 'submitClaim' || command.kind === 'billNextPayer';
    const submissionKey = isClaim && result === 'sent' ? `A1.${this.#next()}` : null;
    return this.#turn([
      { kind: 'commandCarriedOut', key: command.key, result, receipt: null, reason: null, on: this.#today, submissionKey },
    ]);
  }

  #turn(bodies: readonly Arrival[], forms: Parameters<typeof advanceAccount>[0]['forms'] = []): TakenTurn {
    const asOf = instant(`${this.#today}T17:00:00Z`);
    const arrivals = bodies.map((body): AccountEvent => ({ id: `e${this.#next()}`, occurredAt: asOf, ...body }));
    const before = this.account;
    const isUndoing = forms.some((form) => 'instruction' in form && form.instruction.do === 'undo');
    const history = isUndoing ? this.history.map((event, n) => ({ seq: this.#seqs[n] ?? 0, event })) : [];
    const advanced = advanceAccount({ account: before, arrivals, forms, asOf, history }, this.#knowledge);
    this.account = advanced.account;
    const seq = (this.#seqs.at(-1) ?? 0) + 1;
    const taken = inOrder(before.eventCount, arrivals, advanced.events);
    this.history.push(...taken);
    this.#seqs.push(...taken.map(() => seq));
    this.#wakeOn = advanced.wakeAt === null ? null : civilDate(advanced.wakeAt.slice(0, 10));
    return { before, arrivals, advanced, today: this.#today };
  }
}
