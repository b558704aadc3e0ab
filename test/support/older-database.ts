import type { PrismaClient } from '../../prisma/client.ts';

/** What hangs on an account, children last. */
const tables = ['AccountEvent', 'Advance', 'LedgerLine', 'DenialRecord', 'Task', 'TaskForm', 'Deadline', 'Decision', 'Placement', 'Intent'];

/** Keeps an account's rows as a backup would. @returns what puts them back, as if an older database were restored */
export async function backUp(prisma: PrismaClient, accountId: string): Promise<() => Promise<void>> {
  const tag = accountId.replaceAll('-', '').slice(-12);
  const run = (sql: string): Promise<number> => prisma.$executeRawUnsafe(sql);
  const kept = (table: string): string => `"kept_${table}_${tag}"`;
  for (const table of tables) await run(`CREATE TABLE ${kept(table)} AS SELECT * FROM "${table}" WHERE "accountId" = '${accountId}'`);
  await run(`CREATE TABLE ${kept('Account')} AS SELECT * FROM "Account" WHERE "id" = '${accountId}'`);
  return async () => {
    await run(`DELETE FROM "OutboundFile" WHERE "intentId" IN (SELECT "id" FROM "Intent" WHERE "accountId" = '${accountId}')`);
    for (const table of tables) {
      await run(`DELETE FROM "${table}" WHERE "accountId" = '${accountId}'`);
      await run(`INSERT INTO "${table}" SELECT * FROM ${kept(table)}`);
    }
    const columns = [
      'seq',
      'phase',
      'ownerKind',
      'ownerName',
      'queue',
      'balanceCents',
      'nextActionAt',
      'wakeReason',
      'terminal',
      'projection',
    ];
    const sets = [...columns, 'agendaHash'].map((column) => `"${column}" = k."${column}"`).join(', ');
    await run(`UPDATE "Account" a SET ${sets} FROM ${kept('Account')} k WHERE a."id" = k."id"`);
  };
}
