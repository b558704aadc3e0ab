import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createPrisma, type PrismaClient } from '../prisma/client.ts';
import { submitSettlement, submitTaskForm } from '../prisma/writes/task-form.ts';
import { DomainError, invariant } from '../rules/domain/failures.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { type AssistanceDesk, assistanceDesk } from './assistance.ts';
import { applicationFile, type EnteredApplication } from './assistance-file.ts';
import { type Attachments, attachmentsOf } from './attachments.ts';
import { type BulkOffice, createBulkOffice } from './bulk.ts';
import { type ContactOffice, contactOfficeOn } from './contacts.ts';
import { dataFolderOf, type Environment, findEngine } from './config.ts';
import { createDeadlineProofs, type DeadlineProofs } from './deadline-proof.ts';
import { examine } from './doctor.ts';
import { createIntake, type Intake, type ReceivedFile } from './ingest/intake.ts';
import { type GuarantorOffice, guarantorsOn } from './guarantors.ts';
import { type LetterDoor, lettersThrough } from './letters.ts';
import { createOutboundRuns, type OutboundRuns } from './outbound-runs.ts';
import { createPlanOffice, type PlanOffice } from './plan-office.ts';
import { type Reads, readsOf } from './reads.ts';
import { createRuleOffice, type RuleOffice } from './rule-office.ts';
import { type RuleTrials, ruleTrialsOn } from './rule-trials.ts';
import { createSettling, type Settling } from './settling.ts';
import { temporalDoors } from './scenario/temporal-doors.ts';
import type { TemporalDoors } from './scenario/temporal-world.ts';
import { connectionOptions, TASK_QUEUE } from './temporal.ts';
import { type VendorLedger, vendorLedgerOf } from './vendor-ledger.ts';
import { createVendorLooks, type VendorLooks } from './vendor-looks.ts';
import type { DoctorCheck, FileView, TakenFile } from './views/work-shapes.ts';

export interface FileToTakeIn {
  readonly name: string;
  /** A large file as a stream of its bytes. */
  readonly content: ReceivedFile['content'];
  /** Told twice a second how far its reading is. */
  readonly onProgress?: (file: FileView) => void;
}

/** A running engine, as one more process of this machine uses it. */
export interface Engine {
  readonly reads: Reads;
  /** `completeTask` answers when what the outcome set in motion is done too, or after a few seconds. */
  readonly accounts: Pick<Accounts, 'completeTask' | 'tell' | 'advanceDays' | 'state'>;
  /** Ends a task that has no account; answers when what it set in motion is done too, or after a few seconds. */
  readonly settle: Settling['settle'];
  /** Returns when the file is read and every account concerned has been told, or when it was refused. */
  readonly takeIn: (file: FileToTakeIn) => Promise<TakenFile>;
  readonly examine: () => Promise<DoctorCheck[]>;
  /** Where the payer rules are changed. */
  readonly rules: RuleOffice;
  readonly deadlines: DeadlineProofs;
  /** What is gathered and sent together. */
  readonly runs: OutboundRuns;
  /** What a change of the rules would do, and what they do not answer. */
  readonly trials: RuleTrials;
  /** Documents that go with letters. */
  readonly attachments: Attachments;
  readonly letters: LetterDoor;
  /** One contact ledger per person, for us and all vendors. */
  readonly contacts: ContactOffice;
  /** The people who owe. */
  readonly guarantors: GuarantorOffice;
  readonly assistance: AssistanceDesk & {
    /** An application came; answers when what follows from it is done too, or after a few seconds. The same again changes nothing. */
    readonly apply: (accountId: string, application: EnteredApplication) => Promise<TakenFile>;
  };
  /** The same done to many tasks. */
  readonly bulk: BulkOffice;
  /** The ledger between vendors and us. */
  readonly vendors: VendorLedger;
  /** Payments of patients, and plans for them. */
  readonly plans: PlanOffice;
  /** What a scenario needs to be played here. */
  readonly doors: TemporalDoors;
  close(): Promise<void>;
}

export interface EngineParts {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly accounts: Accounts;
  readonly intake: Intake;
  readonly settling: Settling;
  readonly rules: RuleOffice;
  readonly deadlines: DeadlineProofs;
  readonly letters: LetterDoor;
  readonly runs: OutboundRuns;
  readonly vendorLooks: VendorLooks;
}

/** A person does not wait longer to see what their outcome set in motion; it happens all the same. */
const patienceMs = 3_000;

