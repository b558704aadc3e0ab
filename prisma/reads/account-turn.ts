import type { AccountEvent, Command } from '../../rules/domain/event.ts';
import type { PastEvent, SubmittedForm, SubmittedInstruction } from '../../rules/lifecycle/contract.ts';
import type { Database, Transaction } from '../client.ts';
import { commandOf, eventOf, submittedOf } from '../convert.ts';
import type { Prisma } from '../generated/client.ts';

export interface LockedAccount {
  readonly seq: number;
  readonly openedAt: Date;
  readonly projection: Prisma.JsonValue;
}

/** Takes the account's row for this transaction, so that turns of one account come one after another. Null when there is no such account. */
export async function lockAccount(tx: Transaction, accountId: string): Promise<LockedAccount | null> {
  // NO KEY: a file that brings new events for the account need not wait.
  const rows = await tx.$queryRaw<LockedAccount[]>`
    SELECT "seq", "openedAt", "projection" FROM "Account" WHERE "id" = ${accountId}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** What the turn of that seq answered, or null when it was not taken. */
export async function readAdvance(db: Database, accountId: string, seq: number): Promise<Prisma.JsonValue | null> {
  const advance = await db.advance.findUnique({ where: { accountId_seq: { accountId, seq } }, select: { result: true } });
  return advance?.result ?? null;
}

/** Facts of the world not yet folded, in the order in which they came. */
export async function readUnapplied(db: Database, accountId: string): Promise<readonly AccountEvent[]> {
  const where = { accountId, position: null };
  const rows = await db.accountEvent.findMany({ where, orderBy: { ordinal: 'asc' }, select: { id: true, occurredAt: true, body: true } });
  return rows.map(eventOf);
}

/** The named forms that are still waiting for an answer, in the order in which they were submitted. */
export async function readSubmittedForms(
  db: Database,
  accountId: string,
  formIds: readonly string[],
): Promise<readonly (SubmittedForm | SubmittedInstruction)[]> {
  if (formIds.length === 0) return [];
  const where = { id: { in: [...formIds] }, accountId, status: 'submitted' };
  const rows = await db.taskForm.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map(submittedOf);
}

/** Everything that turns have taken, in order: what an undo folds again. */
export async function readHistory(db: Database, accountId: string): Promise<readonly PastEvent[]> {
  const where = { accountId, position: { not: null } };
  const select = { id: true, occurredAt: true, body: true, appliedSeq: true } as const;
  const rows = await db.accountEvent.findMany({ where, orderBy: { position: 'asc' }, select });
  return rows.map((row) => ({ seq: row.appliedSeq ?? 0, event: eventOf(row) }));
}

/** Commands that were issued and not attempted to their end: a run that starts carries them out. */
export async function readIssuedCommands(db: Database, accountId: string): Promise<readonly Command[]> {
  const where = { accountId, status: { in: ['issued', 'unknown'] }, eventId: null };
  const rows = await db.intent.findMany({ where, orderBy: { controlNumber: 'asc' } });
  return rows.map(commandOf);
}
