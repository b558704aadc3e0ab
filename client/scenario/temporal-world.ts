import type { Account } from '../../rules/domain/account.ts';
import { type CivilDate, daysBetween, instantAt } from '../../rules/domain/civil-date.ts';
import type { FacilityStanding } from '../../rules/domain/facility.ts';
import type { Task, TaskOutcome } from '../../rules/domain/task.ts';
import type { Accounts } from '../accounts.ts';
import type { OutboundRuns } from '../outbound-runs.ts';
import { formOf, instructionOf, openTaskOf, taskToldOf } from './deeds.ts';
import type { Deed, ScenarioArrival } from './format.ts';
import { isOfPlans, taggedPlan } from './format-plan.ts';
import { isOfLedger, taggedLedger } from './format-vendor-ledger.ts';
import { isVendorArrival, taggedVendor } from './format-vendors.ts';
import type { World } from './play.ts';
import { isAboutAssistance, taggedAssistance } from './format-assistance.ts';
import { nextStop, sendWaiting } from './runs-on-the-way.ts';
import { type LedgerDoors, StoredVendors } from './stored-vendors.ts';
import { fileOf } from './to-x12.ts';

export interface TemporalDoors {
  /** Says what the hospital is, for every account of it. @returns what was said before */
  readonly describeFacility: (facility: FacilityStanding) => Promise<FacilityStanding>;
  readonly accounts: Accounts;
  readonly runs: Pick<OutboundRuns, 'send' | 'isWaiting'>;
  /** Registers the file and waits until it was read and delivered. @returns why it was refused, or null. */
  readonly ingest: (file: {
    readonly name: string;
    readonly text: string;
    readonly receivedAt: Date;
    readonly clockShiftMs: number;
  }) => Promise<string | null>;
  /** Lays to a letter what it needs, before it is said to be ready. */
  readonly enclose: (about: { readonly account: Account; readonly task: Task | undefined; readonly outcome: TaskOutcome }) => Promise<void>;
  /** The account as PostgreSQL keeps it, by its number; null when there is none. */
  readonly find: (accountNumber: string) => Promise<{ readonly id: string; readonly account: Account } | null>;
  /** Those of these accounts that there are. */
  readonly standing: (accountNumbers: readonly string[]) => Promise<readonly StandingAccount[]>;
  readonly ledger: LedgerDoors;
}

export interface StandingAccount {
  readonly id: string;
  readonly account: Account;
}

/**
 * The real servers: files go through the intake, accounts live as workflows, and days pass by the server's time skipping. Every account number
 * and payer number of the story gets a tag, so that a story can be played again against the same database.
 */
export class TemporalWorld implements World {
  readonly #doors: TemporalDoors;
  readonly #options: { readonly zone: string; readonly tag: string; readonly readFile: (name: string) => string };
  readonly #numbers = new Set<string>();
  readonly vendors: StoredVendors;
  #today: CivilDate | null = null;

  constructor(doors: TemporalDoors, options: { readonly zone: string; readonly tag: string; readonly readFile: (name: string) => string }) {
    this.#doors = doors;
    this.#options = options;
    this.vendors = new StoredVendors(doors.ledger, { tag: options.tag, accountNumbers: () => this.accountNumbers() });
  }

  describeFacility(facility: FacilityStanding): Promise<FacilityStanding> {
    return this.#doors.describeFacility(facility);
  }

