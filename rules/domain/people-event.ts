import type { CivilDate } from './civil-date.ts';
import type { Queue } from './decision.ts';
import type { Override } from './instruction.ts';

/** By whom, and under which id it was submitted. */
export interface Said {
  readonly by: string;
  readonly formId: string;
}

/** What people tell an account beside outcomes and holds. */
export type PeopleEvent =
  /** `to`: who works it from now on; null is nobody. */
  | ({
      readonly kind: 'taskAssigned';
      readonly taskId: string;
      readonly to: string | null;
      readonly queue: Queue | null;
      readonly on: CivilDate;
    } & Said)
  /** A path that the overruled decision took, and of which nothing was filed, never was (`caseId`). */
  | ({ readonly kind: 'decisionOverridden'; readonly caseId: string | null } & Override & Pick<Said, 'formId'>)
  /** A person's step is taken back: these parts of the account are again what they were, as if it had not been. */
  | ({
      readonly kind: 'stepUndone';
      /** The id under which the step was submitted. */
      readonly undoes: string;
      readonly what: string;
      readonly reason: string;
      readonly on: CivilDate;
      /** Parts of the account by name, each whole. */
      readonly restores: Readonly<Record<string, unknown>>;
      /** Tasks and decisions of the step; their numbers are not given again. */
      readonly tasks: number;
      readonly decisions: number;
    } & Said);
