import type { FacilityStanding } from '../../rules/domain/facility.ts';
import { describeFacility } from '../../prisma/writes/facility.ts';
import { encloseInvented } from '../../client/sandbox/enclosures.ts';
import { formOf, instructionOf, openTaskOf, taskToldOf } from '../../client/scenario/deeds.ts';
import type { Deed, ScenarioArrival } from '../../client/scenario/format.ts';
import type { World } from '../../client/scenario/play.ts';
import { StoredVendors } from '../../client/scenario/stored-vendors.ts';
import { ledgerDoors } from '../../client/scenario/temporal-doors.ts';
import { fileOf } from '../../client/scenario/to-x12.ts';
import { createActivities } from '../../activities/create.ts';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { fixedRules, type RuleLibrary } from '../../activities/rule-library.ts';
import type { Activities, AccountTurn } from '../../activities/index.ts';
import type { Account } from '../../rules/domain/account.ts';
import { type CivilDate, instant, type Instant, instantAt } from '../../rules/domain/civil-date.ts';
import type { Knowledge } from '../../rules/lifecycle/contract.ts';
import { createPrisma, type PrismaClient, type Store } from '../../prisma/client.ts';
import { accountOf } from '../../prisma/convert.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { freshDatabase } from './database.ts';

export interface DeliveredFile {
  readonly folder: string;
  readonly name: string;
  readonly content: string;
}

/** Everything but Temporal: activities on a real database, with the world's clock instead of a workflow's. Messages and outbound files are caught. */
export class StoredWorld implements World {
  readonly store: Store;
  readonly databaseUrl: string;
  readonly activities: Activities;
  readonly delivered: DeliveredFile[] = [];
  readonly messages: { readonly accountId: string; readonly eventIds: readonly string[] }[] = [];
  readonly zone: string;
  readonly vendors: StoredVendors;
  readonly #readFile: (name: string) => string;
  readonly #numbers: string[] = [];
  /** Throws where a worker or its server shall die. */
  beforeMessage: () => Promise<void> = () => Promise.resolve();
  now: Instant = instant('1970-01-01T00:00:00Z');

  private constructor(store: Store, options: WorldOptions & { readonly databaseUrl: string; readonly rules: RuleLibrary | undefined }) {
    this.store = store;
    this.databaseUrl = options.databaseUrl;
    this.vendors = new StoredVendors(ledgerDoors(store.prisma, { look: (asOf) => this.activities.lookAtVendors({ asOf }) }), {
      tag: '',
      accountNumbers: () => this.#numbers,
    });
    this.zone = options.zone ?? 'America/New_York';
    this.#readFile = options.readFile ?? (() => '');
    this.activities = createActivities({
      prisma: store.prisma,
      rules: options.rules ?? fixedRules(options.knowledge),
      messenger: {
        deliver: async (accountId, eventIds) => {
          await this.beforeMessage();
          this.messages.push({ accountId, eventIds });
        },
      },
      gateway: options.gateway ?? {
        deliver: async ({ key, files }) => {
          for (const { content, ...file } of files) this.delivered.push({ ...file, content: Buffer.from(content).toString('utf8') });
          return key;
        },
        find: async () => Promise.resolve({ kind: 'absent' }),
      },
    });
  }

  static async open(options: WorldOptions): Promise<StoredWorld> {
    const databaseUrl = await freshDatabase();
    const store = createPrisma(databaseUrl, 4);
    return new StoredWorld(store, { ...options, databaseUrl, rules: await options.rulesOf?.(store.prisma) });
  }

  describeFacility(facility: FacilityStanding): Promise<FacilityStanding> {
    return describeFacility(this.store.prisma, facility);
  }

  async goTo(on: CivilDate): Promise<void> {
    const noon = instantAt(on, 12, this.zone);
    for (;;) {
      const where = { nextActionAt: { lte: new Date(noon) } };
      const due = await this.store.prisma.account.findFirst({ where, orderBy: [{ nextActionAt: 'asc' }, { id: 'asc' }] });
      if (due === null || due.nextActionAt === null) break;
      this.now = instant(due.nextActionAt.toISOString());
      await this.turn(due.id);
    }
    this.now = noon;
  }

