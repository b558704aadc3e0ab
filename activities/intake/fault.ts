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
export function faultOf(error: unknown, hasTask = false): FileFault | null {
  if (!(error instanceof DomainError)) return null;
  const { code, message } = error;
  const offset = 'offset' in error && typeof error.offset === 'number' ? error.offset : null;
  const segment = 'segmentNumber' in error && typeof error.segmentNumber === 'number' ? error.segmentNumber : null;
  const loop = 'loop' in error && typeof error.loop === 'string' ? error.loop : null;
  const element = 'element' in error && typeof error.element === 'string' ? error.element : null;
  return { code, message, offset, segment, loop, element, hasTask };
}
