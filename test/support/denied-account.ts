import { loadKnowledge } from '../../client/knowledge.ts';
import { civilDate, instantAt } from '../../rules/domain/civil-date.ts';
import type { PayerClass } from '../../rules/domain/deadline.ts';
import type { Action, DecisionPoint } from '../../rules/domain/decision.ts';
import type { Arrival, PostedAdjustment } from '../../rules/domain/event.ts';
import type { GivenEvidence, Subject, TaskForm, TaskOutcome } from '../../rules/domain/task.ts';
import type { Knowledge } from '../../rules/lifecycle/contract.ts';
import { refusalOf } from '../../rules/lifecycle/legal.ts';
import { Turn } from '../../rules/lifecycle/turn.ts';
import { PureAccount } from './pure-account.ts';

const shipped = loadKnowledge();
const zone = 'America/New_York';

/** Rules that leave everything to a person, so that only the lifecycle speaks. */
export const personDecides: Knowledge = {
  ...shipped,
  decide: (facts, asOf) => {
    const decision = shipped.decide(facts, asOf);
    return { ...decision, answer: { ...decision.answer, ruleId: 'person', action: 'routeToPerson', queue: 'denials', timer: null } };
  },
};

/** `1 CO-50 N115 300.00`: line (or `claim`), group and CARC, RARCs, dollars. */
export function adjustment(told: string): PostedAdjustment {
  const parts = told.split(' ');
  const [line = '', code = ''] = parts;
  const [group = '', carc = ''] = code.split('-');
  const known = (['CO', 'PR', 'OA', 'PI', 'CR'] as const).find((g) => g === group);
  if (known === undefined) throw new Error(`"${told}" names no adjustment group`);
  const lineNumber = line === 'claim' ? null : Number(line);
  return { lineNumber, group: known, carc, rarcs: parts.slice(2, -1), cents: Math.round(Number(parts.at(-1)) * 100), offset: 7 };
}

/** A claim of 1,000.00 serviced and sent on that day, to which things happen as they are told. */
export class DeniedAccount extends PureAccount {
  #files = 0;

  sent(on: string, payerId: string, payerClass: PayerClass, state = 'OH'): this {
    const day = civilDate(on);
    const coverages = [{ sequence: 1, payerId, payerClass }] as const;
    const opened = { accountNumber: 'A1', zone, state, claimType: 'professional', servicedFrom: day, servicedThrough: day } as const;
    this.turn(on, [
      { kind: 'accountOpened', ...opened, chargeCents: 100_000, coverages, authorizationOnFile: false, fileId: 'f1', offset: 0 },
      { kind: 'submissionSent', submissionKey: 'A1', sequence: 1, frequency: '1', sentOn: day, fileId: 'f1' },
    ]);
    return this;
  }

  acknowledged(on: string, category: string, by: 'payer' | 'clearinghouse' = 'payer', submissionKey = 'A1'): this {
    const verdict = ({ A1: 'received', A2: 'accepted', A4: 'notFound' } as const)[category] ?? 'rejected';
    const said = { level: 'claim', by, verdict, category, status: '20', on: civilDate(on), payerClaimNumber: null } as const;
    this.turn(on, [{ kind: 'submissionAcknowledged', submissionKey, ...said, fileId: `f-${category}-${by}`, offset: 42 }]);
    return this;
  }

  remitted(on: string, adjustments: readonly string[], more: Partial<Extract<Arrival, { kind: 'remittancePosted' }>> = {}): this {
    this.turn(on, [this.remittance(on, adjustments, more)]);
    return this;
  }

  remittance(on: string, adjustments: readonly string[], more: Partial<Extract<Arrival, { kind: 'remittancePosted' }>> = {}): Arrival {
    const read = adjustments.map(adjustment);
    const paidCents = 100_000 - read.reduce((sum, { cents }) => sum + cents, 0);
    const place = { remittanceClaimId: `r${(this.#files += 1)}`, fileId: 'f2', offset: 0, remittanceOn: civilDate(on), crossover: false };
    const claim = { submissionKey: 'A1', sequence: 1, status: '1', payerClaimNumber: 'P1', chargeCents: 100_000 } as const;
    return { kind: 'remittancePosted', ...place, ...claim, paidCents, adjustments: read, ...more };
  }

  /** Ends the first open task of that kind. @returns why it was refused, or null */
  done(on: string, kind: string, outcome: TaskOutcome, more: Partial<TaskForm> = {}): string | null {
    const task = this.account.tasks.find((t) => t.status === 'open' && t.kind === kind);
    if (task === undefined) return `no task of kind ${kind} is open`;
    const { refusals } = this.turn(on, [], [{ formId: `g${(this.#files += 1)}`, taskId: task.id, form: { outcome, by: 'pat', ...more } }]);
    return refusals[0]?.reason ?? null;
  }

  /** All commands that are still to be carried out go out that day. */
  out(on: string): this {
    for (const { command } of this.account.commands.filter((c) => c.status === 'issued')) {
      const submissionKey = command.kind === 'submitClaim' ? `A1.${(this.#files += 1)}` : null;
      const done = { result: 'sent', receipt: 'r', reason: null, on: civilDate(on), submissionKey } as const;
      this.turn(on, [{ kind: 'commandCarriedOut', key: command.key, ...done }]);
    }
    return this;
  }

  /** What a person said about the claim. */
  knows(evidence: GivenEvidence): this {
    this.account = {
      ...this.account,
      claims: this.account.claims.map((claim) => ({ ...claim, evidence: { ...claim.evidence, ...evidence } })),
    };
    return this;
  }

  /** Why that path is refused today for the last case (or the claim while there is none); null when it is open. */
  refused(on: string, action: Action): string | null {
    const turn = new Turn(this.account, instantAt(civilDate(on), 12, zone), this.knowledge);
    const claim = this.account.claims[0];
    const c = claim?.cases.at(-1);
    const subject: Subject = c === undefined ? { kind: 'claim', sequence: 1 } : { kind: 'case', sequence: 1, caseId: c.id };
    const point = c !== undefined ? 'denied' : claim?.submissions.at(-1)?.status === 'rejected' ? 'rejected' : 'denied';
    return refusalOf(turn, point, subject, action);
  }

  refusedAt(on: string, point: DecisionPoint, subject: Subject, action: Action): string | null {
    return refusalOf(new Turn(this.account, instantAt(civilDate(on), 12, zone), this.knowledge), point, subject, action);
  }

  get caseStatus(): string | undefined {
    return this.account.claims[0]?.cases.at(-1)?.status;
  }

  get lastPath(): string {
    const path = this.account.claims[0]?.cases.at(-1)?.paths.at(-1);
    return path === undefined ? 'none' : `${path.kind} ${path.step ?? ''}`.trim();
  }

  /** What is ahead, provably: open tasks, armed timers, open deadlines. */
  get ahead(): number {
    const { tasks, timers, deadlines, commands } = this.account;
    return (
      tasks.filter((t) => t.status === 'open').length +
      timers.filter((t) => t.status === 'armed').length +
      deadlines.filter((d) => d.status === 'open').length +
      commands.filter((c) => c.status === 'issued').length
    );
  }
}
