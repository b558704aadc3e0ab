import { civilDateAt, instant } from '../../rules/domain/civil-date.ts';
import type { Command } from '../../rules/domain/event.ts';
import { inTransaction, type Transaction } from '../../prisma/client.ts';
import { readZone } from '../../prisma/reads/shown.ts';
import { beginAttempt, settleAttempt } from '../../prisma/writes/intents.ts';
import { gather } from '../../prisma/writes/runs.ts';
import { restored, type Sending } from '../carry-out.ts';
import { refuse } from '../failures.ts';
import type { CommandInput } from '../index.ts';

/** Leaves a command for the next run to its destination. Again and again it is gathered once. */
export async function gatherFor(
  { prisma }: Pick<Sending, 'prisma'>,
  input: CommandInput,
  destinationOf: (command: Command) => string,
): Promise<{ readonly eventId: string | null }> {
  const { accountId, key } = input;
  return inTransaction(prisma, async (tx) => {
    const gathered = await gather(tx, { accountId, key, at: instant(input.asOf), destinationOf });
    if (gathered === null) throw refuse('command.unknown', `account ${accountId} never issued command ${key}`);
    if (gathered.eventId !== null) return { eventId: gathered.eventId };
    return input.mayHaveGone === true && !gathered.wasKnown ? { eventId: await inDoubt(tx, input) } : { eventId: null };
  });
}

/** An older database was restored: a run may have sent it. */
async function inDoubt(tx: Transaction, { accountId, key, asOf }: CommandInput): Promise<string> {
  const attempt = await beginAttempt(tx, accountId, key, instant(asOf));
  if (attempt === null) throw refuse('command.unknown', `account ${accountId} never issued command ${key}`);
  const on = civilDateAt(attempt.at, await readZone(tx));
  return settleAttempt(tx, { accountId, attempt, on, ...restored, submissionKey: null });
}
