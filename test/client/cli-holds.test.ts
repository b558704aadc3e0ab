import { expect, test } from '@jest/globals';
import { fakeEngine, recourse } from '../support/fake-engine.ts';

test('recourse hold kinds lists every hold with what it stops, without an engine', async () => {
  const { exit, out } = await recourse(['hold', 'kinds', '--json']);
  expect(exit).toBe(0);
  const { kinds } = JSON.parse(out);
  expect(kinds).toHaveLength(18);
  expect(kinds).toContainEqual(expect.objectContaining({ hold: 'scra', of: 'person', stops: ['extraordinaryAction', 'creditReporting'] }));
});

test('recourse hold place tells the account, with the review day only when it is given', async () => {
  const engine = fakeEngine();
  const place = ['hold', 'place', '10023', 'bankruptcy', '--by', 'pat', '--reference', 'BK-1'];
  expect((await recourse(place, engine)).exit).toBe(0);
  expect((await recourse([...place, '--review', '2026-12-01'], engine)).exit).toBe(0);
  const said = { do: 'hold', hold: 'bankruptcy', by: 'pat', reference: 'BK-1' };
  expect(engine.told.map(({ instruction }) => instruction)).toEqual([said, { ...said, reviewOn: '2026-12-01' }]);
});

test('a hold that is not on the list is wrong usage', async () => {
  const { exit, err } = await recourse(['hold', 'place', '10023', 'bankrupcy', '--by', 'pat']);
  expect(exit).toBe(2);
  expect(err).toContain('bankruptcy, deceased');
});

test('recourse estimate says what was estimated, in cents', async () => {
  const engine = fakeEngine();
  expect((await recourse(['estimate', '10023', '1000.50', '--on', '2026-02-20', '--by', 'pat'], engine)).exit).toBe(0);
  expect(engine.told.map(({ instruction }) => instruction)).toEqual([{ do: 'estimate', cents: 100_050, givenOn: '2026-02-20', by: 'pat' }]);
});

test('recourse hold list says that none is in force', async () => {
  expect((await recourse(['hold', 'list', '--review-by', '2026-12-01'])).out).toContain('No such hold is in force.');
});
