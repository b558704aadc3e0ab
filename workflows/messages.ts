/**
 * What can be said to a workflow, and what it answers. Facts of the world are signals, outcomes from people are updates, and all of them
 * are ids, codes, dates and money: names, forms and claims stay in PostgreSQL.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AccountTurn, OpenTask } from '../activities/index.ts';
import type { InboxItem } from './inbox.ts';

export interface AccountLifecycleInput {
  readonly accountId: string;
  /** Milliseconds added to workflow time: 0 in real life, anything in scenarios and the sandbox. */
  readonly clockShiftMs: number;
  /** Keys of the commands that earlier runs carried out. */
  readonly carriedOut?: readonly string[];
  /** Only from an earlier run of the same life. */
  readonly resume?: AccountResume;
}

/** What a run hands to the next one: small, and complete. */
export interface AccountResume {
  readonly turn: AccountTurn;
  /** Account time of that turn, in milliseconds since 1970. */
  readonly turnedAtMs: number;
  readonly inbox: readonly InboxItem[];
  readonly recentEventIds: readonly string[];
  readonly answers: readonly FormAnswer[];
  readonly mustLook?: boolean;
}

export interface FormAnswer {
  readonly formId: string;
  /** Null when the form was accepted. */
  readonly refusal: string | null;
}

export interface AccountView {
  readonly phase: string;
  readonly balanceCents: number;
  readonly openTasks: readonly OpenTask[];
  /** ISO instant in account time; null when only a message can move the account. */
  readonly nextActionAt: string | null;
  readonly seq: number;
}

/** The account as its workflow sees it; `view` is null until the first turn is known. */
export interface AccountState {
  readonly view: AccountView | null;
  readonly clockShiftMs: number;
  /** Account time of its last workflow task, as ISO instant. */
  readonly now: string;
  /** Everything said so far is done, commands included. */
  readonly isSettled: boolean;
  /** Keys of the commands carried out of late. */
  readonly carriedOut: readonly string[];
}

export interface AccountEnd {
  readonly phase: string;
  readonly balanceCents: number;
}

export interface Arrived {
  readonly eventIds: readonly string[];
}

export interface ClockSetting {
  readonly shiftMs: number;
}

export interface LookAgain {
  /** Forms that the database says no turn judged, whatever the account remembers. */
  readonly formIds: readonly string[];
}

export interface TaskCompletion {
  readonly taskId: string;
  readonly outcome: string;
  readonly formId: string;
  /** Opaque id of the person, never a name. */
  readonly by: string;
}

/** Stored events that concern the account. The same ids twice change nothing. */
export const arrived = defineSignal<[Arrived]>('arrived');

/** The account resumes from the database, whatever it remembers of its own turns, and takes a turn. The same again costs a turn and changes nothing. */
export const lookAgain = defineSignal<[LookAgain]>('lookAgain');

/** Scenarios and the sandbox only: moves the account's clock forward and plays every date on the way, in order. Never back. */
export const setClock = defineSignal<[ClockSetting]>('setClock');

/** Fails with type `TaskRefused` and the reason; a form that was answered before gets the same verdict again. */
export const completeTask = defineUpdate<AccountView, [TaskCompletion]>('completeTask');

/** An instruction that was stored under that id: who works a task, otherwise than the rule, taken back, held. */
export interface Told {
  readonly formId: string;
  /** What kind, for whoever reads the history; no more. */
  readonly what: string;
}

/** Fails with type `TaskRefused` and the reason, like `completeTask`. */
export const tell = defineUpdate<AccountView, [Told]>('tell');

export const state = defineQuery<AccountState>('state');

/** Types of the failures that a workflow answers with. Activities name theirs by code, such as `account.unknown`, and are not tried again then. */
export const failureTypes = {
  taskRefused: 'TaskRefused',
  /** The run continues as new: the next run takes the update. */
  renewing: 'Renewing',
  /** Of an activity: the database does not expect that turn next. */
  outOfSequence: 'advance.out-of-sequence',
} as const;
