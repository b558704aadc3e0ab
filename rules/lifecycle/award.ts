import { onScale, owedAfter, policyOn } from '../collection/assistance-policy.ts';
import type { Account } from '../domain/account.ts';
import type { AssistanceApplication, AssistanceDecision, AssistanceForm } from '../domain/assistance.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { cents, type Cents, sum } from '../domain/money.ts';
import type { TaskForm } from '../domain/task.ts';
import { stateOf } from './extraordinary.ts';
import type { Turn } from './turn.ts';

/** What the form decides, by the policy that held when the application came; why it cannot be decided, as text. */
export function decisionOf(turn: Turn, application: AssistanceApplication, form: TaskForm): AssistanceDecision | string {
  const { by, assistance: said = {} } = form;
  const shareCents = patientShare(turn.account);
  const on = form.on ?? turn.today;
  if (form.outcome === 'denied') {
    if (said.denial === undefined) return 'say why it is denied (denial); an income above the scale is decided from the household';
    return { on, by, discountPercent: 0, incomePercent: null, policyId: null, denial: said.denial, owesCents: shareCents };
  }
  return byScale(turn, application, { on, by, shareCents, household: said.household });
}

interface Asked {
  readonly on: AssistanceDecision['on'];
  readonly by: string;
  readonly shareCents: Cents;
  readonly household: AssistanceForm['household'];
}

function byScale(turn: Turn, { receivedOn }: AssistanceApplication, { on, by, shareCents, household }: Asked): AssistanceDecision | string {
  if (household === undefined) return 'the household is needed: how many people, and their yearly income';
  const { assistance: reference } = turn.knowledge;
  const answer = onScale(reference, { ...household, state: stateOf(turn) }, receivedOn);
  if (typeof answer === 'string') return answer;
  const { discountPercent, incomePercent, policyId } = answer;
  const generallyBilledPercent = policyOn(reference, receivedOn)?.generallyBilledPercent ?? null;
  const owesCents = owedAfter({ discountPercent, shareCents, chargeCents: turn.opened.chargeCents, generallyBilledPercent });
  return { on, by, discountPercent, incomePercent, policyId, denial: discountPercent > 0 ? null : 'incomeAboveScale', owesCents };
}

/** What the care left to the patient before anything was paid, given back or forgiven. */
export function patientShare(account: Account): Cents {
  const asked = account.lines.filter(({ bucket, kind }) => bucket === 'patient' && !settles.has(kind));
  return sum(asked.map((line) => cents(line.cents)));
}

const settles: ReadonlySet<LedgerLine['kind']> = new Set(['patientPayment', 'refund', 'assistance']);

/** Forgives what the patient does not owe; what was forgiven before is not taken back. */
export function postAward(turn: Turn, { id }: AssistanceApplication, { owesCents }: AssistanceDecision): void {
  const { account } = turn;
  const forgiven = account.lines.filter((l) => l.bucket === 'patient' && l.kind === 'assistance').map((l) => cents(l.cents));
  const amount = owesCents - patientShare(account) - sum(forgiven);
  if (amount >= 0) return;
  const cause = `assistance:${id}`;
  const n = account.lines.filter((l) => l.id.startsWith(`${cause}#`)).length + 1;
  const line = {
    id: `${cause}#${n}`,
    bucket: 'patient',
    kind: 'assistance',
    cents: amount,
    on: turn.today,
    source: { cause },
    remittanceClaimId: null,
    carc: null,
    undoes: null,
  } as const;
  turn.record({ kind: 'ledgerPosted', lines: [line], reason: 'financial assistance was granted' });
}
