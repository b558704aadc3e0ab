import { z } from 'zod';
import { type CategoryTable, DenialCategory, usualActions } from '../domain/denial.ts';
import { DomainError } from '../domain/failures.ts';

const category = z.enum(Object.values(DenialCategory));
const degree = z.enum(['yes', 'no', 'sometimes']);

const table = z.object({
  carcs: z.record(
    z.string(),
    z.strictObject({
      label: z.string().min(1),
      category,
      underPatientResponsibility: category.optional(),
      needsRarc: z.boolean().optional(),
      defaultActions: z.array(z.enum(usualActions)),
      curable: z.enum(['soft', 'hard']).nullable(),
      preventable: degree,
      appealable: degree,
      retired: z.boolean().optional(),
    }),
  ),
  rarcs: z.record(z.string(), category),
});

const codeList = z.object({ current: z.array(z.string()), retired: z.array(z.string()) });

/** @throws DomainError `reference.categories` when the text is not rules/reference/denial-categories.json in shape. */
export function readCategoryTable(text: string): CategoryTable {
  return read(table, text, 'reference.categories');
}

/** All values of a code list, retired ones included: old remittances still carry them. @throws DomainError `reference.code-list` */
export function readCodeList(text: string): ReadonlySet<string> {
  const { current, retired } = read(codeList, text, 'reference.code-list');
  return new Set([...current, ...retired]);
}

function read<T>(schema: z.ZodType<T>, text: string, code: string): T {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError(code, `at /${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not readable'}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
