import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { describeFailure, StartProblem, step } from '../../worker/steps.mjs';

const lines: string[] = [];
const words = { doing: 'building the server', done: 'server built', usually: '3-5 minutes' };

beforeEach(() => {
  lines.length = 0;
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('a long step says every ten seconds how long it has taken, and at its end', async () => {
  let finish = (_result: string): void => {};
  const running = step(
    (line) => lines.push(line),
    words,
    () => new Promise<string>((resolve) => (finish = resolve)),
  );

  jest.advanceTimersByTime(75_000);
  finish('the server');

  expect(await running).toBe('the server');
  expect(lines).toEqual([
    '… building the server: 10 s so far, usually 3-5 minutes',
    '… building the server: 20 s so far, usually 3-5 minutes',
    '… building the server: 30 s so far, usually 3-5 minutes',
    '… building the server: 40 s so far, usually 3-5 minutes',
    '… building the server: 50 s so far, usually 3-5 minutes',
    '… building the server: 1:00 min so far, usually 3-5 minutes',
    '… building the server: 1:10 min so far, usually 3-5 minutes',
    '✓ server built (1:15 min)',
  ]);
});

test('a step that fails claims nothing and falls silent', async () => {
  const running = step(
    (line) => lines.push(line),
    words,
    () => Promise.reject(new StartProblem('Go is not installed')),
  );

  await expect(running).rejects.toThrow('Go is not installed');
  jest.advanceTimersByTime(60_000);

  expect(lines).toEqual([]);
});

test('a problem that the person can mend is its message alone; anything else keeps its stack', () => {
  const defect = new TypeError('undefined is not a function');

  expect(describeFailure(new StartProblem('The disk is full'))).toBe('✗ The disk is full');
  expect(describeFailure(defect)).toBe(defect);
});
