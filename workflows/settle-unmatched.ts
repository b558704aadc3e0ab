/**
 * One decision of a person about something that came in and has no account: its id is `settle:<task>`, so that two people who decide at once
 * meet here. It is settling, then delivering, and ends when the account (every one that was sent in a
 * file of ours, when a file is what was answered) was told, or with the reason why the decision was refused; a task that
 * has ended answers how, and delivers what an earlier run did not.
 */
import { deliverEvents, settle } from './proxies.ts';

export interface SettleUnmatchedInput {
  readonly taskId: string;
  readonly formId: string;
}

export type SettleUnmatchedEnd =
  | { readonly kind: 'settled'; readonly formId: string | null; readonly outcome: string; readonly accountId: string | null }
  | { readonly kind: 'refused'; readonly formId: string; readonly reason: string };

/** As in ingest-file. */
const accountsAtOnce = 200;

export async function settleUnmatched({ taskId, formId }: SettleUnmatchedInput): Promise<SettleUnmatchedEnd> {
  const settled = await settle({ taskId, formId, asOf: new Date(Date.now()).toISOString() });
  if (settled.kind === 'refused') return { ...settled, formId };
  const { fileId, clockShiftMs, outcome, accountId, isForMany } = settled;
  if (accountId !== null) {
    let { undelivered } = settled;
    const to = isForMany ? { limit: accountsAtOnce } : { accountId, limit: 1 };
    while (undelivered > 0) ({ undelivered } = await deliverEvents({ fileId, ...to, clockShiftMs }));
  }
  return { kind: 'settled', formId: settled.formId, outcome, accountId };
}
