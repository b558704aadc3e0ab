import { parse } from 'yaml';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Scenario, scenarioSchema } from './format.ts';

/** What is wrong with a scenario file, and where: `days.2.arrives.0.claim.charge`; empty for the file as a whole. */
export interface ScenarioFault {
  readonly path: string;
  readonly message: string;
}

export type ScenarioRead = { readonly kind: 'scenario'; readonly scenario: Scenario } | { readonly kind: 'faults'; readonly faults: readonly ScenarioFault[] };

/** Reads the YAML of test/scenarios. Every fault that can be found is named. */
export function readScenario(text: string): ScenarioRead {
  const document = yamlOf(text);
  if (document.kind === 'faults') return document;
  const parsed = scenarioSchema.safeParse(document.value);
  if (parsed.success) return { kind: 'scenario', scenario: parsed.data };
  return { kind: 'faults', faults: parsed.error.issues.flatMap((issue) => innermost(issue, [])) };
}

function yamlOf(text: string): { kind: 'value'; value: unknown } | { kind: 'faults'; faults: readonly ScenarioFault[] } {
  try {
    return { kind: 'value', value: parse(text) };
  } catch (error) {
    return { kind: 'faults', faults: [{ path: '', message: messageOf(error) }] };
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly errors?: readonly (readonly Issue[])[];
}

/** Of a choice that fits nowhere, the alternative that went deepest is the one that was meant. */
function innermost(issue: Issue, above: readonly PropertyKey[]): readonly ScenarioFault[] {
  const path = [...above, ...issue.path];
  const meant = (issue.errors ?? []).toSorted((a, b) => depthOf(b) - depthOf(a))[0];
  if (issue.code !== 'invalid_union' || meant === undefined || depthOf(meant) === 0) return [{ path: path.map(String).join('.'), message: issue.message }];
  return meant.flatMap((inner) => innermost(inner, path));
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
