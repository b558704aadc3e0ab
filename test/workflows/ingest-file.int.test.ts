import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { ingestFile } from '../../workflows/ingest-file.ts';
import { stageWith } from '../support/running-worker.ts';
import { ScriptedActivities } from '../support/scripted-activities.ts';

const scripted = new ScriptedActivities();
const stage = stageWith(scripted.all);

test('a file is read once and delivered 200 accounts at a time until nothing is left', async () => {
  const fileId = randomUUID();
  const { client, taskQueue } = stage();
  const end = await client.workflow.execute<typeof ingestFile>('ingestFile', {
    workflowId: `ingest:${fileId}`,
    taskQueue,
    args: [{ fileId, clockShiftMs: 0 }],
  });
  expect(end).toEqual({ status: 'stored', summary: '3 claims of 835' });
  expect(scripted.log(fileId)).toEqual(['deliver', 'deliver', 'deliver']);
});
