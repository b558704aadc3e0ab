import type { Gateway } from '../../activities/dependencies.ts';
import { sendRun } from '../../activities/runs/send-run.ts';
import { statementWriterOf } from '../../activities/runs/statements.ts';
import type { PatientContacts } from '../../activities/statements/contacts.ts';
import { shippedStatementPolicies } from '../../activities/statements/policies.ts';
import type { StoredWorld } from './stored-world.ts';

/** One run of statements under other contact rules than the world's own; what leaves is among what the world delivered. */
export function sendStatements(world: StoredWorld, contacts: PatientContacts) {
  const gateway: Gateway = {
    deliver: ({ files }) => {
      for (const { content, ...file } of files) world.delivered.push({ ...file, content: Buffer.from(content).toString('utf8') });
      return Promise.resolve('taken');
    },
    find: () => Promise.resolve({ kind: 'absent' }),
  };
  const sending = { prisma: world.store.prisma, gateway, messenger: { deliver: () => Promise.resolve() } };
  const writer = statementWriterOf({ policies: shippedStatementPolicies(), contacts });
  return sendRun(sending, writer, { destination: 'statements', asOf: world.now, clockShiftMs: 0, accountIds: null });
}
