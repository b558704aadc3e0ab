import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { expect, test } from '@jest/globals';
import type { Activities } from '../../activities/index.ts';
import type { outboundRun } from '../../workflows/outbound-run.ts';
import { stageWith } from '../support/running-worker.ts';
import { ScriptedActivities } from '../support/scripted-activities.ts';

/** What waits at a mail house, and who is sending it: once closed, taking a parcel lasts until `open` is emitted. */
class MailHouse {
  waiting = 0;
  mostAtOnce = 0;
  #atOnce = 0;
  #isOpen: Promise<unknown> = Promise.resolve();
  #entered: Promise<unknown> = Promise.resolve();
  readonly #door = new EventEmitter();

  close(): void {
    this.#isOpen = once(this.#door, 'open');
    this.#entered = once(this.#door, 'entered');
  }

  open(): void {
    this.#door.emit('open');
  }

  async entered(): Promise<void> {
    await this.#entered;
  }

  readonly activities: Activities = {
    ...new ScriptedActivities().all,
    findDestinations: () => Promise.resolve(['statements']),
    sendOutboundRun: async () => {
      this.#atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
      this.#door.emit('entered');
      await this.#isOpen;
      this.#atOnce -= 1;
      const intents = this.waiting;
      this.waiting = 0;
      return { intents, hasEnded: intents > 0, halted: null };
    },
  };
}

const house = new MailHouse();
const stage = stageWith(house.activities);
const otherHouse = new MailHouse();
const otherStage = stageWith(otherHouse.activities);

function run({ client, taskQueue }: ReturnType<typeof stage>) {
  return client.workflow.start<typeof outboundRun>('outboundRun', {
    workflowId: `outbound-run:${randomUUID()}`,
    taskQueue,
    args: [{ destination: null, asOf: null, clockShiftMs: 0, accountIds: null }],
  });
}

test('a second run waits until the first has ended, and then sends what came meanwhile', async () => {
  house.close();
  house.waiting = 3;
  const first = await run(stage());
  await house.entered();
  const second = await run(stage());
  // It has found the first one under way when it waits for its timer.
  await hasSetTimer(second);
  house.open();
  expect(await first.result()).toEqual({ intents: 3, halted: [] });
  house.waiting = 2;
  expect(await second.result()).toEqual({ intents: 2, halted: [] });
  expect(house.mostAtOnce).toBe(1);
});

test('a run of another house in the same namespace waits for nobody', async () => {
  house.close();
  const first = await run(stage());
  await house.entered();
  otherHouse.waiting = 5;
  expect(await (await run(otherStage())).result()).toEqual({ intents: 5, halted: [] });
  house.open();
  await first.result();
});

/** Until it waits for a timer; asks the server again at once. */
async function hasSetTimer(handle: Awaited<ReturnType<typeof run>>): Promise<void> {
  for (;;) {
    const { events } = await handle.fetchHistory();
    if (events?.some(({ timerStartedEventAttributes: timer }) => timer !== null && timer !== undefined) === true) return;
  }
}
