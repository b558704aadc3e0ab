import type { Account } from '../../rules/domain/account.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { type Instruction, overrideReasons } from '../../rules/domain/instruction.ts';
import { type TaskForm, type TaskOutcome, taskOutcomes } from '../../rules/domain/task.ts';
import type { Deed } from './format.ts';
import { assistanceFormOf } from './format-assistance.ts';

const outcomes: ReadonlySet<string> = new Set(Object.values(taskOutcomes).flat());

function isOutcome(text: string): text is TaskOutcome {
  return outcomes.has(text);
}

/** @throws DomainError `task.unknown-outcome` when no kind of task has such an outcome. */
export function outcomeNamed(text: string): TaskOutcome {
  if (!isOutcome(text))
    throw new DomainError('task.unknown-outcome', `no task has the outcome "${text}"; outcomes are ${[...outcomes].join(', ')}`);
  return text;
}

/** The form a person fills in, from the words of the story. */
export function formOf(deed: Deed): TaskForm {
  return {
    outcome: outcomeNamed(deed.outcome),
    by: deed.by ?? (deed.task.startsWith('approve') ? 'sam.supervisor' : 'pat.accounts'),
    ...roleOf(deed),
    ...assistanceFormOf(deed),
    ...(deed.on === undefined ? {} : { on: deed.on }),
    ...(deed.reference === undefined ? {} : { reference: deed.reference }),
    ...(deed.authorization === undefined ? {} : { authorizationNumber: deed.authorization }),
    ...(deed.member === undefined ? {} : { memberId: deed.member }),
    ...(deed.payer === undefined ? {} : { payerId: deed.payer }),
    ...(deed.filing === undefined ? {} : { filingIndicator: deed.filing }),
    ...(deed.renderingNpi === undefined ? {} : { renderingProviderNpi: deed.renderingNpi }),
    ...(deed.instalment === undefined ? {} : { instalmentCents: deed.instalment }),
    ...(deed.evidence === undefined ? {} : { evidence: deed.evidence }),
    ...(deed.level === undefined ? {} : { answeredLevel: deed.level }),
  };
}

/** In a story whoever approves is a supervisor, unless told. */
function roleOf({ role, task }: Deed): Pick<TaskForm, 'role'> {
  const stated = role ?? (task.startsWith('approve') ? 'supervisor' : undefined);
  return stated === undefined ? {} : { role: stated };
}

/** What a person tells the account in place of an outcome. @throws DomainError `instruction.incomplete` */
export function instructionOf(deed: Deed, taskId: string): Instruction {
  const by = deed.by ?? 'pat.accounts';
  switch (deed.do) {
    case 'take':
    case 'drop':
      return { do: deed.do, taskId, by };
    case 'give':
      return { do: 'give', taskId, by, to: told(deed, 'to'), ...(deed.queue === undefined ? {} : { queue: deed.queue }) };
    case 'override': {
      const reason = overrideReasons.find((r) => r === deed.reason);
      if (reason === undefined) throw incomplete(deed, `reason, one of ${overrideReasons.join(', ')}`);
      return { do: 'override', taskId, by, action: told(deed, 'action'), reason };
    }
    case 'undo':
      return { do: 'undo', by, reason: deed.reason ?? 'by mistake', ...(taskId === '' ? {} : { taskId }) };
    case 'hold':
      return { do: 'hold', by, hold: told(deed, 'hold'), ...(deed.review === undefined ? {} : { reviewOn: deed.review }) };
    case 'estimate':
      return { do: 'estimate', by, cents: told(deed, 'amount'), ...(deed.on === undefined ? {} : { givenOn: deed.on }) };
    case 'release':
      return { do: 'release', by, hold: told(deed, 'hold') };
    case 'promise':
      return { do: 'promise', by, cents: told(deed, 'amount'), dueOn: told(deed, 'due') };
    case undefined:
      throw incomplete(deed, 'do');
  }
}

function told<K extends 'to' | 'action' | 'hold' | 'amount' | 'due'>(deed: Deed, name: K): NonNullable<Deed[K]> {
  const given = deed[name];
  if (given === undefined || given === null) throw incomplete(deed, name);
  return given;
}

function incomplete(deed: Deed, what: string): DomainError {
  return new DomainError('instruction.incomplete', `"do: ${deed.do ?? ''}" needs ${what}`);
}

/** The task an instruction is about, by its kind or id; an undone one is done. '' when it names none. */
export function taskToldOf(account: Account, deed: Deed): string {
  if (deed.task === '' || /^t\d+$/.test(deed.task)) return deed.task;
  const status = deed.do === 'undo' ? 'done' : 'open';
  return account.tasks.findLast((t) => t.kind === deed.task && t.status === status)?.id ?? deed.task;
}

/** A story names a task by its kind or by its id. @returns the id, or null when no such task is open (an id is taken as it is). */
export function openTaskOf(account: Account, deed: Deed): string | null {
  if (/^t\d+$/.test(deed.task)) return deed.task;
  return account.tasks.find((t) => t.status === 'open' && t.kind === deed.task)?.id ?? null;
}
