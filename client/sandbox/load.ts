import { mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CivilDate, instantAt } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Accounts } from '../accounts.ts';
import { formOf, openTaskOf } from '../scenario/deeds.ts';
import type { Deed, Scenario, ScenarioArrival } from '../scenario/format.ts';
import type { TemporalDoors } from '../scenario/temporal-world.ts';
import { type DropFile, filesOfDay, sentAlone } from './merge.ts';

export interface SandboxDoors {
  readonly accounts: Accounts;
  readonly find: TemporalDoors['find'];
  /** `<data>/inbound`, watched in sandbox mode: a file's modification time is the moment at which it came. */
  readonly dropFolder: string;
  readonly zone: string;
}

export interface LoadProgress {
  readonly day: number;
  readonly days: number;
  readonly files: number;
}

/** A day's files are read in seconds; after this the drop folder is not being watched. */
const patienceMs = 60_000;
const pollMs = 25;

/**
 * Plays the sandbox hospital up to today, day by day, through the drop folder: the clocks of the accounts concerned go to that day, its files
 * arrive, people complete their tasks; at the end every clock shows the present. Loading again what is loaded changes nothing.
 * @throws DomainError `sandbox.refused` when a file of ours is refused, `sandbox.task` when a task of a story is not open
 */
export async function loadHospital(
  stories: readonly Scenario[],
  doors: SandboxDoors,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const alone = sentAlone(stories);
  const days = [...new Set(stories.flatMap((story) => story.days.map((day) => day.on)))].sort();
  await mkdir(doors.dropFolder, { recursive: true });
  let files = 0;
  for (const [index, on] of days.entries()) {
    const today = stories.flatMap((story) => story.days.filter((day) => day.on === on).map((day) => ({ story, day })));
    const concerned = new Set(today.flatMap(({ story }) => accountsOf(story)));
    await moveClocks([...concerned], doors, new Date(instantAt(on, 12, doors.zone)).getTime() - Date.now());
    const arriving = filesOfDay(
      today.flatMap(({ day }) => day.arrives),
      on,
      alone,
    );
    await drop(arriving, on, doors);
    files += arriving.length;
    await settle([...concerned], doors);
    for (const { story, day } of today) for (const deed of day.does) await perform(deed, accountsOf(story), doors);
    onProgress({ day: index + 1, days: days.length, files });
  }
  await moveClocks([...new Set(stories.flatMap(accountsOf))], doors, 0);
}

function accountsOf(story: Scenario): readonly string[] {
  return story.days.flatMap((day) => day.arrives).flatMap((a: ScenarioArrival) => ('claim' in a ? [a.claim.account] : []));
}

async function moveClocks(numbers: readonly string[], doors: SandboxDoors, shiftMs: number): Promise<void> {
  await Promise.all(
    numbers.map(async (number) => {
      const found = await doors.find(number);
      if (found !== null) await doors.accounts.setClock(found.id, shiftMs);
    }),
  );
}

async function settle(numbers: readonly string[], doors: SandboxDoors): Promise<void> {
  await Promise.all(
    numbers.map(async (number) => {
      const found = await doors.find(number);
      if (found !== null) await doors.accounts.whenSettled(found.id);
    }),
  );
}

async function drop(files: readonly DropFile[], on: CivilDate, doors: SandboxDoors): Promise<void> {
  const cameAt = new Date(instantAt(on, 12, doors.zone));
  for (const { name, text } of files) {
    const part = join(doors.dropFolder, `${name}.part`);
    await writeFile(part, text);
    await utimes(part, cameAt, cameAt);
    await rename(part, join(doors.dropFolder, name));
  }
  for (const { name } of files) await read(name, doors.dropFolder);
}

/** Waits until the watcher moved the file to `done`; one in `refused` ends the load with its reason. */
async function read(name: string, folder: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
    if ((await listed(join(folder, 'done'))).includes(name)) return;
    if ((await listed(join(folder, 'refused'))).includes(name)) {
      const why = await readFile(join(folder, 'refused', `${name}.why.txt`), 'utf8').catch(() => 'no reason was written');
      throw new DomainError('sandbox.refused', `${name} was refused: ${why.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new DomainError('sandbox.not-watched', `${name} lay in the drop folder for ${patienceMs / 1000} s and nobody read it`);
}

async function listed(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function perform(deed: Deed, numbers: readonly string[], doors: SandboxDoors): Promise<void> {
  const number = deed.account ?? numbers[0] ?? '';
  const found = await doors.find(number);
  const taskId = found === null ? null : openTaskOf(found.account, deed);
  if (found === null || taskId === null)
    throw new DomainError('sandbox.task', `account ${number} has no open task ${deed.task} to complete`);
  const answer = await doors.accounts.completeTask(found.id, { taskId, form: formOf(deed) });
  if (answer.kind !== 'done' && deed.refused === undefined)
    throw new DomainError(
      'sandbox.task',
      `account ${number}, task ${deed.task}: ${answer.kind === 'refused' ? answer.reason : answer.kind}`,
    );
  await doors.accounts.whenSettled(found.id);
}
