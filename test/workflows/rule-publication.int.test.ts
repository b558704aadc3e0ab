import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { rulePublication } from '../../workflows/rule-publication.ts';
import { stageWith } from '../support/running-worker.ts';
import { ScriptedActivities } from '../support/scripted-activities.ts';

const activities = new ScriptedActivities();
const stage = stageWith(activities.all);

async function publicationOf(draftId: string) {
  const { client, taskQueue } = stage();
  return client.workflow.start<typeof rulePublication>('rulePublication', {
    workflowId: `publication:${draftId}`,
    taskQueue,
    args: [{ draftId, by: 'ben', accountsPerSecond: 200 }],
  });
}

test('waits for its moment, goes live, and tells page by page, not faster than it may', async () => {
  const draftId = randomUUID();
  const publicationId = randomUUID();
  activities.publishing.set(draftId, [
    { kind: 'planned', at: new Date(Date.now() + 1_200).toISOString() },
    { kind: 'published', publicationId },
  ]);
  const startedAt = Date.now();
  const end = await (await publicationOf(draftId)).result();
  expect(end).toEqual({ kind: 'published', publicationId, told: 100 });
  expect({ published: activities.log(draftId).length, pages: activities.log(publicationId).length }).toEqual({ published: 2, pages: 4 });
  // 1.2 s until its moment, and 100 accounts at 200 a second.
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_700);
});

test('a refusal ends it with its reason, and nobody is told', async () => {
  const draftId = randomUUID();
  activities.publishing.set(draftId, [{ kind: 'refused', reason: 'it was withdrawn' }]);
  expect(await (await publicationOf(draftId)).result()).toEqual({ kind: 'refused', reason: 'it was withdrawn' });
});
