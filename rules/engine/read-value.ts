import { isCivilDate } from '../domain/civil-date.ts';
import type { CodeSet, FactDeclaration } from './declare-fact.ts';
import { isOfType } from './facts.ts';
import type { CheckId } from './fault.ts';
import { isList, type Operator } from './operators.ts';

/** The code lists rule values are checked against; a set that is not given is not checked. */
export type CodeSets = Partial<Readonly<Record<CodeSet, ReadonlySet<string>>>>;

interface ValueFault {
  readonly check: CheckId;
  readonly message: string;
}

/** What is wrong with the value a leaf compares a fact with; null when nothing is. */
export function valueFault(declaration: FactDeclaration, operator: Operator, value: unknown, codes: CodeSets): ValueFault | null {
  switch (operator.expects) {
    case 'true':
      return value === true ? null : wrongType('write "value": true; this operator compares with nothing');
    case 'date':
      return typeof value === 'string' && isCivilDate(value) ? null : wrongType('write a date as YYYY-MM-DD');
    case 'range':
      return isRange(value) ? null : wrongType('write [lowest, highest] as two whole numbers');
    case 'list':
      return listFault(declaration, value, codes);
    case 'member':
      return typeof value === 'string' ? unlisted(declaration, value, codes) : wrongType('write one text; the fact is a list of texts');
    case 'prefix':
      return typeof value === 'string' && value !== '' ? null : wrongType('write the first characters as one text');
    case 'scalar':
      return isOfType(declaration.type, value)
        ? unlisted(declaration, value, codes)
        : wrongType(`write ${article(declaration)}; it is compared as it stands, never converted`);
  }
}

function listFault(declaration: FactDeclaration, value: unknown, codes: CodeSets): ValueFault | null {
  if (!isList(value)) return { check: 'in-without-list', message: 'write a list: over a text "in" would search for a part of the text' };
  if (value.length === 0) return wrongType('an empty list never matches; name at least one value');
  if (!value.every((member) => isOfType(declaration.type, member))) return wrongType(`every member must be ${article(declaration)}`);
  return value.map((member) => unlisted(declaration, member, codes)).find((fault) => fault !== null) ?? null;
}

/** A value that the fact can never have makes a dead condition. */
function unlisted(declaration: FactDeclaration, value: unknown, codes: CodeSets): ValueFault | null {
  if (typeof value !== 'string') return null;
  const { values, codeSet, unit } = declaration;
  if (unit === 'date' && !isCivilDate(value)) return wrongType('write an existing date as YYYY-MM-DD');
  if (values !== null && !values.includes(value)) return wrongType(`"${value}" never occurs; use one of ${values.join(', ')}`);
  const list = codeSet === null ? undefined : codes[codeSet];
  if (list === undefined || list.has(value)) return null;
  return { check: 'unknown-code', message: `"${value}" is not in the ${codeSet?.toUpperCase()} list; look the code up` };
}

function wrongType(message: string): ValueFault {
  return { check: 'wrong-type', message };
}

function article({ type }: FactDeclaration): string {
  return type === 'integer' ? 'a whole number' : type === 'boolean' ? 'true or false' : 'a text';
}

function isRange(value: unknown): boolean {
  if (!isList(value) || value.length !== 2) return false;
  const [low, high] = value;
  return typeof low === 'number' && typeof high === 'number' && value.every(Number.isSafeInteger) && low <= high;
}