  async arrive(arrival: ScenarioArrival, on: CivilDate): Promise<void> {
    await this.vendors.expect(arrival, on);
    const file = fileOf(arrival, on, this.#readFile);
    if ('claim' in arrival) this.#numbers.push(arrival.claim.account);
    const outcome = await this.receive(file.name, file.kind === 'x12' ? file.text : file.csv);
    if (outcome.status !== 'stored' && outcome.status !== 'alreadyStored')
      throw new Error(`${file.name}: ${outcome.status}, ${outcome.summary}`);
  }

  /** Registers, reads and delivers one file, and lets the accounts concerned take their turns. */
  async receive(name: string, text: string): Promise<Awaited<ReturnType<Activities['readInboundFile']>>> {
    const receivedAt = new Date(this.now);
    const { fileId } = await registerInboundFile(this.store.prisma, { name, content: Buffer.from(text, 'latin1'), receivedAt });
    const outcome = await this.activities.readInboundFile({ fileId });
    const before = this.messages.length;
    await this.activities.deliverEvents({ fileId, limit: 10_000, clockShiftMs: 0 });
    await this.#hear(before);
    return outcome;
  }

  async complete(accountNumber: string, deed: Deed): Promise<string | null> {
    const { id, projection } = await this.#row(accountNumber);
    const account = accountOf(projection);
    if (deed.do !== undefined) {
      const form = instructionOf(deed, taskToldOf(account, deed));
      const told = await submitTaskForm(this.store.prisma, { accountId: id, taskId: 'taskId' in form ? (form.taskId ?? '') : '', form });
      return (await this.turn(id, { formIds: [told] })).refusals[0]?.reason ?? null;
    }
    const taskId = openTaskOf(account, deed);
    if (taskId === null) return `no task of kind ${deed.task} is open`;
    const form = formOf(deed);
    const task = account.tasks.find((t) => t.id === taskId);
    await encloseInvented(this.store.prisma, { account, task, outcome: form.outcome });
    const formId = await submitTaskForm(this.store.prisma, { accountId: id, taskId, form });
    const turn = await this.turn(id, { formIds: [formId] });
    return turn.refusals[0]?.reason ?? null;
  }

  async account(accountNumber: string): Promise<Account> {
    return accountOf((await this.#row(accountNumber)).projection);
  }

  async accountId(accountNumber: string): Promise<string> {
    return (await this.#row(accountNumber)).id;
  }

  accountNumbers(): readonly string[] {
    return this.#numbers;
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** A turn, and the turns its commands and its messages to other accounts cause. @returns the first. */
  async turn(accountId: string, came: { eventIds?: readonly string[]; formIds?: readonly string[] } = {}): Promise<AccountTurn> {
    const before = this.messages.length;
    const first = await this.advance(accountId, came);
    await this.#hear(before);
    const commands = [...first.commands];
    for (let command = commands.shift(); command !== undefined; command = commands.shift()) {
      const { eventId } = await this.activities[command.kind]({ accountId, key: command.key, asOf: this.now });
      if (eventId !== null) commands.push(...(await this.advance(accountId, { eventIds: [eventId] })).commands);
      else await this.run();
    }
    return first;
  }

  /** The accounts that were told something since take their turns. */
  async #hear(since: number): Promise<void> {
    for (const { accountId, eventIds } of this.messages.slice(since)) await this.turn(accountId, { eventIds });
  }

  /** Sends what was gathered, and lets the accounts take their turns. */
  async run(): Promise<void> {
    const before = this.messages.length;
    for (const destination of await this.activities.findDestinations())
      while ((await this.activities.sendOutboundRun({ destination, asOf: this.now, clockShiftMs: 0, accountIds: null })).hasEnded);
    await this.#hear(before);
  }

  async advance(accountId: string, came: { eventIds?: readonly string[]; formIds?: readonly string[] } = {}): Promise<AccountTurn> {
    const { seq } = await this.activities.resumeAccount({ accountId });
    const { eventIds = [], formIds = [] } = came;
    return this.activities.advance({ accountId, seq: seq + 1, asOf: this.now, eventIds, formIds });
  }

  #row(accountNumber: string) {
    return this.store.prisma.account.findFirstOrThrow({ where: { accountNumber } });
  }
}

interface WorldOptions {
  readonly knowledge: Knowledge;
  /** Published ones in place of `knowledge`. */
  readonly rulesOf?: (prisma: PrismaClient) => Promise<RuleLibrary>;
  readonly zone?: string;
  readonly readFile?: (name: string) => string;
  readonly gateway?: ActivityDependencies['gateway'];
}
