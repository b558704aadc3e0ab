import type { PreviewQuestion } from '../activities/letters/office.ts';
import { statementPreview } from './views/statement-shapes.ts';
import { DomainError } from '../rules/domain/failures.ts';

/** A letter as it would leave now, and what stands in its way. */
export interface LetterPreview {
  readonly title: string;
  /** Id and version of the text. */
  readonly template: string;
  readonly channel: string;
  /** `by` says what stands for the item; null when nothing does. */
  readonly checklist: readonly { readonly title: string; readonly by: string | null }[];
  /** Empty when the packet may be sent. */
  readonly obstacles: readonly string[];
  /** Of cover, letter and the pages we make. */
  readonly pages: number;
  readonly attachments: number;
  /** PHI. Cover, letter and pages: PDF. */
  readonly pdf: Uint8Array;
}

/** Makes letters without sending them. Joined to activities/letters in worker/compose.ts. */
export interface LetterDoor {
  /** @throws DomainError `letter.no-task`, `letter.missing-field` naming the field */
  preview(question: PreviewQuestion): Promise<LetterPreview>;
  /** What the guarantor of that account would get now. @throws DomainError `statement.nothing-due` */
  statement(accountId: string): Promise<StatementPreview>;
}

export interface StatementPreview {
  readonly on: string;
  readonly payByOn: string;
  readonly dueCents: number;
  readonly accounts: readonly { readonly accountNumber: string; readonly dueCents: number }[];
  /** In which it is written. */
  readonly language: string;
  /** That was wanted and is not written; null when it is as wanted. */
  readonly languageWanted: string | null;
  readonly pages: number;
  /** PHI. */
  readonly pdf: Uint8Array;
}

/** Letters are made where the engine runs: another process asks its API. */
export function lettersThrough(apiUrl: string | null): LetterDoor {
  const at = (path: string): URL => {
    if (apiUrl === null) throw new DomainError('letter.no-api', 'letters are made by the engine’s API, and none listens; start the engine');
    return new URL(`${apiUrl}${path}`);
  };
  return {
    statement: async (accountId) => {
      const told = statementPreview.safeParse(await (await fetch(at(`/accounts/${encodeURIComponent(accountId)}/statement`))).json());
      if (told.success) return { ...told.data, pdf: Buffer.from(told.data.pdf, 'base64') };
      throw new DomainError('letter.refused', 'the API gave no statement: the guarantor owes nothing now, or no claim was sent');
    },
    preview: async ({ accountId, taskId, ...typed }) => {
      const url = at(`/accounts/${encodeURIComponent(accountId)}/tasks/${encodeURIComponent(taskId)}/letter`);
      for (const [name, value] of Object.entries(typed)) if (value !== undefined) url.searchParams.set(name, value);
      const answer: unknown = await (await fetch(url)).json();
      return previewFrom(answer);
    },
  };
}

interface Told extends Omit<LetterPreview, 'pdf'> {
  readonly pdf: string;
}

function previewFrom(answer: unknown): LetterPreview {
  if (isTold(answer)) return { ...answer, pdf: Buffer.from(answer.pdf, 'base64') };
  const problem = typeof answer === 'object' && answer !== null && 'detail' in answer ? String(answer.detail) : 'the API gave no letter';
  throw new DomainError('letter.refused', problem);
}

function isTold(answer: unknown): answer is Told {
  return typeof answer === 'object' && answer !== null && 'pdf' in answer && typeof answer.pdf === 'string' && 'checklist' in answer;
}
