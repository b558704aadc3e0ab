import type { Account } from '../../rules/domain/account.ts';
import { inOrder } from '../../client/scenario/event-order.ts';
import { addDays, type CivilDate, civilDate, instantAt } from '../../rules/domain/civil-date.ts';
import type { AccountEvent, Arrival, PostedAdjustment } from '../../rules/domain/event.ts';
import type { Instruction } from '../../rules/domain/instruction.ts';
import type { TaskOutcome } from '../../rules/domain/task.ts';
import { advanceAccount } from '../../rules/lifecycle/advance.ts';
import type { Advanced, AdvanceInput, Knowledge, PastEvent, StandingDecision } from '../../rules/lifecycle/contract.ts';
import { describeEvent } from '../../rules/lifecycle/describe.ts';
import { emptyAccount } from '../../rules/lifecycle/evolve.ts';

const zone = 'America/New_York';

/** One account on the pure core, with the decisions it was given, as the store would keep them. */
export class PureAccount {
  account: Account = emptyAccount('a');
  knowledge: Knowledge;
  paused: readonly string[] = [];
  guarantor: NonNullable<AdvanceInput['guarantor']> | null = null;
  readonly story: string[] = [];
  readonly history: PastEvent[] = [];
  readonly #decisions: StandingDecision[] = [];
  #seq = 0;
  #count = 0;

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
  }

  /** Serviced, sent and acknowledged on that day. */
  open(on: string, payer: { readonly payerId: string; readonly payerClass?: 'commercial' | 'medicare' }): void {
    const day = civilDate(on);
    const { payerId, payerClass = 'commercial' } = payer;
    const coverages = [{ sequence: 1, payerId, payerClass }] as const;
    const opened = { accountNumber: 'A1', zone, state: 'OH', claimType: 'professional', servicedFrom: day, servicedThrough: day } as const;
    this.turn(on, [
      { kind: 'accountOpened', ...opened, chargeCents: 100_000, coverages, authorizationOnFile: false, fileId: 'f1', offset: 0 },
      { kind: 'submissionSent', submissionKey: 'A1', sequence: 1, frequency: '1', sentOn: day, fileId: 'f1' },
    ]);
  }

  deny(on: string, adjustments: readonly Pick<PostedAdjustment, 'group' | 'carc' | 'cents'>[]): Advanced {
    const remittance = { submissionKey: 'A1', sequence: 1, status: '1', payerClaimNumber: 'P1', chargeCents: 100_000 } as const;
    const all = adjustments.map((a) => ({ ...a, lineNumber: null, rarcs: [], offset: 1 }));
    const paidCents = 100_000 - all.reduce((sum, { cents }) => sum + cents, 0);
    const place = { remittanceClaimId: `r${this.#count}`, fileId: 'f2', offset: 0, remittanceOn: civilDate(on), crossover: false };
    return this.turn(on, [{ kind: 'remittancePosted', ...place, ...remittance, paidCents, adjustments: all }]);
  }

  complete(on: string, taskId: string, outcome: TaskOutcome): Advanced {
    return this.turn(on, [], [{ formId: `form${this.#count}`, taskId, form: { outcome, by: 'pat' } }]);
  }

  /** @returns why it was refused, or null. */
  tell(on: string, instruction: Instruction): string | null {
    return this.turn(on, [], [{ formId: `form${(this.#count += 1)}`, instruction }]).refusals[0]?.reason ?? null;
  }

  carryOut(on: string, key: string): Advanced {
    const done = { result: 'sent', receipt: 'r', reason: null, on: civilDate(on), submissionKey: null } as const;
    return this.turn(on, [{ kind: 'commandCarriedOut', key, ...done }]);
  }

  /** These rules count from then on, and the account is told. */
  publish(on: string, knowledge: Knowledge, asksAgain = true): Advanced {
    this.knowledge = knowledge;
    return this.turn(on, [{ kind: 'rulesChanged', cause: 'publication 2', asksAgain, on: civilDate(on) }]);
  }

  /** Every dated step on the way has its turn. */
  goTo(on: string): void {
    for (let next = this.#wakeOn; next !== null && next <= on; next = this.#wakeOn) this.turn(next, []);
    this.turn(on, []);
  }

  #wakeOn: CivilDate | null = null;

  turn(on: string, bodies: readonly Arrival[], forms: Parameters<typeof advanceAccount>[0]['forms'] = []): Advanced {
    const asOf = instantAt(civilDate(on), 12, zone);
    const arrivals = bodies.map((body): AccountEvent => ({ id: `e${(this.#count += 1)}`, occurredAt: asOf, ...body }));
    const { account, paused, guarantor } = this;
    const { history } = this;
    const advanced = advanceAccount(
      { account, arrivals, forms, asOf, standing: this.#decisions, paused, history, guarantor },
      this.knowledge,
    );
    this.#seq += 1;
    this.history.push(...inOrder(account.eventCount, arrivals, advanced.events).map((event) => ({ seq: this.#seq, event })));
    this.account = advanced.account;
    const refusals = new Map(advanced.events.flatMap((e) => (e.kind === 'decided' ? [[e.decisionId, e.refusal] as const] : [])));
    for (const { id: decisionId, decision, effect } of advanced.decisions) {
      const { answer, receipt } = decision;
      const refusal = refusals.get(decisionId) ?? null;
      this.#decisions.push({ decisionId, decidedOn: civilDate(on), answer, facts: receipt.facts, refusal, effect });
    }
    this.story.push(...advanced.events.map(describeEvent));
    const wakeOn = advanced.wakeAt === null ? null : civilDate(advanced.wakeAt.slice(0, 10));
    this.#wakeOn = wakeOn !== null && wakeOn <= on ? addDays(civilDate(on), 1) : wakeOn;
    return advanced;
  }

  get standing(): readonly StandingDecision[] {
    return this.#decisions;
  }

  get openTasks(): readonly string[] {
    return this.account.tasks.filter((t) => t.status === 'open').map((t) => `${t.kind} [${t.queue}] ${t.legalOn ?? ''}`.trim());
  }

  /** Open deadlines by id. */
  get running(): Readonly<Record<string, CivilDate>> {
    return Object.fromEntries(this.account.deadlines.filter((d) => d.status === 'open').map((d) => [d.id, d.deadline.legalOn]));
  }
}
