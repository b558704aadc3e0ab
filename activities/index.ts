import type { CommandKind } from '../rules/domain/event.ts';

/** Which of its lives an account's clock shows: 0 is the real one; scenarios and the sandbox play earlier days. Milliseconds added to workflow time. */
export type ClockShiftMs = number;

export interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly queue: string;
  readonly title: string;
  readonly outcomes: readonly string[];
  readonly safeByOn: string | null;
  readonly legalOn: string | null;
}

/** What a turn of an account leaves for its workflow: ids, codes, dates and money, nothing that names a person. */
export interface AccountTurn {
  /** Sequence of the last turn; 0 for an account that never turned. */
  readonly seq: number;
  readonly commands: readonly { readonly key: string; readonly kind: CommandKind; readonly summary: string }[];
  readonly refusals: readonly { readonly formId: string; readonly reason: string }[];
  /** ISO instant of the next dated step, null when only a message can move the account. */
  readonly wakeAt: string | null;
  /** Why it wakes then, such as `statement 2 is due`. */
  readonly wakeReason: string;
  readonly phase: string;
  readonly payerId: string;
  /** Queue of the most urgent open task, empty when none is open. */
  readonly queue: string;
  readonly balanceCents: number;
  readonly openTasks: readonly OpenTask[];
  readonly terminal: boolean;
  /** Markdown for the Temporal Web UI: phase, balance, owner, open tasks, next dated step, last decision. */
  readonly details: string;
}

export interface AccountActivities {
  /** Where the account stands, without a turn; for a run that starts. */
  resumeAccount(input: { readonly accountId: string }): Promise<AccountTurn>;
  /**
   * One turn: evolve, evaluate, decide, write, in one transaction. The same seq twice returns the first answer.
   * Applies `eventIds` and every other stored event of the account that was not applied yet.
   */
  advance(input: {
    readonly accountId: string;
    readonly seq: number;
    readonly asOf: string;
    readonly eventIds: readonly string[];
    readonly formIds: readonly string[];
  }): Promise<AccountTurn>;
}

/** One activity per command kind. Returns the id of the `commandCarriedOut` event; twice is once. */
export type CommandActivities = Record<
  CommandKind,
  (input: { readonly accountId: string; readonly key: string; readonly asOf: string }) => Promise<{ readonly eventId: string }>
>;

export interface IntakeActivities {
  /** Reads and stores one registered file, all or nothing; a refused file leaves its fault on the file's row. */
  readInboundFile(input: { readonly fileId: string }): Promise<{
    readonly status: 'stored' | 'refused' | 'alreadyStored';
    readonly summary: string;
    /** Events written for accounts and not delivered yet. */
    readonly undelivered: number;
  }>;
  /** Starts or signals up to `limit` accounts for which this file left events; returns how many events are still undelivered. */
  deliverEvents(input: {
    readonly fileId: string;
    readonly limit: number;
    readonly clockShiftMs: ClockShiftMs;
  }): Promise<{ readonly undelivered: number }>;
}

export interface AcknowledgementActivities {
  /**
   * Answers an inbound file that was read with a TA1 and 999 for each of its interchanges that asks for one or calls for one, in the folder
   * `acknowledgements`. The same file again delivers nothing new. Returns how many files answer it.
   */
  acknowledgeInboundFile(input: { readonly fileId: string }): Promise<{ readonly acknowledgements: number }>;
}

export type Activities = AccountActivities & CommandActivities & IntakeActivities & AcknowledgementActivities;
