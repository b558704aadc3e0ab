import { loadKnowledge } from '../../client/knowledge.ts';
import type { Account } from '../../rules/domain/account.ts';
import type { AssistanceForm } from '../../rules/domain/assistance.ts';
import { type CivilDate, civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { Decide } from '../../rules/domain/decision.ts';
import type { AccountEvent, Arrival } from '../../rules/domain/event.ts';
import { holdsInForce } from '../../rules/domain/hold.ts';
import type { Role } from '../../rules/domain/role.ts';
import type { TaskKind, TaskOutcome } from '../../rules/domain/task.ts';
import { advanceAccount } from '../../rules/lifecycle/advance.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import type { AdvanceInput } from '../../rules/lifecycle/contract.ts';
import { emptyAccount } from '../../rules/lifecycle/evolve.ts';
import { assistanceNews, leadingAccount } from '../../rules/lifecycle/person-assistance.ts';
import { Turn } from '../../rules/lifecycle/turn.ts';

const zone = 'America/New_York';
export const place = { fileId: 'f', offset: 0 };

/** Bills once and waits. */
const decide: Decide = (facts, asOf) => {
  const action = facts['patient.statements'] === 0 && facts['point'] === 'patientBalance' ? 'sendStatement' : 'wait';
  const timer = { id: 'look', duration: '90 days' };
  const answer = { ruleId: 'any', action, queue: 'patientBalances', timer, why: 'any', citation: '', params: {} } as const;
  const winner = { ruleId: 'any', priority: 1, leaves: [] };
  return {
    answer,
    receipt: { ruleSetHash: '', evaluator: 'any', point: 'patientBalance', asOf, facts, winner, alsoMatched: [], nearMisses: [] },
  };
};
export const knowledge = { ...loadKnowledge(), decide, facility: { taxExempt: true } };

export type Heard = 'atOnce' | 'never' | 'twice' | 'late';

export interface Said {
  readonly outcome: TaskOutcome;
  readonly by?: string;
  readonly role?: Role;
  readonly assistance?: AssistanceForm;
}

/** Accounts of one guarantor. What one leaves for the others is heard as `heard` says; `settle` lets every account take a turn. */
export class Person {
  readonly accounts = new Map<string, Account>();
  today: CivilDate = civilDate('2026-03-02');
  readonly #heard: () => Heard;
  readonly #late: { accountId: string; body: Arrival }[] = [];
  #count = 0;

  constructor(heard: () => Heard = () => 'atOnce') {
    this.#heard = heard;
  }

  owes(id: string, cents: number, servicedFrom = this.today): void {
    this.accounts.set(id, emptyAccount(id));
    const coverages = [{ sequence: 1, payerId: 'BCBS01', payerClass: 'blue' }] as const;
    const care = { state: 'OH', claimType: 'institutional', servicedFrom, servicedThrough: servicedFrom, chargeCents: cents * 2 } as const;
    const adjustments = [{ lineNumber: null, group: 'PR', carc: '1', rarcs: [], cents, offset: 0 }] as const;
    const paid = { chargeCents: cents * 2, paidCents: cents, adjustments, remittanceOn: this.today, crossover: false };
    this.turn(id, [
      { kind: 'accountOpened', accountNumber: id, zone, ...care, coverages, authorizationOnFile: false, ...place },
      { kind: 'submissionSent', submissionKey: id, sequence: 1, frequency: '1', sentOn: this.today, fileId: 'f' },
      {
        kind: 'remittancePosted',
        remittanceClaimId: `r${id}`,
        submissionKey: id,
        sequence: 1,
        status: '1',
        payerClaimNumber: id,
        ...paid,
        ...place,
      },
    ]);
  }

  pays(id: string, cents: number): void {
    this.turn(id, [{ kind: 'patientPaid', paymentId: `p${(this.#count += 1)}`, cents, on: this.today, via: 'direct', ...place }]);
  }

  applies(id: string, applicationId = 'F1'): void {
    const leading = leadingAccount(this.get(id), this.others(id), applicationId);
    this.turn(leading.id, [{ kind: 'assistanceApplied', applicationId, on: this.today, ...place }]);
  }

  /** @returns why it was refused, or null */
  does(id: string, kind: TaskKind, { by = 'pat', ...said }: Said): string | null {
    const task = this.get(id).tasks.find((t) => t.kind === kind && t.status === 'open');
    if (task === undefined) throw new Error(`${id} has no open task ${kind}`);
    return this.turn(id, [], [{ formId: `form${(this.#count += 1)}`, taskId: task.id, form: { by, ...said } }]);
  }

  /** Everybody takes a turn, as every account does sooner or later, and what was late arrives. */
  settle(): void {
    for (const { accountId, body } of this.#late.splice(0)) this.turn(accountId, [body]);
    for (const id of [...this.accounts.keys(), ...this.accounts.keys()]) this.turn(id, []);
  }

  get(id: string): Account {
    return this.accounts.get(id) ?? emptyAccount(id);
  }

  others(id: string): readonly Account[] {
    return [...this.accounts.values()].filter((account) => account.id !== id);
  }

  turn(id: string, bodies: readonly Arrival[], forms: AdvanceInput['forms'] = []): string | null {
    const asOf = instant(`${this.today}T17:00:00Z`);
    const arrivals = bodies.map((body): AccountEvent => ({ id: `e${(this.#count += 1)}`, occurredAt: asOf, ...body }));
    const before = this.get(id);
    const advanced = advanceAccount({ account: before, arrivals, forms, asOf, kin: this.others(id) }, knowledge);
    this.accounts.set(id, advanced.account);
    for (const { key } of advanced.commands)
      this.turn(id, [{ kind: 'commandCarriedOut', key, result: 'sent', receipt: null, reason: null, on: this.today, submissionKey: null }]);
    for (const news of assistanceNews(new Turn(this.get(id), asOf, knowledge, { kin: this.others(id) }), before)) this.#tell(news);
    return advanced.refusals[0]?.reason ?? null;
  }

  #tell(news: { readonly accountId: string; readonly body: Arrival }): void {
    const heard = this.#heard();
    if (heard === 'late') this.#late.push(news);
    if (heard === 'atOnce' || heard === 'twice') this.turn(news.accountId, [news.body]);
    if (heard === 'twice') this.turn(news.accountId, [news.body]);
  }

  /** What must not depend on how the accounts heard of it. */
  shown() {
    return [...this.accounts.values()].map((account) => ({
      id: account.id,
      applications: account.assistance?.applications.map(({ id, status, elsewhere, missing, decision }) => [
        id,
        status,
        elsewhere,
        missing,
        decision,
      ]),
      patientCents: bucketBalance(account, 'patient'),
      forgivenCents: account.lines.filter(({ kind }) => kind === 'assistance').reduce((sum, { cents }) => sum + cents, 0),
      held: holdsInForce(account.holds).map(({ reason }) => reason),
      letters: account.commands.filter(({ command }) => command.kind === 'sendAssistanceLetter').map(({ command }) => command.params),
      tasks: account.tasks.filter(({ kind }) => kind === 'checkApplication' || kind === 'decideAssistance').length,
    }));
  }

  status(id: string): string {
    return this.get(id).assistance?.applications.at(-1)?.status ?? 'none';
  }

  held(id: string): readonly string[] {
    return holdsInForce(this.get(id).holds).map(({ reason }) => reason);
  }
}
