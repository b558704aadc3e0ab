import type { Account, IssuedCommand } from '../domain/account.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import type { Role } from '../domain/role.ts';
import type { Subject, Task, TaskKind, TaskOutcome } from '../domain/task.ts';

export const proposalStates = ['composed', 'inReview', 'accepted', 'rejected', 'withdrawn', 'carriedOut', 'failed'] as const;
export type ProposalState = (typeof proposalStates)[number];

/** What a rule or a person proposes and what happens only after somebody's yes: money posted, or something that leaves the house. */
export interface Proposal {
  /** Of the task that asks for the yes. */
  readonly id: string;
  readonly kind: 'writeOff' | 'refund' | 'award' | 'letter' | 'documents' | 'claim' | 'sending';
  readonly state: ProposalState;
  readonly what: string;
  readonly why: string;
  readonly subject: Subject;
  readonly amountCents: number;
  /** A person, or `rule <id>`. */
  readonly composedBy: string;
  readonly composedOn: CivilDate;
  /** Who works on it; null while nobody took it. */
  readonly reviewer: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedOn: CivilDate | null;
  /** As that person stated it. */
  readonly reviewedAs: Role | null;
  readonly outcome: TaskOutcome | null;
  /** The command that carries it out; null before the yes. */
  readonly commandKey: string | null;
  /** The receipt of what was carried out. */
  readonly receipt: string | null;
}

const kinds: Partial<Readonly<Record<TaskKind, Proposal['kind']>>> = {
  approveWriteOff: 'writeOff',
  approveRefund: 'refund',
  approveAward: 'award',
  prepareAppeal: 'letter',
  prepareReconsideration: 'letter',
  prepareDocuments: 'documents',
  answerRequest: 'documents',
  correctClaim: 'claim',
  approveSending: 'sending',
};

const noes: ReadonlySet<TaskOutcome | null> = new Set(['declined', 'notDisputable', 'cannotCorrect', 'cannotAnswer']);

/** In the order in which they were composed. Derived from tasks and commands, so it can be no other than what happened. */
export function proposalsOf(account: Account): readonly Proposal[] {
  return account.tasks.flatMap((task) => {
    const kind = kinds[task.kind];
    // One that asks the patient sends the payer nothing.
    const asksPatient = task.kind === 'answerRequest' && task.attachmentControlNumber === undefined;
    return kind === undefined || asksPatient ? [] : [proposalOf(account, task, kind)];
  });
}

function proposalOf(account: Account, task: Task, kind: Proposal['kind']): Proposal {
  const command = commandOf(account, task);
  const closed = task.status === 'done';
  return {
    id: task.id,
    kind,
    state: stateOf(task, command),
    what: task.title,
    why: task.reason,
    subject: task.subject,
    amountCents: task.amountCents,
    composedBy: task.proposedBy ?? `rule ${task.ruleId}`,
    composedOn: task.openedOn,
    reviewer: task.assignee ?? null,
    reviewedBy: closed ? task.closedBy : null,
    reviewedOn: closed ? task.closedOn : null,
    reviewedAs: task.closedAs ?? null,
    outcome: task.outcome,
    commandKey: command?.command.key ?? null,
    receipt: command?.receipt ?? null,
  };
}

/** What was sent again after it did not arrive is the same proposal. */
function commandOf(account: Account, { id, of }: Task): IssuedCommand | undefined {
  return account.commands.findLast(({ command: { params } }) => params.proposal === id || params.formTask === (of ?? id));
}

function stateOf(task: Task, command: IssuedCommand | undefined): ProposalState {
  if (task.status === 'withdrawn') return 'withdrawn';
  if (task.status === 'open') return (task.assignee ?? null) === null ? 'composed' : 'inReview';
  if (noes.has(task.outcome)) return 'rejected';
  if (command?.status === 'sent') return 'carriedOut';
  return command?.status === 'refused' ? 'failed' : 'accepted';
}
