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
  /**
   * Reads and stores one registered file, transaction by transaction, and heartbeats how far it is. Called again after it was interrupted, it goes
   * on where it stopped. Faults are left on the file's row.
   */
  readInboundFile(input: { readonly fileId: string }): Promise<{
    readonly status: 'stored' | 'partlyStored' | 'refused' | 'alreadyStored';
    readonly summary: string;
    /** Events written for accounts and not delivered yet. */
    readonly undelivered: number;
  }>;
  /** Starts or signals up to `limit` accounts for which this file left events, or this one of them; returns how many events are still undelivered. */
  deliverEvents(input: {
    readonly fileId: string;
    readonly accountId?: string;
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

/** How a task without an account ended, or why it did not. */
export type Settled =
  | {
      readonly kind: 'settled';
      /** The form that ended it: another person's when two wanted to; null when a corrected file did. */
      readonly formId: string | null;
      readonly outcome: string;
      /** To which it was posted; null when it was closed. */
      readonly accountId: string | null;
      readonly fileId: string;
      /** It answers a whole file of ours: not that account alone hears it, but every account of that file. */
      readonly isForMany: boolean;
      /** Events of that file which the account, or one of the many, was not told yet. */
      readonly undelivered: number;
      readonly clockShiftMs: ClockShiftMs;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface SettleActivities {
  /**
   * Carries out what a person chose for something unmatched: facts for the account and the end of the task, in one transaction. A task that has
   * ended answers how it ended, whoever asks. Delivery follows by `deliverEvents` of the file.
   */
  settleUnmatched(input: { readonly taskId: string; readonly formId: string; readonly asOf: string }): Promise<Settled>;
}

export interface PublicationActivities {
  /** Makes a draft the live rules, in one transaction; the same draft twice is one publication. A refusal is written into the audit. */
  publishDraft(input: { readonly draftId: string; readonly by: string }): Promise<
    | { readonly kind: 'published'; readonly publicationId: string }
    /** Not before that moment. */
    | { readonly kind: 'planned'; readonly at: string }
    | { readonly kind: 'refused'; readonly reason: string }
  >;
  /**
   * Looks at the next accounts and tells up to `limit` that the publication concerns. How far it came is stored: it goes on there, whoever
   * calls it again. Settled when a whole sweep found nobody that was not told.
   */
  tellAccounts(input: { readonly publicationId: string; readonly limit: number }): Promise<{
    readonly told: number;
    readonly isSettled: boolean;
  }>;
  /** Lets the accounts that the rule's circuit breaker held ask again, up to `limit` of them after that account. */
  tellHeld(input: { readonly ruleId: string; readonly resumedAt: string; readonly after: string | null; readonly limit: number }): Promise<{
    readonly told: number;
    /** Null when that was the last. */
    readonly next: string | null;
  }>;
}

export type Activities = AccountActivities &
  CommandActivities &
  IntakeActivities &
  AcknowledgementActivities &
  SettleActivities &
  PublicationActivities;
