import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { workflowBundle } from '../../worker/bundle.ts';
import { installLogger } from '../../worker/log.ts';

const folder = join(import.meta.dirname, 'histories');
const names = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));

async function replay(text: string): Promise<void> {
  installLogger();
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, historyFromJSON(JSON.parse(text)));
}

function recorded(name: string): string {
  return readFileSync(join(folder, `${name}.json`), 'utf8');
}

describe('an account that already runs', () => {
  test('is recorded in every shape', () => {
    expect(names.sort()).toEqual(['account-appeal', 'account-scenario-clock', 'ingest-file', 'settle-unmatched']);
  });

  test.each(names)(
    'goes on with the code of today: %s',
    async (name) => {
      await replay(recorded(name));
    },
    60_000,
  );

  test('does not go on with a history that took another way', async () => {
    const altered = recorded('account-appeal').replaceAll('"name": "fileAppeal"', '"name": "submitClaim"');
    expect(altered).not.toBe(recorded('account-appeal'));
    await expect(replay(altered)).rejects.toThrow(DeterminismViolationError);
  }, 60_000);
});
