import { z } from 'zod';
import { actions, queues, type RuleTimer } from '../domain/decision.ts';
import { type Report, step } from './fault.ts';
import { isFactId, isObject } from './read-condition.ts';
import type { AnswerTemplate } from './rule.ts';

const eventShape = z.strictObject({ type: z.literal('nextAction'), params: z.record(z.string(), z.unknown()) });
const timerShape = z.strictObject({ id: z.string().regex(/^[a-z][A-Za-z0-9]*$/), duration: z.string() });
const duration = /^[1-9]\d{0,2} (business days?|days?|weeks?)$/;

/** Reads a rule's `event`; null when something in it was reported. */
export function readAnswer(raw: unknown, report: Report): AnswerTemplate | null {
  const event = eventShape.safeParse(raw);
  if (!event.success) {
    report('/event', 'shape', 'write {"type": "nextAction", "params": {"action": …, "queue": …}}');
    return null;
  }
  const { action: rawAction, queue: rawQueue, timer: rawTimer, ...rest } = event.data.params;
  const action = actions.find((a) => a === rawAction);
  const queue = queues.find((q) => q === rawQueue);
  if (action === undefined)
    report('/event/params/action', 'unknown-action', `there is no action ${JSON.stringify(rawAction)}; use one of ${actions.join(', ')}`);
  if (queue === undefined)
    report('/event/params/queue', 'unknown-queue', `there is no queue ${JSON.stringify(rawQueue)}; use one of ${queues.join(', ')}`);
  const timer = rawTimer === undefined ? null : readTimer(rawTimer, report);
  if (action === 'wait' && rawTimer === undefined)
    report('/event/params', 'wait-without-timer', 'a wait without a timer would wait for ever; add a timer');
  const params = readParams(rest, report);
  return action === undefined || queue === undefined || params === null ? null : { action, queue, timer, params };
}

function readTimer(raw: unknown, report: Report): RuleTimer | null {
  const timer = timerShape.safeParse(raw);
  if (!timer.success) {
    report('/event/params/timer', 'shape', 'write {"id": "camelCase", "duration": "14 days"}');
    return null;
  }
  if (duration.test(timer.data.duration)) return timer.data;
  const message = 'write days, business days or weeks, such as "30 days"; months and hours have no fixed length in a policy';
  report('/event/params/timer/duration', 'duration', message);
  return null;
}

function readParams(raw: Readonly<Record<string, unknown>>, report: Report): AnswerTemplate['params'] | null {
  const params: [string, AnswerTemplate['params'][string]][] = [];
  for (const [name, value] of Object.entries(raw)) {
    const read = readParam(name, value, report);
    if (read === null) return null;
    params.push([name, read]);
  }
  return Object.fromEntries(params);
}

function readParam(name: string, value: unknown, report: Report): AnswerTemplate['params'][string] {
  const pointer = `/event/params${step(name)}`;
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
    report(pointer, 'shape', 'name a parameter in camelCase');
    return null;
  }
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value))) return value;
  if (isObject(value) && Object.keys(value).length === 1 && typeof value['fact'] === 'string') {
    if (isFactId(value['fact'])) return { fact: value['fact'] };
    report(`${pointer}/fact`, 'unknown-fact', `there is no fact "${value['fact']}"; use an id of the catalogue`);
    return null;
  }
  if (JSON.stringify(value).includes('"fact":'))
    report(pointer, 'nested-fact-reference', 'a fact reference stands directly under params, as {"fact": "id"}');
  else report(pointer, 'shape', 'a parameter is a text, a whole number, true or false, or {"fact": "id"}');
  return null;
}
