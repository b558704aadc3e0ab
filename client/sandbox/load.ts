import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CivilDate, civilDateAt, instant, instantAt } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Accounts } from '../accounts.ts';
import { formOf, openTaskOf } from '../scenario/deeds.ts';
import type { Deed, Scenario, ScenarioArrival } from '../scenario/format.ts';
import { nextStop, sendWaiting } from '../scenario/runs-on-the-way.ts';
import type { StandingAccount, TemporalDoors } from '../scenario/temporal-world.ts';
import { type DropFile, filesOfDay, sentAlone } from './merge.ts';

export interface SandboxDoors {
  readonly accounts: Accounts;
  readonly runs: TemporalDoors['runs'];
  readonly find: TemporalDoors['find'];
  readonly standing: TemporalDoors['standing'];
  readonly enclose: TemporalDoors['enclose'];
  /** `<data>/inbound`, in sandbox mode: a file's modification time is the moment at which it came. */
  readonly dropFolder: string;
  /** One look of the drop folder; a file that two looks find unchanged is read. */
  readonly look: () => Promise<void>;
  readonly zone: string;
}

export interface LoadProgress {
  readonly day: number;
  readonly days: number;
}

export interface HospitalLoad {
  readonly stories: readonly Scenario[];
  /** Days that an interrupted load has behind it. The day after them may be half done. */
  readonly daysDone: number;
}

/**
 * Plays the sandbox hospital up to today, day by day, through the drop folder: the clocks of the accounts concerned go to that day, its files
 * arrive, people complete their tasks; at the end every clock shows the present.
 * @throws DomainError `sandbox.refused` when a file of ours is refused, `sandbox.task` when a task of a story is not open
 */
export async function loadHospital(
  { stories, daysDone }: HospitalLoad,
  doors: SandboxDoors,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const alone = sentAlone(stories);
  const days = [...new Set(stories.flatMap((story) => story.days.map((day) => day.on)))].sort();
  await mkdir(doors.dropFolder, { recursive: true });
  for (const [index, on] of days.entries()) {
    if (index < daysDone) continue;
    const today = stories.flatMap((story) => story.days.filter((day) => day.on === on).map((day) => ({ story, day })));
    const concerned = [...new Set(today.flatMap(({ story }) => accountsOf(story)))];
    await passTo(on, concerned, doors);
    await drop(
      filesOfDay(
        today.flatMap(({ day }) => day.arrives),
        on,
        alone,
      ),
      on,
      doors,
    );
    await settle(on, concerned, doors);
    const mayBeDone = index === daysDone && daysDone > 0;
    await Promise.all(today.map(({ story, day }) => performAll(day.does, { numbers: accountsOf(story), mayBeDone, doors })));
    await settle(on, concerned, doors);
    onProgress({ day: index + 1, days: days.length });
  }
  const everybody = [...new Set(stories.flatMap(accountsOf))];
  await passTo(civilDateAt(instant(new Date().toISOString()), doors.zone), everybody, doors);
  await Promise.all((await doors.standing(everybody)).map(({ id }) => doors.accounts.setClock(id, 0)));
}

function accountsOf(story: Scenario): readonly string[] {
  return story.days.flatMap((day) => day.arrives).flatMap((a: ScenarioArrival) => ('claim' in a ? [a.claim.account] : []));
}

/** The days up to that one pass for these accounts together; what they leave for a run on the way leaves on its day. */
async function passTo(on: CivilDate, numbers: readonly string[], doors: SandboxDoors): Promise<void> {
  for (let stop: CivilDate | null = null; stop !== on; ) {
    const standing: readonly StandingAccount[] = await doors.standing(numbers);
    const accounts = standing.map(({ account }) => account);
    const next: CivilDate = nextStop(accounts, { after: stop, on });
    // The others stay where they are: their clocks may be ahead.
    const moved = next === on ? standing : standing.filter(({ account }) => nextStop([account], { after: stop, on }) === next);
    await Promise.all(moved.map(({ id }) => doors.accounts.setClock(id, shiftTo(next, doors))));
    await sendAll(next, moved, doors);
    stop = next;
  }
}

function shiftTo(on: CivilDate, { zone }: SandboxDoors): number {
  return new Date(instantAt(on, 12, zone)).getTime() - Date.now();
}

function sendAll(on: CivilDate, accounts: readonly Pick<StandingAccount, 'id'>[], doors: SandboxDoors): Promise<void> {
  const settled = async () => void (await Promise.all(accounts.map(({ id }) => doors.accounts.whenSettled(id))));
  return sendWaiting(doors.runs, { on, zone: doors.zone, accountIds: accounts.map(({ id }) => id) }, settled);
}

async function settle(on: CivilDate, numbers: readonly string[], doors: SandboxDoors): Promise<void> {
  const standing = await doors.standing(numbers);
  await Promise.all(standing.map(({ id }) => doors.accounts.whenSettled(id)));
  await sendAll(on, standing, doors);
}

async function drop(files: readonly DropFile[], on: CivilDate, doors: SandboxDoors): Promise<void> {
  const cameAt = new Date(instantAt(on, 12, doors.zone));
  for (const { name, text, answers } of files) {
    const at = new Date(cameAt.getTime() + (answers ? 1_000 : 0));
    await writeFile(join(doors.dropFolder, name), text);
    await utimes(join(doors.dropFolder, name), at, at);
  }
  if (files.length === 0) return;
  await doors.look();
  await doors.look();
  const done = new Set(await listed(join(doors.dropFolder, 'done')));
  for (const { name } of files)
    if (!done.has(name)) throw new DomainError('sandbox.refused', `${name} was not read: ${await whyNot(name, doors)}`);
}

async function whyNot(name: string, { dropFolder }: SandboxDoors): Promise<string> {
  const why = await readFile(join(dropFolder, 'refused', `${name}.why.txt`), 'utf8').catch(() => 'it still lies in the inbound folder');
  return why.trim();
}

async function listed(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

interface Cast {
  readonly numbers: readonly string[];
  readonly mayBeDone: boolean;
  readonly doors: SandboxDoors;
}

async function performAll(deeds: readonly Deed[], cast: Cast): Promise<void> {
  for (const deed of deeds) await perform(deed, cast);
}

async function perform(deed: Deed, { numbers, mayBeDone, doors }: Cast): Promise<void> {
  const number = deed.account ?? numbers[0] ?? '';
  const found = await doors.find(number);
  const taskId = found === null ? null : openTaskOf(found.account, deed);
  if (taskId === null && mayBeDone) return;
  if (found === null || taskId === null)
    throw new DomainError('sandbox.task', `account ${number} has no open task ${deed.task} to complete`);
  const form = formOf(deed);
  const task = found.account.tasks.find((t) => t.id === taskId);
  await doors.enclose({ account: found.account, task, outcome: form.outcome });
  const answer = await doors.accounts.completeTask(found.id, { taskId, form });
  if (answer.kind !== 'done' && deed.refused === undefined) {
    const why = answer.kind === 'refused' ? answer.reason : answer.kind;
    throw new DomainError('sandbox.task', `account ${number}, task ${deed.task}: ${why}`);
  }
  await doors.accounts.whenSettled(found.id);
}
