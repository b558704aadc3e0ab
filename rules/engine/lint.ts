import { cautionOf } from './caution.ts';
import { type CheckId, type RuleFault, RuleSetFault } from './fault.ts';
import { adviseOn } from './lint-advice.ts';
import { proofsOf } from './lint-proofs.ts';
import { adviseByStored, type LintEvidence, storedChecks } from './lint-stored.ts';
import { JsonPlaces } from './positions.ts';
import type { CodeSets } from './read-value.ts';
import type { ReportRule, RuleSet } from './rule.ts';
import { type RuleFile, readRuleSet } from './rule-set.ts';

/** What an administrator must know before a rule set may be used: nothing else happens while there are faults. */
export interface Lint {
  readonly faults: readonly RuleFault[];
  readonly warnings: readonly RuleFault[];
  /** Checks that need stored decisions, when there were none to look at. */
  readonly notLookedAt: readonly CheckId[];
  /** Null while there are faults. */
  readonly ruleSet: RuleSet | null;
}

export interface LintContext {
  readonly hash: (text: string) => string;
  readonly codes?: CodeSets;
  /** Null or absent where no stored decisions are at hand. */
  readonly stored?: LintEvidence | null;
}

/** Reads the files and proves what can be proved of the rules together; every fault and warning with its place. */
export function lint(files: readonly RuleFile[], { hash, codes = {}, stored = null }: LintContext): Lint {
  const read = readOrFaults(files, hash, codes);
  const notLookedAt = stored === null ? storedChecks : [];
  if (read.ruleSet === null) return { ...read, warnings: [], notLookedAt };
  const texts = new Map(files.map(({ name, text }) => [name, new JsonPlaces(text)]));
  const reporter =
    (found: RuleFault[]): ReportRule =>
    ({ place }, inner, check, message) => {
      const pointer = place.pointer + inner;
      const position = texts.get(place.file)?.at(pointer) ?? { line: 1, column: 1 };
      found.push({ file: place.file, pointer, ...position, check, message });
    };
  const faults: RuleFault[] = [];
  const warnings: RuleFault[] = [];
  proofsOf(read.ruleSet, { fault: reporter(faults), warn: reporter(warnings) });
  cautionOf(read.ruleSet, reporter(faults));
  adviseOn(read.ruleSet, reporter(warnings));
  if (stored !== null) adviseByStored(read.ruleSet, stored, reporter(warnings));
  return { faults, warnings, notLookedAt, ruleSet: faults.length === 0 ? read.ruleSet : null };
}

function readOrFaults(files: readonly RuleFile[], hash: (text: string) => string, codes: CodeSets): Pick<Lint, 'faults' | 'ruleSet'> {
  try {
    return { faults: [], ruleSet: readRuleSet(files, hash, codes) };
  } catch (error) {
    if (error instanceof RuleSetFault) return { faults: error.faults, ruleSet: null };
    throw error;
  }
}
