import type { Account } from '../../rules/domain/account.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { type TaskForm, type TaskOutcome, taskOutcomes } from '../../rules/domain/task.ts';
import type { Deed } from './format.ts';

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
    ...(deed.on === undefined ? {} : { on: deed.on }),
    ...(deed.reference === undefined ? {} : { reference: deed.reference }),
    ...(deed.authorization === undefined ? {} : { authorizationNumber: deed.authorization }),
    ...(deed.member === undefined ? {} : { memberId: deed.member }),
    ...(deed.renderingNpi === undefined ? {} : { renderingProviderNpi: deed.renderingNpi }),
    ...(deed.instalment === undefined ? {} : { instalmentCents: deed.instalment }),
    ...(deed.evidence === undefined ? {} : { evidence: deed.evidence }),
    ...(deed.level === undefined ? {} : { answeredLevel: deed.level }),
  };
}

/** A story names a task by its kind or by its id. @returns the id, or null when no such task is open (an id is taken as it is). */
export function openTaskOf(account: Account, deed: Deed): string | null {
  if (/^t\d+$/.test(deed.task)) return deed.task;
  return account.tasks.find((t) => t.status === 'open' && t.kind === deed.task)?.id ?? null;
}
