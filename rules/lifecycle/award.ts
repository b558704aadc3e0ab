import { onScale, owedAfter, policyOn } from '../collection/assistance-policy.ts';
import type { Account } from '../domain/account.ts';
import type { AssistanceApplication, AssistanceDecision, AssistanceForm } from '../domain/assistance.ts';
import { addMonths, type CivilDate } from '../domain/civil-date.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { cents, type Cents, sum } from '../domain/money.ts';
import type { TaskForm } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { stateOf } from './extraordinary.ts';
import type { Turn } from './turn.ts';

/** What the form decides, by the policy that held when the application came; why it cannot be decided, as text. */
export function decisionOf(turn: Turn, application: AssistanceApplication, form: TaskForm): AssistanceDecision | string {
  const { by, assistance: said = {} } = form;
  const on = form.on ?? turn.today;
  if (form.outcome === 'denied') {
    if (said.denial === undefined) return 'say why it is denied (denial); an income above the scale is decided from the household';
    const nothing = { discountPercent: 0, incomePercent: null, policyId: null, denial: said.denial };
    return { on, by, ...nothing, owesCents: patientShare(turn.account) };
  }
  return byScale(turn, application, { on, by, household: said.household });
}

interface Asked {
  readonly on: CivilDate;
  readonly by: string;
  readonly household: AssistanceForm['household'];
}

function byScale(turn: Turn, { receivedOn }: AssistanceApplication, { on, by, household }: Asked): AssistanceDecision | string {
  if (household === undefined) return 'the household is needed: how many people, and their yearly income';
  const { assistance: reference } = turn.knowledge;
  const answer = onScale(reference, { ...household, state: stateOf(turn) }, receivedOn);
  if (typeof answer === 'string') return answer;
  const { discountPercent, incomePercent, policyId } = answer;
  const { owesCents } = awardOn(turn, { receivedOn, discountPercent });
  const decided = { on, by, discountPercent, incomePercent, policyId, owesCents };
  if (discountPercent === 0) return { ...decided, denial: 'incomeAboveScale' };
  const months = policyOn(reference, receivedOn)?.validMonths ?? 0;
  return { ...decided, denial: null, validThrough: months === 0 ? null : addMonths(on, months) };
}

/** What a decision makes of one account. */
export interface AwardOn {
  /** For the care, whatever was paid. */
  readonly owesCents: Cents;
  /** What is forgiven beside what was before. */
  readonly forgivesCents: Cents;
  /** What the patient's balance is then; negative: they paid more than they owe. */
  readonly leavesCents: Cents;
}

export interface Granted {
  readonly receivedOn: CivilDate;
  readonly discountPercent: number;
}

/** By the same decision every account has its own amounts: its part, its charge, what was paid on it. */
export function awardOn({ account, knowledge, opened }: Turn, { receivedOn, discountPercent }: Granted): AwardOn {
  const shareCents = patientShare(account);
  const generallyBilledPercent = policyOn(knowledge.assistance, receivedOn)?.generallyBilledPercent ?? null;
  const owesCents = owedAfter({ discountPercent, shareCents, chargeCents: opened.chargeCents, generallyBilledPercent });
  const before = -postedOf(account, 'assistance', 'writeOff');
  const forgivesCents = cents(Math.max(0, shareCents - owesCents - before));
  return { owesCents, forgivesCents, leavesCents: cents(bucketBalance(account, 'patient') - forgivesCents) };
}

/** What the care left to the patient before anything was paid, given back or forgiven. */
export function patientShare({ lines }: Account): Cents {
  return sum(lines.filter(({ bucket, kind }) => bucket === 'patient' && !settles.has(kind)).map((line) => cents(line.cents)));
}

const settles: ReadonlySet<LedgerLine['kind']> = new Set(['patientPayment', 'refund', 'assistance', 'writeOff', 'escheat']);

function postedOf({ lines }: Account, ...kinds: readonly LedgerLine['kind'][]): Cents {
  return sum(lines.filter(({ bucket, kind }) => bucket === 'patient' && kinds.includes(kind)).map((line) => cents(line.cents)));
}

/** Forgives what the patient does not owe; what was forgiven before is not taken back. */
export function postAward(turn: Turn, { id, receivedOn }: AssistanceApplication, { discountPercent }: AssistanceDecision): void {
  const { forgivesCents } = awardOn(turn, { receivedOn, discountPercent });
  if (forgivesCents > 0) post(turn, { id, cents: -forgivesCents, reason: 'financial assistance was granted' });
}

/**
 * An award holds for what the care leaves to the patient, also where that became known or changed after it: more is forgiven with a greater part, and
 * never more than the scale gives of a smaller one.
 */
export function keepAward(turn: Turn): void {
  const granted = turn.account.assistance?.applications.flatMap((a) => (a.status === 'approved' && a.decision !== null ? [a] : [])) ?? [];
  const best = granted.toSorted((a, b) => (b.decision?.discountPercent ?? 0) - (a.decision?.discountPercent ?? 0))[0];
  if (best === undefined) return;
  const { id, receivedOn, decision } = best;
  const { owesCents, forgivesCents } = awardOn(turn, { receivedOn, discountPercent: decision?.discountPercent ?? 0 });
  if (forgivesCents > 0) return post(turn, { id, cents: -forgivesCents, reason: 'assistance that was granted holds for this part too' });
  const tooMuch = -postedOf(turn.account, 'assistance') - Math.max(0, patientShare(turn.account) - owesCents);
  if (tooMuch > 0) post(turn, { id, cents: tooMuch, reason: 'the patient’s part became smaller, and what was forgiven of it with it' });
}

function post(turn: Turn, posted: { readonly id: string; readonly cents: number; readonly reason: string }): void {
  const cause = `assistance:${posted.id}`;
  const n = turn.account.lines.filter((l) => l.id.startsWith(`${cause}#`)).length + 1;
  const line = {
    id: `${cause}#${n}`,
    bucket: 'patient',
    kind: 'assistance',
    cents: posted.cents,
    on: turn.today,
    source: { cause },
    remittanceClaimId: null,
    carc: null,
    undoes: null,
  } as const;
  turn.record({ kind: 'ledgerPosted', lines: [line], reason: posted.reason });
}
