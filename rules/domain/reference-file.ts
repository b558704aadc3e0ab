import type { z } from 'zod';
import { DomainError } from './failures.ts';

/** The content of a JSON file of reference data. @throws DomainError with that code, a line per fault with its path */
export function readReferenceFile<T>(shape: z.ZodType<T>, file: string, code: string): T {
  const read = shape.safeParse(parsed(file, code));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'the whole file'}: ${message}`);
  throw new DomainError(code, faults.join('\n'));
}

function parsed(file: string, code: string): unknown {
  try {
    return JSON.parse(file);
  } catch {
    throw new DomainError(code, 'the file is not JSON');
  }
}
