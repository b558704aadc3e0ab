import { DomainError } from '../../rules/domain/failures.ts';
import type { FileFault } from '../../prisma/convert.ts';

/** Why a file is refused, with the byte where it went wrong. */
export class IntakeFault extends DomainError {
  readonly offset: number;
  constructor(code: string, message: string, offset: number) {
    super(code, message);
    this.offset = offset;
  }
}

/** A refusal by a reader, as it is kept on the file's row; null for any other error. */
export function faultOf(error: unknown): FileFault | null {
  if (!(error instanceof DomainError)) return null;
  const offset = 'offset' in error && typeof error.offset === 'number' ? error.offset : null;
  return { code: error.code, message: error.message, offset };
}
