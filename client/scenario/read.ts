import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { DomainError } from '../../rules/domain/failures.ts';
import { type Scenario, scenarioSchema } from './format.ts';

export interface ScenarioFile {
  readonly scenario: Scenario;
  /** Reads a file the story names, relative to the story. */
  readonly readNear: (name: string) => string;
}

/** @throws DomainError `scenario.broken`, naming the file and every place in it that does not fit */
export function readScenario(path: string): ScenarioFile {
  return {
    scenario: parseScenario(readFileSync(path, 'utf8'), path),
    readNear: (name) => readFileSync(join(dirname(path), name), 'latin1'),
  };
}

export function parseScenario(text: string, path: string): Scenario {
  return checkScenario(parseYaml(text, path), path);
}

export function checkScenario(document: unknown, path: string): Scenario {
  const parsed = scenarioSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => innermost(issue, []));
  throw new DomainError('scenario.broken', `${path} is not a scenario:\n${faults.join('\n')}`);
}

/** @throws DomainError `scenario.broken` when the text is not YAML */
export function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new DomainError('scenario.broken', `${path} is not YAML: ${error.message}`);
    throw error;
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** A line per fault. Of a choice that fits nowhere, the alternative whose faults lie deepest is the one that was meant. */
function innermost({ path, message, errors = [] }: Issue, above: readonly PropertyKey[]): readonly string[] {
  const here = [...above, ...path];
  const meant = errors.toSorted((a, b) => depthOf(b) - depthOf(a))[0];
  if (meant === undefined || depthOf(meant) === 0) return [`  ${here.map(String).join('.') || 'the whole file'}: ${message}`];
  return meant.flatMap((issue) => innermost(issue, here));
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
