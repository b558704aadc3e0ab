/**
 * What was answered to the forms of late, so that the same form asked again hears the same verdict, also in the next run: Temporal itself
 * knows an update only within one run.
 */
import type { AccountTurn } from '../activities/index.ts';
import type { FormAnswer } from './messages.ts';

const mostRemembered = 50;

export class FormAnswers {
  #answers: readonly FormAnswer[];

  constructor(answers: readonly FormAnswer[] = []) {
    this.#answers = answers;
  }

  get all(): readonly FormAnswer[] {
    return this.#answers;
  }

  /** Undefined while the form waits for its turn. */
  to(formId: string): FormAnswer | undefined {
    return this.#answers.find((answer) => answer.formId === formId);
  }

  /** The turn judged these forms: those it does not refuse are accepted. */
  record({ refusals }: AccountTurn, formIds: readonly string[]): void {
    const answers = formIds.map((formId) => ({ formId, refusal: refusals.find((r) => r.formId === formId)?.reason ?? null }));
    this.#answers = [...this.#answers, ...answers].slice(-mostRemembered);
  }
}
