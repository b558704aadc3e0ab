import type { DecisionPoint, Facts, FactValue } from '../domain/decision.ts';
import { catalogue, type FactId } from './catalogue.ts';
import { classesOf, freeCode, type ValueClass } from './domain-of.ts';
import { predicate } from './predicate.ts';
import { type Condition, type Leaf, leavesOf } from './rule.ts';

/** A condition and what it must answer. */
export interface Goal {
  readonly condition: Condition;
  readonly wanted: boolean;
}

/** `none` is proved: every class of values was tried. A witness was checked by the compiled conditions themselves. */
export type Proof = { readonly kind: 'witness'; readonly facts: Facts } | { readonly kind: 'none' } | { readonly kind: 'undecided' };

/** Assignments one proof may try before it is given up as undecided. */
export const budgetOfOne = 20_000;

/** What many proofs may cost together, in conditions looked at: pure code has no clock. */
export interface ProofBudget {
  left: number;
}

/** Looks for facts at the point that meet all goals, or proves that there are none. Undecided when its own budget or that of all is spent. */
export function prove(goals: readonly Goal[], point: DecisionPoint, { of = budgetOfOne, all = endless }: ProofCosts = {}): Proof {
  if (all.left <= 0) return { kind: 'undecided' };
  return new Search(goals, point, { of, all }).run();
}

interface ProofCosts {
  readonly of?: number;
  readonly all?: ProofBudget;
}

const endless: ProofBudget = { left: Number.POSITIVE_INFINITY };

type Truth = boolean | null;

/**
 * Backtracking over the classes of each fact. A list is several yes-or-no questions: is it known, does it hold this code, does it hold a
 * code nobody names.
 */
class Search {
  readonly #goals: readonly Goal[];
  readonly #point: DecisionPoint;
  readonly #byFact = new Map<FactId, Leaf[]>();
  /** Made when a fact is first chosen: most are decided by others before. */
  readonly #scalars = new Map<FactId, readonly ValueClass[]>();
  readonly #chosen = new Map<string, ValueClass>();
  readonly #answers = new Map<string, boolean>();
  #left: number;
  readonly #all: ProofBudget;

