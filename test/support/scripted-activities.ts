import type { AccountTurn, Activities, OpenTask, Settled } from '../../activities/index.ts';
import { commandKinds } from '../../rules/domain/event.ts';

type Published = Awaited<ReturnType<Activities['publishDraft']>>;
export type AdvanceInput = Parameters<Activities['advance']>[0];

/** One turn of a scripted account: what changes against the turn before. */
export type Script = (input: AdvanceInput, before: AccountTurn) => Partial<AccountTurn>;

const untouched: AccountTurn = {
  seq: 0,
  commands: [],
  refusals: [],
  wakeAt: null,
  wakeReason: '',
  phase: 'submitted',
  payerId: 'UHC01',
  queue: '',
  balanceCents: 148_000,
  openTasks: [],
  terminal: false,
  details: 'submitted',
};

export const appealTask: OpenTask = {
  id: 't1',
  kind: 'prepareAppeal',
  queue: 'appeals',
  title: 'Appeal the denial',
  outcomes: ['ready', 'notDisputable'],
  safeByOn: '2026-06-12',
  legalOn: '2026-06-15',
};

/** The activities of one test file, as scripts instead of rules and a database; they keep the promises of activities/index.ts. */
export class ScriptedActivities {
  readonly #scripts = new Map<string, Script>();
  readonly #turns = new Map<string, AccountTurn[]>();
  readonly #log = new Map<string, string[]>();
  readonly advances: AdvanceInput[] = [];
  /** A command waits for this before it is carried out. */
  beforeCommand: (key: string) => Promise<void> = () => Promise.resolve();

  script(accountId: string, script: Script): void {
    this.#scripts.set(accountId, script);
  }

  /** What happened to the account, in order: turns as `turn <seq> <what it was given>`, commands by key. */
  log(accountId: string): readonly string[] {
    return this.#log.get(accountId) ?? [];
  }

  turnsOf(accountId: string): readonly AdvanceInput[] {
    return this.advances.filter((input) => input.accountId === accountId);
  }

  get all(): Activities {
    const carryOut: Activities['submitClaim'] = async ({ accountId, key }) => {
      await this.beforeCommand(key);
      this.#note(accountId, key);
      return { eventId: `${key}:done` };
    };
    const commands = Object.fromEntries(commandKinds.map((kind) => [kind, carryOut])) as Pick<Activities, (typeof commandKinds)[number]>;
    return {
      ...commands,
      resumeAccount: ({ accountId }) => Promise.resolve({ ...this.#last(accountId), commands: [], refusals: [] }),
      advance: (input) => Promise.resolve(this.#advance(input)),
      readInboundFile: () => Promise.resolve({ status: 'stored', summary: '3 claims of 835', undelivered: 450 }),
      settleUnmatched: ({ taskId, formId }) => Promise.resolve(this.#settle(taskId, formId)),
      publishDraft: ({ draftId }) => Promise.resolve(this.#publish(draftId)),
      tellAccounts: ({ publicationId }) => Promise.resolve(this.#tell(publicationId)),
      tellHeld: () => Promise.resolve({ told: 0, next: null }),
      deliverEvents: ({ fileId }) => Promise.resolve({ undelivered: this.#deliver(fileId) }),
      findDestinations: () => Promise.resolve([]),
      sendOutboundRun: () => Promise.resolve({ intents: 0, hasEnded: false, halted: null }),
      lookAtVendors: () => Promise.resolve({ vendors: 0, opened: 0, kept: 0, settled: 0 }),
      acknowledgeInboundFile: () => Promise.resolve({ acknowledgements: 1 }),
    };
  }

  #advance(input: AdvanceInput): AccountTurn {
    const turns = this.#turns.get(input.accountId) ?? [];
    const known = turns.find(({ seq }) => seq === input.seq);
    if (known !== undefined) return known;
    this.advances.push(input);
    this.#note(input.accountId, ['turn', input.seq, ...input.eventIds, ...input.formIds].join(' '));
    const before = this.#last(input.accountId);
    const change = this.#scripts.get(input.accountId)?.(input, before) ?? {};
    const turn = { ...before, commands: [], refusals: [], ...change, seq: input.seq };
    this.#turns.set(input.accountId, [...turns, turn]);
    return turn;
  }

  /** What `publishDraft` answers, by draft, one after another; the last one stays. */
  readonly publishing = new Map<string, Published[]>();

  #publish(draftId: string): Published {
    this.#note(draftId, 'publish');
    const answers = this.publishing.get(draftId) ?? [];
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? { kind: 'refused', reason: 'nobody wrote a script for it' };
  }

  /** 40 accounts at a time, of 100. */
  #tell(publicationId: string): { told: number; isSettled: boolean } {
    this.#note(publicationId, 'tell');
    const calls = this.log(publicationId).length;
    return { told: Math.max(0, Math.min(40, 100 - 40 * (calls - 1))), isSettled: calls >= 4 };
  }

  /** 200 at a time, of 450. */
  #deliver(fileId: string): number {
    this.#note(fileId, 'deliver');
    return Math.max(0, 450 - 200 * this.log(fileId).length);
  }

  /** The first form ends the task; the account is told by the three deliveries that a file takes here. */
  #settle(taskId: string, formId: string): Settled {
    this.#note(taskId, formId);
    const [first = formId] = this.log(taskId);
    return {
      kind: 'settled',
      formId: first,
      outcome: 'matched',
      accountId: 'a1',
      fileId: taskId,
      isForMany: false,
      undelivered: 1,
      clockShiftMs: 0,
    };
  }

  #last(accountId: string): AccountTurn {
    return this.#turns.get(accountId)?.at(-1) ?? untouched;
  }

  #note(id: string, line: string): void {
    this.#log.set(id, [...this.log(id), line]);
  }
}
