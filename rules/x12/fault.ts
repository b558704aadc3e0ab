import { DomainError } from '../domain/failures.ts';

/** Why a file cannot be used: a stable code and the exact place. The text of an element is never repeated: it may be a name. */
export class X12Fault extends DomainError {
  readonly offset: number;
  readonly segmentNumber: number;
  readonly segmentId: string;
  readonly element: number | null;

  constructor(
    code: string,
    at: { readonly offset: number; readonly number: number; readonly id: string },
    expected: string,
    element: number | null = null,
  ) {
    const where =
      at.number === 0
        ? `byte ${at.offset}`
        : `segment ${at.number} (${at.id}, byte ${at.offset})${element === null ? '' : `, element ${element}`}`;
    super(code, `${where}: ${expected}`);
    this.offset = at.offset;
    this.segmentNumber = at.number;
    this.segmentId = at.id;
    this.element = element;
  }
}