  constructor(goals: readonly Goal[], point: DecisionPoint, { of, all }: Required<ProofCosts>) {
    this.#goals = goals;
    this.#point = point;
    this.#left = of;
    this.#all = all;
    const leaves = new Set(goals.flatMap(({ condition }) => leavesOf(condition)));
    for (const leaf of leaves) {
      const about = this.#byFact.get(leaf.fact);
      if (about === undefined) this.#byFact.set(leaf.fact, [leaf]);
      else about.push(leaf);
    }
    all.left -= leaves.size;
    for (const [fact, [first]] of this.#byFact)
      if (first !== undefined && catalogue[first.fact].type === 'list' && !this.#isKnown(first)) this.#answers.set(known(fact), false);
  }

  run(): Proof {
    const met = this.#descend(this.#goals);
    if (met === null) return { kind: 'undecided' };
    if (!met) return { kind: 'none' };
    const facts = this.#facts();
    const holds = this.#goals.every(({ condition, wanted }) => predicate(condition)(facts) === wanted);
    return holds ? { kind: 'witness', facts } : { kind: 'undecided' };
  }

  /** True when all goals are met, false when they cannot be from here, null when the budget is spent. A goal that is decided stays so. */
  #descend(goals: readonly Goal[]): boolean | null {
    if ((this.#all.left -= goals.length) <= 0) return null;
    const open: Goal[] = [];
    for (const goal of goals) {
      const truth = this.#truth(goal.condition);
      if (truth === null) open.push(goal);
      else if (truth !== goal.wanted) return false;
    }
    const [first] = open;
    const leaf = first === undefined ? null : this.#openLeaf(first.condition);
    if (leaf === null) return true;
    return catalogue[leaf.fact].type === 'list' ? this.#ask(this.#openQuestion(leaf), open) : this.#choose(leaf.fact, open);
  }

  #choose(fact: FactId, open: readonly Goal[]): boolean | null {
    for (const option of this.#classes(fact)) {
      if ((this.#left -= 1) < 0) return null;
      this.#chosen.set(fact, option);
      const met = this.#descend(open);
      if (met !== false) return met;
      this.#chosen.delete(fact);
    }
    return false;
  }

  #ask(question: string, open: readonly Goal[]): boolean | null {
    for (const answer of [true, false]) {
      if ((this.#left -= 1) < 0) return null;
      this.#answers.set(question, answer);
      const met = this.#descend(open);
      if (met !== false) return met;
      this.#answers.delete(question);
    }
    return false;
  }

  #classes(fact: FactId): readonly ValueClass[] {
    const about = this.#byFact.get(fact) ?? [];
    const classes = this.#scalars.get(fact) ?? classesOf(fact, about, this.#point);
    if (!this.#scalars.has(fact)) this.#all.left -= classes.length * about.length;
    this.#scalars.set(fact, classes);
    return classes;
  }

  #truth(condition: Condition): Truth {
    switch (condition.kind) {
      case 'leaf':
        return catalogue[condition.fact].type === 'list'
          ? this.#listTruth(condition)
          : (this.#chosen.get(condition.fact)?.holds.get(condition) ?? null);
      case 'not': {
        const inner = this.#truth(condition.member);
        return inner === null ? null : !inner;
      }
      case 'all':
      case 'any': {
        const decisive = condition.kind === 'any';
        let truth: Truth = !decisive;
        for (const member of condition.members) {
          const one = this.#truth(member);
          if (one === decisive) return decisive;
          if (one === null) truth = null;
        }
        return truth;
      }
    }
  }

  #listTruth({ fact, operator, value }: Leaf): Truth {
    const isKnown = this.#answers.get(known(fact)) ?? null;
    if (operator === 'isPresent' || operator === 'isAbsent') return isKnown === null ? null : isKnown === (operator === 'isPresent');
    if (isKnown === false) return false;
    const held = operator === 'contains' || operator === 'doesNotContain' ? this.#holdsCode(fact, value) : this.#holdsAny(fact);
    if (held === null) return null;
    const answer = held === (operator === 'contains' || operator === 'isNotEmpty');
    return answer ? isKnown : false;
  }

  #holdsCode(fact: string, code: FactValue): Truth {
    return this.#answers.get(holding(fact, code)) ?? null;
  }

  #holdsAny(fact: FactId): Truth {
    const answers = this.#questionsOf(fact).map((question) => this.#answers.get(question) ?? null);
    if (answers.includes(true)) return true;
    return answers.includes(null) ? null : false;
  }

  /** One question per code that is named, and one for all others when there are others. */
  #questionsOf(fact: FactId): readonly string[] {
    const codes = this.#codesOf(fact).map((code) => holding(fact, code));
    return this.#freeCode(fact) === null ? codes : [...codes, holding(fact, null)];
  }

  #codesOf(fact: FactId): readonly FactValue[] {
    const naming = (this.#byFact.get(fact) ?? []).filter(({ operator }) => operator === 'contains' || operator === 'doesNotContain');
    return [...new Set(naming.map(({ value }) => value))];
  }

  #freeCode(fact: FactId): string | null {
    return freeCode(fact, this.#codesOf(fact));
  }

  #openQuestion({ fact, operator, value }: Leaf): string {
    const questions = operator === 'contains' || operator === 'doesNotContain' ? [holding(fact, value)] : this.#questionsOf(fact);
    return [known(fact), ...questions].find((question) => !this.#answers.has(question)) ?? known(fact);
  }

  /** A comparison that is not decided yet, in a condition that is not. */
  #openLeaf(condition: Condition): Leaf | null {
    if (this.#truth(condition) !== null) return null;
    if (condition.kind === 'leaf') return condition;
    if (condition.kind === 'not') return this.#openLeaf(condition.member);
    for (const member of condition.members) {
      const open = this.#openLeaf(member);
      if (open !== null) return open;
    }
    return null;
  }

  #isKnown({ fact }: Leaf): boolean {
    const { points }: { readonly points: readonly DecisionPoint[] } = catalogue[fact];
    return points.includes(this.#point);
  }

  #facts(): Facts {
    const facts: Record<string, FactValue> = { point: this.#point };
    for (const [fact, { value }] of this.#chosen) if (value !== null) facts[fact] = value;
    for (const fact of this.#byFact.keys()) {
      if (catalogue[fact].type !== 'list' || this.#answers.get(known(fact)) !== true) continue;
      const codes = [...this.#codesOf(fact).map(String), this.#freeCode(fact)].filter((code) => code !== null);
      const free = this.#freeCode(fact);
      facts[fact] = codes.filter((code) => this.#answers.get(holding(fact, code === free ? null : code)) === true);
    }
    return facts;
  }
}

function known(fact: string): string {
  return `${fact}?`;
}

function holding(fact: string, code: FactValue): string {
  return code === null ? `${fact}*` : `${fact}=${String(code)}`;
}
