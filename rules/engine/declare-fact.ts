import type { DecisionPoint } from '../domain/decision.ts';

export type FactType = 'integer' | 'text' | 'boolean' | 'list';
export type Unit = 'cents' | 'days' | 'count' | 'percent' | 'date';
/** A published code list a value must come from (rules/reference). */
export type CodeSet = 'carc' | 'rarc';

export interface FactDeclaration {
  readonly type: FactType;
  /** `date` is ISO text `YYYY-MM-DD`; a list's values have no unit. */
  readonly unit: Unit | null;
  /** All values there are; null when the set is open or is a code set. */
  readonly values: readonly string[] | null;
  readonly codeSet: CodeSet | null;
  readonly nullable: boolean;
  readonly doc: string;
  /** Where it can be known at all; elsewhere it is null, so a rule that asks for it there is dead. */
  readonly points: readonly DecisionPoint[];
  /** What must exist before anyone can give it; until then it is null everywhere. Null when the lifecycle gives it. */
  readonly nullUntil: string | null;
}

type About = Partial<Omit<FactDeclaration, 'type' | 'unit' | 'doc' | 'points'>>;
type Declare = (doc: string, points: readonly DecisionPoint[], about?: About) => FactDeclaration;

const declare =
  (type: FactType, unit: Unit | null): Declare =>
  (doc, points, about = {}) => ({ type, unit, values: null, codeSet: null, nullable: true, nullUntil: null, ...about, doc, points });

export const text = declare('text', null);
export const date = declare('text', 'date');
export const list = declare('list', null);
export const truth = declare('boolean', null);
export const money = declare('integer', 'cents');
export const days = declare('integer', 'days');
export const count = declare('integer', 'count');
export const percent = declare('integer', 'percent');
