import type { PrismaClient } from '../../prisma/client.ts';
import { describeFacility } from '../../prisma/writes/facility.ts';
import { readDifferences, readDifferenceTasks, readLatestInventory } from '../../prisma/reads/vendor-ledger.ts';
import { acceptDifference } from '../../prisma/writes/vendor-differences.ts';
import { findAccountId, readAccountFile, readStandingAccounts } from '../../prisma/reads/account-file.ts';
import type { Accounts } from '../accounts.ts';
import type { OutboundRuns } from '../outbound-runs.ts';
import type { VendorLooks } from '../vendor-looks.ts';
import { readZone } from '../../prisma/reads/shown.ts';
import { instantAt } from '../../rules/domain/civil-date.ts';
import type { Intake } from '../ingest/intake.ts';
import { encloseInvented } from '../sandbox/enclosures.ts';
import type { LedgerDoors } from './stored-vendors.ts';
import type { TemporalDoors } from './temporal-world.ts';

interface Doors {
  readonly prisma: PrismaClient;
  readonly accounts: Accounts;
  readonly intake: Intake;
  readonly runs: OutboundRuns;
  readonly vendorLooks: VendorLooks;
}

/** The doors of a running engine through which a story is played. */
export function temporalDoors({ prisma, accounts, intake, runs, vendorLooks }: Doors): TemporalDoors {
  return {
    accounts,
    describeFacility: (facility) => describeFacility(prisma, facility),
    runs,
    enclose: (about) => encloseInvented(prisma, about),
    find: async (accountNumber) => {
      const id = await findAccountId(prisma, accountNumber);
      const file = id === null ? null : await readAccountFile(prisma, id);
      return id === null || file === null ? null : { id, account: file.account };
    },
    standing: (accountNumbers) => readStandingAccounts(prisma, accountNumbers),
    ledger: ledgerDoors(prisma, vendorLooks),
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

/** What PostgreSQL keeps of differences with vendors, and of the tasks that ask about them. */
export function ledgerDoors(prisma: PrismaClient, looks: { readonly look: (asOf: string) => Promise<unknown> }): LedgerDoors {
  return {
    look: async (on) => {
      await looks.look(instantAt(on, 6, await readZone(prisma)));
    },
    standing: async () => {
      const asked = new Set((await readDifferenceTasks(prisma)).map(({ vendor, of }) => `${vendor} ${of}`));
      const standing = await readDifferences(prisma, {});
      return standing.map((one) => ({ ...one, isAsked: one.accepted === null && asked.has(`${one.vendor} ${one.kind}`) }));
    },
    accept: (id, accepted) => acceptDifference(prisma, id, accepted),
    lastListedOn: async (vendor) => (await readLatestInventory(prisma, vendor))?.asOf ?? null,
  };
}
