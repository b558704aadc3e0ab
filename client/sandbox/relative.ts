import { addDays, type CivilDate } from '../../rules/domain/civil-date.ts';
import type { Scenario } from '../scenario/format.ts';
import { checkScenario, parseYaml } from '../scenario/read.ts';

/**
 * A story of the sandbox hospital: a scenario whose dates are told from the day it is loaded. `D-120` is 120 days before that day, `D-0` the
 * day itself, `D+45` a day still to come.
 * @throws DomainError `scenario.broken`, as of any scenario
 */
export function parseStories(text: string, path: string, today: CivilDate): Scenario {
  return checkScenario(dated(parseYaml(text, path), today), path);
}

const relativeDay = /^D([+-]\d{1,4})$/;

/** Replaces the tokens wherever a date may stand, at any depth; keys stay as they are. */
function dated(value: unknown, today: CivilDate): unknown {
  if (typeof value === 'string') {
    const days = relativeDay.exec(value)?.[1];
    return days === undefined ? value : addDays(today, Number(days));
  }
  if (Array.isArray(value)) return value.map((item) => dated(item, today));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, dated(item, today)]));
}
