import type { Client } from '@temporalio/client';
import { createActivities } from '../activities/create.ts';
import { proofActivities } from '../activities/deadline-proof.ts';
import { outboundOf } from '../activities/gateways/channels.ts';
import type { Activities, ProofActivities } from '../activities/index.ts';
import { letterOffice } from '../activities/letters/office.ts';
import { statementOffice } from '../activities/statements/office.ts';
import { storedRules } from '../activities/rule-library.ts';
import { shadowBook } from '../activities/shadow-book.ts';
import { type Accounts, createAccounts } from '../client/accounts.ts';
import { createDeadlineProofs, type DeadlineProofs } from '../client/deadline-proof.ts';
import { createIntake, type Intake } from '../client/ingest/intake.ts';
import { knowledgeOf, ruleVersionOf, shippedFiles } from '../client/knowledge.ts';
import { createOutboundRuns, type OutboundRuns } from '../client/outbound-runs.ts';
import { createRuleOffice, type RuleOffice } from '../client/rule-office.ts';
import { createSettling, type Settling } from '../client/settling.ts';
import { openSigner } from '../client/statement-key.ts';
import type { LetterDoor } from '../client/letters.ts';
import { connectTemporal, type TemporalPlace } from '../client/temporal.ts';
import { timersOf } from '../client/timers.ts';
import { createVendorLooks, type VendorLooks } from '../client/vendor-looks.ts';
import { createPrisma, type PrismaClient } from '../prisma/client.ts';
import { publishShipped } from '../prisma/writes/rule-versions.ts';
import { submitSettlement, submitTaskForm } from '../prisma/writes/task-form.ts';

export interface Places {
  readonly databaseUrl: string;
  readonly temporal: TemporalPlace;
  readonly taskQueue: string;
  readonly dataFolder: string;
}

/** The house with its floors joined: what activities need is below them, and the one way back up is the accounts' façade. */
export interface Composition {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly accounts: Accounts;
  readonly intake: Intake;
  readonly settling: Settling;
  readonly activities: Activities & ProofActivities;
  readonly rules: RuleOffice;
  readonly deadlines: DeadlineProofs;
  readonly runs: OutboundRuns;
  readonly vendorLooks: VendorLooks;
  readonly letters: LetterDoor;
  close(): Promise<void>;
}

/** @throws RuleSetFault or DomainError when the rules or the reference data are broken; a connection error when a server is away */
export async function compose({ databaseUrl, temporal, taskQueue, dataFolder }: Places): Promise<Composition> {
  const shipped = ruleVersionOf(shippedFiles());
  const signer = openSigner(process.env, dataFolder);
  const client = await connectTemporal(temporal);
  const { prisma, close } = createPrisma(databaseUrl);
  await publishShipped(prisma, shipped);
  const report = (line: string) => console.error(line);
  const book = shadowBook(prisma, report);
  const library = storedRules({ knowledgeOf, versionOf: ruleVersionOf, report, book });
  const accounts = createAccounts({ client, taskQueue, submitForm: (submitted) => submitTaskForm(prisma, submitted) });
  const outbound = outboundOf(dataFolder, process.env);
  return {
    prisma,
    client,
    accounts,
    intake: createIntake({ client, taskQueue, prisma }),
    activities: {
      ...createActivities({ prisma, rules: library, messenger: accounts, ...outbound }),
      ...proofActivities({ prisma, timers: timersOf({ client, taskQueue }), signer }),
    },
    settling: createSettling({ client, taskQueue, submitSettlement: (submitted) => submitSettlement(prisma, submitted) }),
    letters: { ...letterOffice({ prisma, routes: outbound.routes }), ...statementOffice({ prisma }) },
    rules: createRuleOffice({ prisma, client, taskQueue }),
    deadlines: createDeadlineProofs({ prisma, client, taskQueue }),
    runs: createOutboundRuns({ prisma, client, taskQueue }),
    vendorLooks: createVendorLooks({ prisma, client, taskQueue }),
    close: async () => {
      await client.connection.close();
      await book.settled();
      await close();
    },
  };
}
