import { createHash } from 'node:crypto';
import type { Account } from '../rules/domain/account.ts';
import type { Instant } from '../rules/domain/civil-date.ts';
import { type Agenda, agendaText, openDeadlinesText } from '../rules/lifecycle/agenda.ts';

export function agendaHash(agenda: Agenda): string {
  return sha256(agendaText(agenda));
}

/** Of an account as a turn left it. */
export function agendaOf(
  account: Account,
  { seq, terminal, wakeAt }: { readonly seq: number; readonly terminal: boolean; readonly wakeAt: Instant | null },
): Agenda {
  const nextActionAtMs = wakeAt === null ? null : Date.parse(wakeAt);
  return { seq, terminal, nextActionAtMs, deadlinesHash: sha256(openDeadlinesText(account)) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Of a deadline statement in its chain. */
export function statementHash({
  number,
  previousSha256,
  text,
}: {
  readonly number: number;
  readonly previousSha256: string;
  readonly text: string;
}): string {
  return sha256(JSON.stringify([previousSha256, number, text]));
}