  async goTo(on: CivilDate): Promise<void> {
    while (this.#today === null || this.#today < on) {
      const accounts = (await this.#all()).map(({ account }) => account);
      await this.#passTo(nextStop(accounts, { after: this.#today, on }));
    }
  }

  async #passTo(on: CivilDate): Promise<void> {
    const days = this.#today === null ? 0 : daysBetween(this.#today, on);
    this.#today = on;
    if (days === 0) return;
    await Promise.all((await this.#all()).map(({ id }) => this.#doors.accounts.advanceDays(id, days)));
    await this.#sendWaiting();
  }

  async #sendWaiting(): Promise<void> {
    const accountIds = (await this.#all()).map(({ id }) => id);
    if (this.#today === null) return;
    await sendWaiting(this.#doors.runs, { on: this.#today, zone: this.#options.zone, accountIds }, () => this.#settled());
  }

  /** What an account leaves for others of its person is on its way when it has settled; those may have been asked before. */
  async #settled(): Promise<void> {
    const accounts = await this.#all();
    for (const { id } of accounts.length > 1 ? [...accounts, ...accounts] : accounts) await this.#doors.accounts.whenSettled(id);
  }

  #all(): Promise<readonly StandingAccount[]> {
    return this.#doors.standing([...this.#numbers].map((number) => `${this.#options.tag}${number}`));
  }

  async arrive(arrival: ScenarioArrival, on: CivilDate): Promise<void> {
    if ('claim' in arrival) this.#numbers.add(arrival.claim.account);
    const told = tagged(arrival, this.#options.tag);
    await this.vendors.expect(told, on);
    const file = fileOf(told, on, this.#options.readFile);
    const noon = new Date(instantAt(on, 12, this.#options.zone));
    const clockShiftMs = noon.getTime() - Date.now();
    const text = file.kind === 'x12' ? file.text : file.csv;
    const refusal = await this.#doors.ingest({ name: file.name, text, receivedAt: noon, clockShiftMs });
    if (refusal !== null) throw new Error(`${file.name} was refused: ${refusal}`);
    await this.#settled();
    await this.#sendWaiting();
  }

  async complete(accountNumber: string, deed: Deed): Promise<string | null> {
    const { id, account } = await this.#find(accountNumber);
    const taskId = openTaskOf(account, deed);
    if (deed.do === undefined && taskId === null) return `no task of kind ${deed.task} is open`;
    const task = account.tasks.find((t) => t.id === taskId);
    if (deed.do === undefined) await this.#doors.enclose({ account, task, outcome: formOf(deed).outcome });
    const answer =
      deed.do === undefined
        ? await this.#doors.accounts.completeTask(id, { taskId: taskId ?? '', form: formOf(deed) })
        : await this.#doors.accounts.tell(id, { instruction: instructionOf(deed, taskToldOf(account, deed)) });
    // A hold of the person goes on to other accounts.
    await this.#settled();
    await this.#sendWaiting();
    if (answer.kind === 'done') return null;
    return answer.kind === 'refused' ? answer.reason : `the account did not answer (${answer.kind})`;
  }

  async account(accountNumber: string): Promise<Account> {
    return (await this.#find(accountNumber)).account;
  }

  accountNumbers(): readonly string[] {
    return [...this.#numbers];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #find(accountNumber: string): Promise<{ readonly id: string; readonly account: Account }> {
    const found = await this.#doors.find(`${this.#options.tag}${accountNumber}`);
    if (found === null) throw new Error(`the story knows no account ${accountNumber}`);
    return found;
  }
}

/** Puts the tag before every number that must be unique in the database. Inline X12 and files are taken as they are. */
function tagged(arrival: ScenarioArrival, tag: string): ScenarioArrival {
  if ('claim' in arrival)
    return { claim: { ...arrival.claim, account: tag + arrival.claim.account, patient: arrival.claim.patient ?? arrival.claim.account } };
  if ('acknowledgement' in arrival) {
    const { acknowledgement: told } = arrival;
    const payerClaim = told.payerClaim === undefined ? {} : { payerClaim: tag + told.payerClaim };
    return { acknowledgement: { ...told, claim: tag + told.claim, ...payerClaim } };
  }
  if ('remittance' in arrival) {
    const { remittance: told } = arrival;
    const trace = told.trace === undefined ? {} : { trace: tag + told.trace };
    const claims = told.claims.map((c) => ({
      ...c,
      claim: tag + c.claim,
      payerClaim: tag + c.payerClaim,
      patient: c.patient ?? c.claim.replace(/\.\d+$/, ''),
      ...(c.original === undefined ? {} : { original: tag + c.original }),
    }));
    const provider = told.provider.map((p) => ({ ...p, reference: p.reference === '' ? '' : tag + p.reference }));
    return { remittance: { ...told, ...trace, claims, provider } };
  }
  if ('request' in arrival) {
    const { request: told } = arrival;
    const payerClaim = told.payerClaim === undefined ? {} : { payerClaim: tag + told.payerClaim };
    return { request: { ...told, claim: tag + told.claim, number: tag + told.number, ...payerClaim } };
  }
  if ('payment' in arrival)
    return { payment: { ...arrival.payment, account: tag + arrival.payment.account, id: tag + arrival.payment.id } };
  if (isAboutAssistance(arrival)) return taggedAssistance(arrival, tag);
  if ('refund' in arrival)
    return { refund: { ...arrival.refund, account: tag + arrival.refund.account, reference: tag + arrival.refund.reference } };
  if ('hold' in arrival) return { hold: { ...arrival.hold, account: tag + arrival.hold.account } };
  if (isOfPlans(arrival)) return taggedPlan(arrival, tag);
  if (isOfLedger(arrival)) return taggedLedger(arrival, tag);
  if ('vendor' in arrival) return { vendor: { ...arrival.vendor, account: tag + arrival.vendor.account } };
  return isVendorArrival(arrival) ? taggedVendor(arrival, tag) : arrival;
}
