import { join } from 'node:path';
import proto from '@temporalio/proto';
import { play } from '../../client/scenario/play.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { temporalDoors } from '../../client/scenario/temporal-doors.ts';
import { TemporalWorld } from '../../client/scenario/temporal-world.ts';
import { daysBetween } from '../../rules/domain/civil-date.ts';
import type { Composition } from '../../worker/compose.ts';

const { EventType } = proto.temporal.api.enums.v1;

/** Events in the Temporal history of the account of S3, and what that is in a year (aim: at most 300). */
export async function historyOfAYear(house: Composition): Promise<readonly string[]> {
  const { scenario, readNear } = readScenario(join(import.meta.dirname, '../scenarios/s3-aetna-two-steps.yaml'));
  const doors = temporalDoors(house);
  await play(scenario, new TemporalWorld(doors, { zone: scenario.zone, tag: 'B', readFile: readNear }));
  const account = await doors.find('BS3A');
  const first = scenario.days[0]?.on;
  const last = scenario.days.at(-1)?.on;
  if (account === null || first === undefined || last === undefined) throw new Error('S3 was played');
  let events = 0;
  let skips = 0;
  for await (const { runId } of house.client.workflow.list({ query: `WorkflowId = 'account:${account.id}'` })) {
    const history = await house.client.workflow.getHandle(`account:${account.id}`, runId).fetchHistory();
    events += history.events?.length ?? 0;
    skips += (history.events ?? []).filter((e) => isSkip(e.eventType)).length;
  }
  const days = daysBetween(first, last);
  const own = events - skips;
  return [
    `history: ${own} events in the ${days} days that the account of S3 lives (and ${skips} of the story's time skipping), ` +
      `${Math.round((own * 365) / days)} if it went on like this for a year (aim: at most 300)`,
  ];
}

/** Written by the server for the story, not by the account. */
function isSkip(type: number | null | undefined): boolean {
  return (
    type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED ||
    type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED
  );
}
