import type { Failure } from '../scenario/failure.ts';
import type { ScenarioResult } from '../scenario/play.ts';

/** What became of one scenario file. */
export type Played =
  | { readonly path: string; readonly kind: 'broken'; readonly fault: string }
  | { readonly path: string; readonly kind: 'played'; readonly title: string; readonly result: ScenarioResult; readonly ms: number };

/** One line per day; under a day that failed, what was expected and what came. */
export function scenarioLines(played: Played): readonly string[] {
  if (played.kind === 'broken') return [`✗ ${played.fault}`];
  const { result, title, ms } = played;
  return [
    `${result.scenario}  ${title}`,
    ...result.days.flatMap(({ on, checked, failures }) => [
      `  ${failures.length === 0 ? '✓' : '✗'} ${on}${checked === 0 && failures.length === 0 ? '  (nothing expected)' : ''}`,
      ...failures.map(failureLine),
    ]),
    ...(result.never.length === 0 ? [] : ['  ✗ never', ...result.never.map(failureLine)]),
    `  ${result.passed ? '✓ passed' : '✗ failed'} in ${ms.toFixed(0)} ms`,
  ];
}

function failureLine({ what, expected, came }: Failure): string {
  return `      ${what}: expected ${expected}, came ${came}`;
}

export function totalLine(all: readonly Played[]): string {
  const passed = all.filter((played) => played.kind === 'played' && played.result.passed).length;
  const ms = all.reduce((total, played) => total + (played.kind === 'played' ? played.ms : 0), 0);
  return `${passed === all.length ? '✓' : '✗'} ${passed} of ${all.length} scenarios passed in ${ms.toFixed(0)} ms`;
}
