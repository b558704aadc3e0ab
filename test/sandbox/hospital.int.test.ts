import { beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { check } from '../../client/scenario/check.ts';
import { DropFolder } from '../../client/ingest/drop-folder.ts';
import { openHospital, readHospital } from '../../client/sandbox/hospital.ts';
import { temporalDoors } from '../../client/scenario/temporal-doors.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { rebuildAccount } from '../../prisma/reads/rebuild.ts';
import { civilDateAt, instant } from '../../rules/domain/civil-date.ts';
import { engineForTests } from '../support/test-engine.ts';
import { historiesOf, wordsOfPeople } from './phi.ts';

const engine = engineForTests();
const zone = 'America/New_York';

function doors() {
  const { house, dataFolder } = engine();
  const dropFolder = join(dataFolder, 'inbound');
  const inbound = new DropFolder({ folder: dropFolder, intake: house.intake, isSandbox: true, progress: () => undefined });
  return { ...temporalDoors(house), dropFolder, look: () => inbound.look(), zone };
}

describe('the sandbox hospital on the real servers', () => {
  const today = civilDateAt(instant(new Date().toISOString()), zone);

  let loaded = 0;

  beforeAll(async () => {
    loaded = await openHospital(engine().dataFolder, doors(), () => undefined);
  }, 900_000);

  test('has its accounts, all of them loaded through the drop folder', () => {
    expect(loaded).toBeGreaterThan(40);
  });

  test('every account is where its story says it is today', async () => {
    const { find } = doors();
    const failures: string[] = [];
    for (const story of readHospital(today)) {
      const last = story.days.at(-1);
      if (last === undefined || last.on !== today) continue;
      for (const expected of [last.expect ?? []].flat()) {
        const found = await find(expected.account ?? '');
        if (found === null) failures.push(`${story.scenario}: no account ${expected.account}`);
        else
          failures.push(
            ...check(found.account, expected, today).map(
              (f) => `${story.scenario} ${expected.account}: ${f.what}: ${f.expected}, came ${f.came}`,
            ),
          );
      }
    }
    expect(failures).toEqual([]);
  });

  test('the doctor finds nothing', async () => {
    const found = await examine(engine().house.prisma);
    expect(Object.entries(found).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value !== 0))).toEqual([]);
  });

  test('every projection is the fold of its events', async () => {
    const { prisma } = engine().house;
    const accounts = await prisma.account.findMany({ select: { id: true } });
    for (const { id } of accounts) {
      const rebuilt = await rebuildAccount(prisma, id);
      expect(rebuilt?.stored).toEqual(rebuilt?.folded);
    }
  });

  test('loading it again changes nothing', async () => {
    const { prisma } = engine().house;
    const before = await prisma.accountEvent.count();
    expect(await openHospital(engine().dataFolder, doors(), () => undefined)).toBe(0);
    expect(await prisma.accountEvent.count()).toBe(before);
  });

  test('no history tells a name, a birth date, a member id or a claim number', async () => {
    const { prisma, client } = engine().house;
    const words = await wordsOfPeople(prisma);
    expect(words.length).toBeGreaterThan(200);
    const accountIds = (await prisma.account.findMany({ select: { id: true } })).map(({ id }) => id);
    const fileHashes = (await prisma.inboundFile.findMany({ select: { sha256: true } })).map(({ sha256 }) => sha256);
    const histories = await historiesOf(client, [
      ...accountIds.map((id) => `account:${id}`),
      ...fileHashes.map((hash) => `ingest:${hash}`),
    ]);
    expect(histories.length).toBeGreaterThan(accountIds.length);
    const told = histories.flatMap(({ workflowId, text }) =>
      words.filter((word) => text.includes(word)).map((word) => `${workflowId}: ${word}`),
    );
    expect(told).toEqual([]);
  }, 120_000);
});
