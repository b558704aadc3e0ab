/**
 * Sends every statement that waits, in a process of its own that may be killed: `statement-day-process.ts DATABASE_URL FOLDER AS_OF`. Prints a line per run
 * with its intents and seconds.
 */
import { dropFolder } from '../../activities/gateways/drop-folder.ts';
import { sendRun } from '../../activities/runs/send-run.ts';
import { statementWriter } from '../../activities/runs/statements.ts';
import { createPrisma } from '../../prisma/client.ts';
import { instant } from '../../rules/domain/civil-date.ts';

const [databaseUrl = '', folder = '', asOf = ''] = process.argv.slice(2);
const { prisma, close } = createPrisma(databaseUrl, 4);
const messenger = { deliver: () => Promise.resolve() };
const asked = { destination: 'statements', asOf: instant(asOf), clockShiftMs: 0, accountIds: null };
for (;;) {
  const startedAt = performance.now();
  const { intents, hasEnded, halted } = await sendRun({ prisma, gateway: dropFolder(folder), messenger }, statementWriter, asked);
  if (halted !== null) throw new Error(halted);
  if (!hasEnded) break;
  console.log(`run ${intents} ${((performance.now() - startedAt) / 1000).toFixed(2)} ${Math.round(process.memoryUsage().rss / 1e6)}`);
}
await close();
