import type { Account } from '../domain/account.ts';
import type { AssistanceApplication, AssistanceStanding } from '../domain/assistance.ts';
import type { AccountEvent } from '../domain/event.ts';

const nothing: AssistanceStanding = { applications: [], notices: [], screening: null };

const fresh = { status: 'received', missing: [], dueOn: null, completeOn: null, decision: null } as const;

const open: ReadonlySet<AssistanceApplication['status']> = new Set(['received', 'late', 'incomplete', 'complete', 'proposed']);

/** The one that waits for something; whatever comes meanwhile, under any id, belongs to it. */
export function openApplication({ assistance = nothing }: Account): AssistanceApplication | null {
  return assistance.applications.findLast(isOpen) ?? null;
}

export function isOpen({ status }: AssistanceApplication): boolean {
  return open.has(status);
}

/** Those that came to this account; others of the person it only follows. */
export function ledHere({ assistance = nothing }: Account): readonly AssistanceApplication[] {
  return assistance.applications.filter(({ elsewhere }) => elsewhere === undefined);
}

/** Applications, screening, and notices that went out. */
export function evolveAssistance(account: Account, event: AccountEvent): Account {
  const standing = account.assistance ?? nothing;
  switch (event.kind) {
    case 'assistanceApplied': {
      const isKnown = standing.applications.some(({ id }) => id === event.applicationId);
      if (isKnown || openApplication(account) !== null) return account;
      const came = { ...fresh, id: event.applicationId, receivedOn: event.on };
      return { ...account, assistance: { ...standing, applications: [...standing.applications, came] } };
    }
    case 'assistanceJoined': {
      const joined = { ...fresh, id: event.applicationId, receivedOn: event.receivedOn, elsewhere: true as const };
      return { ...account, assistance: { ...standing, applications: [...standing.applications, joined] } };
    }
    case 'assistanceScreened':
      return { ...account, assistance: { ...standing, screening: { result: event.result, on: event.on } } };
    case 'assistanceMoved': {
      const { status, missing = [], dueOn = null } = event;
      const completeOn = status === 'complete' ? { completeOn: event.on } : {};
      return withApplication(account, event.applicationId, ({ proposed: _p, ...a }) => ({ ...a, status, missing, dueOn, ...completeOn }));
    }
    case 'assistanceProposed': {
      const { id: _id, occurredAt: _at, kind: _kind, applicationId, ...proposed } = event;
      return withApplication(account, applicationId, (a) => ({ ...a, status: 'proposed', proposed }));
    }
    case 'assistanceDecided': {
      const { id: _id, occurredAt: _at, kind: _kind, applicationId, ...decision } = event;
      const status = decision.discountPercent > 0 ? 'approved' : 'denied';
      return withApplication(account, applicationId, ({ proposed: _p, ...a }) => ({ ...a, status, missing: [], dueOn: null, decision }));
    }
    case 'commandCarriedOut': {
      const isNotice = account.commands.find((c) => c.command.key === event.key)?.command.kind === 'sendCollectionNotice';
      if (!isNotice || event.result !== 'sent') return account;
      return { ...account, assistance: { ...standing, notices: [...standing.notices, { key: event.key, on: event.on }] } };
    }
    default:
      return account;
  }
}

function withApplication(account: Account, id: string, change: (a: AssistanceApplication) => AssistanceApplication): Account {
  if (account.assistance === undefined) return account;
  const applications = account.assistance.applications.map((a) => (a.id === id ? change(a) : a));
  return { ...account, assistance: { ...account.assistance, applications } };
}
