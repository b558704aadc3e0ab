import type { Account } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';
import { isRestored } from './restored.ts';

/** What people tell an account beside outcomes: who works a task, what they do otherwise than a rule, what they take back. */
export function evolvePeople(account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'taskAssigned':
      return {
        ...account,
        tasks: account.tasks.map((t) =>
          t.id === event.taskId && t.status === 'open' ? { ...t, assignee: event.to, queue: event.queue ?? t.queue } : t,
        ),
      };
    case 'decisionOverridden': {
      const { id: _id, occurredAt: _at, kind: _kind, caseId: _caseId, formId: _formId, ...said } = event;
      return { ...account, overrides: [...(account.overrides ?? []), said] };
    }
    case 'stepUndone':
      return restore(account, event);
    default:
      return account;
  }
}

/** An account has no list of overrides before the first. */
function restore(account: Account, { restores, undoes: formId, tasks, decisions }: Extract<AccountEvent, { kind: 'stepUndone' }>): Account {
  if (!isRestored(restores)) return account;
  const { overrides, ...rest } = { ...account, ...restores };
  const undone = [...(account.undone ?? []), { formId, tasks, decisions }];
  return { ...rest, ...(overrides === undefined || overrides.length === 0 ? {} : { overrides }), undone };
}
