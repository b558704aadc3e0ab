import { loadKnowledge } from '../../../client/knowledge.ts';
import { deadlineFor } from '../../../rules/deadlines/policies.ts';
import { civilDate, instantAt } from '../../../rules/domain/civil-date.ts';
import { noContract, type PayerClass } from '../../../rules/domain/deadline.ts';
import type { Action, Decide, DecisionPoint, Facts, RuleAnswer } from '../../../rules/domain/decision.ts';
import type { AccountEvent } from '../../../rules/domain/event.ts';
import type { AdjustmentGroup } from '../../../rules/domain/remittance.ts';
import { advanceAccount } from '../../../rules/lifecycle/advance.ts';
import type { Knowledge } from '../../../rules/lifecycle/contract.ts';
import { emptyAccount } from '../../../rules/lifecycle/evolve.ts';
import { policies } from '../deadlines/cases.ts';

const shipped = loadKnowledge();
const zone = 'America/New_York';

/** A claim of 1,000.00 sent five days after the service and denied whole, as a biller would tell it. */
export interface Situation {
  readonly payer: readonly [id: string, payerClass: PayerClass];
  /** Group, CARC and RARCs: `CO-197 N115`. */
  readonly denied: string;
  readonly servicedOn: string;
  readonly remittedOn: string;
  /** The day on which we read the remittance and the rules decide; the remittance's own date unless told. */
  readonly readOn?: string;
  readonly state?: string;
  readonly type?: 'professional' | 'institutional';
  readonly contracted?: boolean;
  /** Whether the payer's acceptance (277CA A2) is on file; it is unless told. */
  readonly accepted?: boolean;
  readonly authorization?: boolean;
}

/** `<rule>: <action> in <queue> by <legal date>` or `… until <date of the timer>`. */
export function worked(s: Situation): string {
  const readOn = civilDate(s.readOn ?? s.remittedOn);
  const asOf = instantAt(readOn, 12, zone);
  const arrivals = arrivalsOf(s);
  const first = {
    account: emptyAccount('A1'),
    arrivals: arrivals.slice(0, 1),
    forms: [],
    asOf: instantAt(civilDate(s.servicedOn), 12, zone),
  };
  const opened = advanceAccount(first, shipped).account;
  const { contracted } = s;
  const claims = contracted === undefined ? opened.claims : opened.claims.map((claim) => ({ ...claim, evidence: { contracted } }));
  const input = { account: { ...opened, claims }, arrivals: arrivals.slice(1), forms: [], asOf };
  const { account, decisions } = advanceAccount(input, knowledgeOf(s));
  const answer = decisions.map(({ decision }) => decision).find(({ receipt }) => receipt.point === 'denied')?.answer;
  if (answer === undefined) return 'no denial';
  const by = account.tasks.find((task) => task.ruleId === answer.ruleId)?.legalOn ?? null;
  const until = account.timers.find((timer) => timer.id.startsWith(`${answer.timer?.id}:`))?.on ?? null;
  const refused = account.tasks.some(({ reason }) => reason.includes('Not possible')) ? ' REFUSED' : '';
  return `${said(answer)}${by === null ? '' : ` by ${by}`}${until === null ? '' : ` until ${until}`}${refused}`;
}

/** What is sent and who is asked when a rule gives this answer at that point: the names of commands and the kinds of tasks. */
export function carriedOut(s: Situation, at: DecisionPoint, action: Action) {
  const knowledge = knowledgeOf(s);
  const decide: Decide = (facts, asOf) => {
    const decision = knowledge.decide(facts, asOf);
    if (facts.point !== at) return decision;
    return { ...decision, answer: { ...decision.answer, action, timer: { id: 'look', duration: '30 days' } } };
  };
  const asOf = instantAt(civilDate(s.remittedOn), 12, zone);
  const { account, events } = advanceAccount(
    { account: emptyAccount('A1'), arrivals: arrivalsOf(s), forms: [], asOf },
    { ...knowledge, decide },
  );
  const refusals = events.flatMap((event) => (event.kind === 'decided' && event.point === at ? [event.refusal] : []));
  return { refusals, commands: account.commands.map(({ command }) => command.kind), tasks: account.tasks.map(({ kind }) => kind) };
}

/** What the rules answer to facts that no single remittance can tell: `<rule>: <action> in <queue>[, again in <timer>]`. */
export function answered(facts: Facts, asOf = '2026-06-01'): string {
  const { answer } = shipped.decide(facts, asOf);
  return `${said(answer)}${answer.timer === null ? '' : `, again in ${answer.timer.duration}`}`;
}

function said({ ruleId, action, queue }: RuleAnswer): string {
  return `${ruleId}: ${action} in ${queue}`;
}

function knowledgeOf({ contracted }: Situation): Knowledge {
  return {
    ...shipped,
    decide: (facts, asOf) => shipped.decide(contracted === undefined ? facts : { ...facts, 'payer.contracted': contracted }, asOf),
    deadline: (kind, about, basisDates) => {
      const contract = contracted === false ? noContract : null;
      const answer = deadlineFor(policies, { ...about, kind, contract, medium: 'electronic', basisDates });
      return answer.kind === 'derived' ? answer.deadline : null;
    },
  };
}

function arrivalsOf(s: Situation): readonly AccountEvent[] {
  const servicedOn = civilDate(s.servicedOn);
  const [code = '', ...rarcs] = s.denied.split(' ');
  const [group = '', carc = ''] = code.split('-');
  const at = { occurredAt: instantAt(servicedOn, 12, zone), fileId: 'f1', offset: 0, submissionKey: 'A1' };
  const accepted: readonly AccountEvent[] =
    s.accepted === false
      ? []
      : [
          {
            ...at,
            id: 'e3',
            kind: 'submissionAcknowledged',
            level: 'claim',
            by: 'payer',
            verdict: 'accepted',
            category: 'A2',
            status: '20',
            on: servicedOn,
            payerClaimNumber: 'X1',
          },
        ];
  return [
    {
      ...at,
      id: 'e1',
      kind: 'accountOpened',
      accountNumber: 'A1',
      zone,
      state: s.state ?? 'OH',
      claimType: s.type ?? 'professional',
      servicedFrom: servicedOn,
      servicedThrough: servicedOn,
      chargeCents: 100_000,
      coverages: [{ sequence: 1, payerId: s.payer[0], payerClass: s.payer[1] }],
      authorizationOnFile: s.authorization ?? false,
    },
    { ...at, id: 'e2', kind: 'submissionSent', sequence: 1, frequency: '1', sentOn: servicedOn },
    ...accepted,
    {
      ...at,
      id: 'e4',
      kind: 'remittancePosted',
      remittanceClaimId: 'r1',
      sequence: 1,
      status: '1',
      payerClaimNumber: 'X1',
      chargeCents: 100_000,
      paidCents: 0,
      adjustments: [{ lineNumber: null, group: groupOf(group), carc, rarcs, cents: 100_000, offset: 0 }],
      remittanceOn: civilDate(s.remittedOn),
      crossover: false,
    },
  ];
}

function groupOf(text: string): AdjustmentGroup {
  const group = (['CO', 'PR', 'OA', 'PI', 'CR'] as const).find((g) => g === text);
  if (group === undefined) throw new Error(`"${text}" is no adjustment group`);
  return group;
}
