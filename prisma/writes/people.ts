import type { Account } from '../../rules/domain/account.ts';
import type { AccountEvent } from '../../rules/domain/event.ts';
import { proposalsOf } from '../../rules/lifecycle/proposals.ts';
import type { Transaction } from '../client.ts';
import { proposalRow } from './account-rows.ts';
import { insertAll, upsertAll } from './bulk.ts';

interface Said {
  readonly before: Account;
  readonly advanced: { readonly account: Account; readonly events: readonly AccountEvent[] };
}

/** Who did otherwise than a rule, and what stands before whose yes. */
export async function writePeople(tx: Transaction, { before, advanced: { account, events } }: Said): Promise<void> {
  const overrides = events.flatMap((event) => (event.kind === 'decisionOverridden' ? [overrideRow(account.id, event)] : []));
  await insertAll(tx, 'Override', overrides);
  for (const event of events)
    if (event.kind === 'stepUndone')
      await tx.override.updateMany({ where: { accountId: account.id, formId: event.undoes }, data: { isUndone: true } });
  await writeProposals(tx, before, account);
}

function overrideRow(accountId: string, event: Extract<AccountEvent, { kind: 'decisionOverridden' }>) {
  const { formId, decisionId, ruleId, point, ruleAction, action, reason, by, on } = event;
  return { accountId, formId, decisionId, ruleId, point, ruleAction, action, reason, by, on };
}

/** Only what changed; a proposal whose task an undo took away is withdrawn. */
async function writeProposals(tx: Transaction, before: Account, account: Account): Promise<void> {
  if (before.tasks === account.tasks && before.commands === account.commands) return;
  const old = proposalsOf(before);
  const now = proposalsOf(account);
  const stood = new Map(old.map((proposal) => [proposal.id, JSON.stringify(proposal)]));
  const stands = new Set(now.map(({ id }) => id));
  const changed = now.filter((proposal) => stood.get(proposal.id) !== JSON.stringify(proposal));
  const gone = old.filter(({ id }) => !stands.has(id)).map((proposal) => ({ ...proposal, state: 'withdrawn' as const }));
  const rows = [...changed, ...gone].map((proposal) => proposalRow(account, proposal));
  await upsertAll(tx, 'Proposal', ['accountId', 'localId'], rows);
}
