import type { CivilDate } from './civil-date.ts';
import { type Action, actions, type DecisionPoint, type Queue } from './decision.ts';
import type { Subject } from './task.ts';

/** Why a person does otherwise than the rule says. */
export const overrideReasons = [
  /** The payer told us otherwise than the rule assumes. */
  'payerSaid',
  /** What the rule looked at is wrong or incomplete. */
  'factsWrong',
  'contractSays',
  /** We have proof or documents that the rule does not know of. */
  'evidenceAtHand',
  'patientCircumstances',
  /** It costs more than it can bring. */
  'notWorthIt',
  /** The rule itself is wrong: whoever keeps it should look. */
  'ruleWrong',
] as const;
export type OverrideReason = (typeof overrideReasons)[number];

/** What a person may choose in place of the rule; the lifecycle checks it like a rule's answer. */
export const overrideActions: readonly Action[] = actions.filter((action) => action !== 'routeToPerson' && action !== 'resendClaim');

/**
 * What a person tells an account beside the outcome of a task. Kept like a form, in PostgreSQL only; the workflow carries its id. A `note` stays
 * with it and is never copied into the account's history.
 */
export type Instruction =
  | { readonly do: 'take' | 'drop'; readonly taskId: string; readonly by: string; readonly note?: string }
  | {
      readonly do: 'give';
      readonly taskId: string;
      readonly by: string;
      readonly to: string;
      /** Moves it to another queue too. */
      readonly queue?: Queue;
      readonly note?: string;
    }
  | {
      readonly do: 'override';
      readonly taskId: string;
      readonly by: string;
      readonly action: Action;
      readonly reason: OverrideReason;
      readonly note?: string;
    }
  /** Of the last completion of that task, or of the step that was submitted under that id. */
  | { readonly do: 'undo'; readonly by: string; readonly reason: string; readonly taskId?: string; readonly formId?: string }
  | {
      readonly do: 'hold';
      readonly by: string;
      readonly hold: string;
      readonly reviewOn?: CivilDate;
      readonly reference?: string;
      readonly note?: string;
    }
  /** A good-faith estimate was given to the patient; the last one counts. */
  | { readonly do: 'estimate'; readonly by: string; readonly cents: number; readonly givenOn?: CivilDate; readonly note?: string }
  | { readonly do: 'release'; readonly by: string; readonly hold: string; readonly note?: string }
  /** The patient promised that much by that day. */
  | { readonly do: 'promise'; readonly by: string; readonly cents: number; readonly dueOn: CivilDate; readonly note?: string };

/** A person did otherwise than the rule said; the next decision about the same subject sees it. */
export interface Override {
  readonly decisionId: string;
  readonly ruleId: string;
  readonly point: DecisionPoint;
  readonly subject: Subject;
  readonly ruleAction: string;
  readonly action: Action;
  readonly reason: OverrideReason;
  readonly by: string;
  readonly on: CivilDate;
}
