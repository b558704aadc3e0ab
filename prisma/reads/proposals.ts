import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf, civilOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface ProposalEntry {
  readonly accountId: string;
  readonly accountNumber: string;
  /** Of the task that asks for the yes. */
  readonly taskId: string;
  readonly kind: string;
  readonly state: string;
  readonly what: string;
  readonly why: string;
  readonly amountCents: Cents;
  readonly composedBy: string;
  readonly composedOn: CivilDate;
  readonly reviewer: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedOn: CivilDate | null;
  readonly reviewedAs: string | null;
  readonly outcome: string | null;
  readonly commandKey: string | null;
  readonly receipt: string | null;
}

export interface ProposalsQuestion {
  readonly states: readonly string[];
  readonly accountId?: string;
  readonly limit: number;
}

/** The oldest first. */
export async function readProposals(db: Database, { states, accountId, limit }: ProposalsQuestion): Promise<readonly ProposalEntry[]> {
  const rows = await db.proposal.findMany({
    where: { facilityId, state: { in: [...states] }, ...(accountId === undefined ? {} : { accountId }) },
    orderBy: [{ composedOn: 'asc' }, { accountId: 'asc' }, { localId: 'asc' }],
    take: limit,
    include: { account: { select: { accountNumber: true } } },
  });
  return rows.map(({ account, localId: taskId, amountCents, composedOn, reviewedOn, organisationId: _o, facilityId: _f, ...row }) => {
    const dates = { composedOn: civilOf(composedOn), reviewedOn: civilOrNull(reviewedOn) };
    return { ...row, ...dates, taskId, amountCents: centsOf(amountCents), accountNumber: account.accountNumber };
  });
}
