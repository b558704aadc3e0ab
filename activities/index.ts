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

export interface CommandInput {
  readonly accountId: string;
  readonly key: string;
  readonly asOf: string;
  /**
   * The account's workflow carried out a command of this key before, and the database does not know: an older one was restored. What leaves the
   * house then ends as unknown, for a person to find out, and is not sent.
   */
  readonly mayHaveGone?: boolean;
}

/**
 * One activity per command kind; twice is once. Returns the id of the `commandCarriedOut` event, or null when a run will send it with what else is
 * gathered for its destination: the account is told then.
 */
export type CommandActivities = Record<CommandKind, (input: CommandInput) => Promise<{ readonly eventId: string | null }>>;

export interface RunActivities {
  /** Destinations for which something waits, such as `statements` or `vendor:VENDOR1`. */
  findDestinations(): Promise<readonly string[]>;
  /**
   * Sends what waits for a destination as one parcel, or ends the run that an earlier attempt began. `hasEnded` is false when nothing was left to send;
   * `halted` says why no further run is tried now.
   */
  sendOutboundRun(input: {
    readonly destination: string;
    readonly asOf: string;
    readonly clockShiftMs: ClockShiftMs;
    /** Null for all. */
    readonly accountIds: readonly string[] | null;
  }): Promise<{
    readonly intents: number;
    readonly hasEnded: boolean;
    readonly halted: string | null;
  }>;
}

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

/** What a deadline proof came to; findings are those that are not healed first, at most 100, with ids, codes and dates only. */
export interface ProofResult {
  readonly proofId: string;
  readonly accounts: number;
  readonly open: number;
  readonly armed: number;
  readonly unarmed: number;
  /** ISO instant in account time; null when nothing is armed. */
  readonly earliestAt: string | null;
  /** Projections folded again from their events. */
  readonly folded: number;
  readonly found: number;
  readonly healed: number;
  readonly findings: readonly { readonly accountId: string; readonly kind: string; readonly detail: string; readonly healed: boolean }[];
  /** Null after a dry run. */
  readonly statement: number | null;
}

export interface ProofActivities {
  /**
   * Compares every open deadline with the timer that is armed for it, heals what does not agree, and writes a statement. The same proof again
   * goes on as itself. A dry run changes nothing.
   */
  proveDeadlines(input: { readonly proofId: string; readonly by: string; readonly isDryRun: boolean }): Promise<ProofResult>;
}

/** What a look at the money of all vendors came to. */
export interface VendorLook {
  readonly vendors: number;
  /** Differences that were found, that still stand, and that are settled. */
  readonly opened: number;
  readonly kept: number;
  readonly settled: number;
}

export interface VendorActivities {
  /** Matches the money of every vendor as of an ISO instant and asks somebody about what was not remitted in time; again changes nothing. */
  lookAtVendors(input: { readonly asOf: string }): Promise<VendorLook>;
}

export type Activities = AccountActivities &
  CommandActivities &
  RunActivities &
  IntakeActivities &
  AcknowledgementActivities &
  SettleActivities &
  VendorActivities &
  PublicationActivities;
