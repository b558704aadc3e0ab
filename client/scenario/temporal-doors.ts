import type { PrismaClient } from '../../prisma/client.ts';
import { findAccountId, readAccountFile, readStandingAccounts } from '../../prisma/reads/account-file.ts';
import type { Accounts } from '../accounts.ts';
import type { OutboundRuns } from '../outbound-runs.ts';
import type { Intake } from '../ingest/intake.ts';
import { encloseInvented } from '../sandbox/enclosures.ts';
import type { TemporalDoors } from './temporal-world.ts';

interface Doors {
  readonly prisma: PrismaClient;
  readonly accounts: Accounts;
  readonly intake: Intake;
  readonly runs: OutboundRuns;
}

/** The doors of a running engine through which a story is played. */
export function temporalDoors({ prisma, accounts, intake, runs }: Doors): TemporalDoors {
  return {
    accounts,
    runs,
    enclose: (about) => encloseInvented(prisma, about),
    find: async (accountNumber) => {
      const id = await findAccountId(prisma, accountNumber);
      const file = id === null ? null : await readAccountFile(prisma, id);
      return id === null || file === null ? null : { id, account: file.account };
    },
    standing: (accountNumbers) => readStandingAccounts(prisma, accountNumbers),
    ingest: async ({ name, text, receivedAt, clockShiftMs }) => {
      const outcome = await intake.ingest({ name, content: Buffer.from(text, 'latin1'), receivedAt, clockShiftMs });
      switch (outcome.kind) {
        case 'stored':
        case 'alreadyRead':
          return null;
        case 'partlyStored':
        case 'refused':
          return outcome.message;
        case 'interrupted':
          return `workflow ${outcome.workflowId} was ended from outside`;
      }
    },
  };
}
