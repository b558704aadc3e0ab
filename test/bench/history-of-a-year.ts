import { join } from 'node:path';
import { play } from '../../client/scenario/play.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { temporalDoors } from '../../client/scenario/temporal-doors.ts';
import { TemporalWorld } from '../../client/scenario/temporal-world.ts';
import { daysBetween } from '../../rules/domain/civil-date.ts';
import type { Composition } from '../../worker/compose.ts';

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
  for await (const { runId } of house.client.workflow.list({ query: `WorkflowId = 'account:${account.id}'` })) {
    const history = await house.client.workflow.getHandle(`account:${account.id}`, runId).fetchHistory();
    events += history.events?.length ?? 0;
  }
  const days = daysBetween(first, last);
  return [`history: ${events} events in the ${days} days of S3, ${Math.round((events * 365) / days)} in a year (aim: at most 300)`];
}
