import type { Account, Owner } from '../rules/domain/account.ts';
import type { Command } from '../rules/domain/event.ts';
import { invariant } from '../rules/domain/failures.ts';
import { cents, dollars } from '../rules/domain/money.ts';
import { type Task, taskOutcomes } from '../rules/domain/task.ts';
import { civilDateAt, type Instant } from '../rules/domain/civil-date.ts';
import { accountBalance } from '../rules/lifecycle/balances.ts';
import type { Advanced } from '../rules/lifecycle/contract.ts';
import { nextDate } from '../rules/lifecycle/dates.ts';
import { words } from '../rules/lifecycle/describe.ts';
import { openTasks } from '../rules/lifecycle/phase.ts';
import type { AccountTurn } from './index.ts';

/** What a turn leaves for the workflow and the Temporal Web UI: codes, dates and money; nothing that names a person. */
export function turnResult(seq: number, advanced: Advanced, asOf: Instant): AccountTurn {
  const { account, phase, terminal, refusals, wakeAt } = advanced;
  const next = account.opened === null ? null : nextDate(account, civilDateAt(asOf, account.opened.zone));
  const turn = {
    seq,
    commands: advanced.commands.map(toCommand),
    refusals,
    wakeAt,
    wakeReason: next === null ? '' : `${next.reason} is due on ${next.on}`,
    phase,
    payerId: payerNow(account),
    queue: openTasks(account)[0]?.queue ?? '',
    balanceCents: accountBalance(account),
    openTasks: openTasks(account).map(toOpenTask),
    terminal,
  };
  return { ...turn, details: details(turn, advanced) };
}

/** The answer of an earlier turn, as it was stored. */
export function storedTurn(stored: unknown): AccountTurn {
  invariant(isTurn(stored), 'a stored turn is the turn that was written');
  return stored;
}

function isTurn(stored: unknown): stored is AccountTurn {
  return typeof stored === 'object' && stored !== null && 'seq' in stored && 'commands' in stored && 'details' in stored;
}

export function toCommand({ key, kind, params }: Command): AccountTurn['commands'][number] {
  return { key, kind, summary: summaryOf(kind, params) };
}

/** The payer whose decision is awaited, or the last one that decided. */
function payerNow(account: Account): string {
  const waiting = account.claims.find((claim) => claim.submissions.length > 0 && claim.remittances.length === 0);
  const last = account.claims.findLast((claim) => claim.submissions.length > 0 || claim.remittances.length > 0);
  return (waiting ?? last ?? account.claims[0])?.payerId ?? '';
}

function toOpenTask({ id, kind, queue, title, safeByOn, legalOn }: Task): AccountTurn['openTasks'][number] {
  return { id, kind, queue, title, outcomes: taskOutcomes[kind], safeByOn, legalOn };
}

/** One line for the activity's summary in the Web UI. */
function summaryOf(kind: Command['kind'], params: Command['params']): string {
  const amount = (name: string) => dollars(cents(Number(params[name] ?? 0)));
  switch (kind) {
    case 'submitClaim':
      return `Send the claim to payer ${params.sequence}, frequency ${params.frequency}`;
    case 'billNextPayer':
      return `Bill payer ${params.sequence}`;
    case 'sendStatusInquiry':
      return `Ask payer ${params.sequence} for the claim's status`;
    case 'sendDocuments':
      return `Send documents for ${params.caseId}`;
    case 'fileReconsideration':
      return `File the reconsideration of ${amount('amountCents')} (CARC ${params.carc})`;
    case 'fileAppeal':
      return `File the appeal, level ${params.level}, of ${amount('amountCents')} (CARC ${params.carc})`;
    case 'sendStatement':
      return `Send statement ${params.number} over ${amount('balanceCents')}`;
    case 'offerPaymentPlan':
      return `Offer a plan of ${params.months} × ${amount('instalmentCents')}`;
    case 'sendPlanLetter':
      return `Write to the patient about the payment plan (${words(String(params.letterKind))})`;
    case 'requestRefund':
      return `Request the refund of ${amount('amountCents')} (${params.bucket})`;
    case 'placeWithVendor':
      return `Place ${amount('balanceCents')} with ${params.vendor}`;
    case 'recallFromVendor':
      return `Recall placement ${params.placementId} from ${params.vendor}`;
    case 'sendCollectionNotice':
      return `Send the notice before extraordinary collection actions over ${amount('balanceCents')}`;
    case 'sendAssistanceLetter':
      return `Write to the patient about assistance (${words(String(params.letterKind))})`;
    case 'allowExtraordinaryAction':
      return `Allow ${words(String(params.extraordinary))}`;
    case 'withdrawExtraordinaryAction':
      return `Withdraw ${words(String(params.extraordinary))}`;
    case 'updateVendor':
      return `Tell ${params.vendor} of ${words(String(params.what))} (${params.placementId})`;
    case 'postWriteOff':
      return `Write off ${amount('amountCents')} (${params.bucket})`;
  }
}

function details(turn: Omit<AccountTurn, 'details'>, { account, owner, decisions }: Advanced): string {
  const last = decisions.at(-1)?.decision.answer;
  const decided = account.decided.at(-1);
  const decision =
    last !== undefined
      ? `${last.ruleId}: ${words(last.action)}`
      : decided !== undefined
        ? `${decided.ruleId}: ${words(decided.action)}`
        : 'none yet';
  return [
    `**${words(turn.phase)}** · balance ${dollars(cents(turn.balanceCents))} · turn ${turn.seq}`,
    `- Next to act: ${ownerWords(owner)}`,
    ...turn.openTasks.map((t) => `- Task ${t.id} (${t.queue}): ${t.title}${t.safeByOn === null ? '' : `, safe by ${t.safeByOn}`}`),
    `- Next dated step: ${turn.wakeReason === '' ? 'none' : turn.wakeReason}`,
    `- Last decision: ${decision}`,
  ].join('\n');
}

function ownerWords(owner: Owner): string {
  switch (owner.kind) {
    case 'queue':
      return `queue ${owner.queue}`;
    case 'payer':
      return `payer ${owner.payerId}`;
    case 'vendor':
      return `vendor ${owner.vendor}`;
    case 'patient':
      return 'the patient';
    case 'closed':
      return 'nobody, it is closed';
  }
}