/** What a way in may ask, on connections that somebody else opened and will close. */
export function engineOn(parts: EngineParts): Omit<Engine, 'close'> {
  const { prisma, client, accounts, intake, settling, rules, deadlines, letters, runs, vendorLooks } = parts;
  const reads = readsOf(prisma);
  const seenThrough = (accountId: string) =>
    Promise.race([accounts.whenSettled(accountId).catch(() => null), sleep(patienceMs, null, { ref: false })]);
  const takeIn: Engine['takeIn'] = async ({ name, content, onProgress }) => {
    const registered = await intake.register({ name, content, receivedAt: new Date(), clockShiftMs: 0 });
    const { fileId, isKnown } = registered;
    const watching = onProgress === undefined ? null : watch(() => reads.file(fileId), onProgress);
    const outcome = await intake.outcome(registered, name).finally(() => watching?.stop());
    const file = await reads.file(fileId);
    invariant(file !== null, 'a file that was taken in is stored');
    if (isKnown && (outcome.kind === 'stored' || outcome.kind === 'partlyStored'))
      return { ...file, outcome: 'alreadyRead', readAs: file.name };
    return { ...file, outcome: outcome.kind, readAs: outcome.kind === 'alreadyRead' ? outcome.as : null };
  };
  return {
    reads,
    accounts: {
      ...accounts,
      completeTask: async (accountId, task) => {
        const answer = await accounts.completeTask(accountId, task);
        if (answer.kind === 'done') await seenThrough(accountId);
        return answer;
      },
      tell: async (accountId, telling) => {
        const answer = await accounts.tell(accountId, telling);
        if (answer.kind === 'done') await seenThrough(accountId);
        return answer;
      },
    },
    settle: async (submitted) => {
      const answer = await settling.settle(submitted);
      if (answer.kind === 'done' && answer.accountId !== null) await seenThrough(answer.accountId);
      return answer;
    },
    takeIn,
    examine: () => examine({ prisma, client, accounts }),
    bulk: createBulkOffice({ prisma, accounts, letters }),
    plans: createPlanOffice({ prisma, takeIn, seenThrough: async (accountId) => void (await seenThrough(accountId)) }),
    trials: ruleTrialsOn(prisma),
    rules,
    deadlines,
    runs,
    letters,
    guarantors: guarantorsOn({ prisma, accounts }),
    attachments: attachmentsOf(prisma),
    contacts: contactOfficeOn(prisma),
    vendors: vendorLedgerOf(prisma),
    assistance: {
      ...assistanceDesk(prisma),
      apply: async (accountId, application) => {
        const taken = await takeIn(applicationFile(application));
        await seenThrough(accountId);
        return taken;
      },
    },
    doors: temporalDoors({ prisma, accounts, intake, runs, vendorLooks }),
  };
}

/** What cannot be seen now will be seen at the next look. */
function watch(look: () => Promise<FileView | null>, tell: (file: FileView) => void): { readonly stop: () => void } {
  const timer = setInterval(() => {
    look().then(
      (file) => file !== null && tell(file),
      () => undefined,
    );
  }, 500);
  return { stop: () => clearInterval(timer) };
}

/** For a process of its own. Connects at the first use, so that what needs the database alone works without Temporal. @throws DomainError `engine.not-running` */
export function openEngine(env: Environment): Promise<Engine> {
  const address = findEngine(env);
  if (address === null) throw new DomainError('engine.not-running', `no engine runs on ${dataFolderOf(env)}`);
  const store = createPrisma(address.databaseUrl, 3);
  const connection = Connection.lazy({ ...connectionOptions({ address: address.temporalAddress }), connectTimeout: '10s' });
  const client = new Client({ connection, namespace: address.namespace });
  const accounts = createAccounts({ client, taskQueue: TASK_QUEUE, submitForm: (row) => submitTaskForm(store.prisma, row) });
  const intake = createIntake({ client, taskQueue: TASK_QUEUE, prisma: store.prisma });
  const settling = createSettling({ client, taskQueue: TASK_QUEUE, submitSettlement: (row) => submitSettlement(store.prisma, row) });
  const rules = createRuleOffice({ prisma: store.prisma, client, taskQueue: TASK_QUEUE });
  const deadlines = createDeadlineProofs({ prisma: store.prisma, client, taskQueue: TASK_QUEUE });
  const letters = lettersThrough(address.apiUrl);
  const runs = createOutboundRuns({ prisma: store.prisma, client, taskQueue: TASK_QUEUE });
  const vendorLooks = createVendorLooks({ prisma: store.prisma, client, taskQueue: TASK_QUEUE });
  const close = async (): Promise<void> => {
    await connection.close();
    await store.close();
  };
  const parts = { prisma: store.prisma, client, accounts, intake, settling, rules, deadlines, letters, runs, vendorLooks };
  return Promise.resolve({ ...engineOn(parts), close });
}
