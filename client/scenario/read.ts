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
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'the whole file'}: ${issue.message}`);
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
