import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type CivilDate, civilDate, civilDateAt, instant } from '../../rules/domain/civil-date.ts';
import type { Scenario } from '../scenario/format.ts';
import { type LoadProgress, loadHospital, type SandboxDoors } from './load.ts';
import { parseStories } from './relative.ts';

const storyFolder = join(import.meta.dirname, 'hospital');

const markSchema = z.object({ today: z.string().transform((text) => civilDate(text)), daysDone: z.int(), isComplete: z.boolean() });

/** How far the loading of a data folder's sandbox came, so that an interrupted one goes on. */
interface Mark {
  /** The load day, from which the stories count back. */
  readonly today: CivilDate;
  readonly daysDone: number;
  readonly isComplete: boolean;
}

export function readHospital(today: CivilDate): readonly Scenario[] {
  const names = readdirSync(storyFolder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return names.map((name) => parseStories(readFileSync(join(storyFolder, name), 'utf8'), name, today));
}

/**
 * Loads the sandbox hospital into an engine that has none; goes on where an earlier start was interrupted.
 * @returns how many accounts were loaded now; 0 when it was complete already.
 */
export async function openHospital(dataFolder: string, doors: SandboxDoors, onProgress: (progress: LoadProgress) => void): Promise<number> {
  const path = join(dataFolder, 'sandbox.json');
  const mark = readMark(path) ?? { today: civilDateAt(instant(new Date().toISOString()), doors.zone), daysDone: 0, isComplete: false };
  if (mark.isComplete) return 0;
  const stories = readHospital(mark.today);
  const write = (change: Partial<Mark>): void => writeFileSync(path, JSON.stringify({ ...mark, ...change }));
  write({});
  await loadHospital({ stories, daysDone: mark.daysDone }, doors, (progress) => {
    write({ daysDone: progress.day });
    onProgress(progress);
  });
  write({ isComplete: true });
  return stories
    .flatMap((story) => story.days)
    .flatMap((day) => day.arrives)
    .filter((arrival) => 'claim' in arrival).length;
}

function readMark(path: string): Mark | null {
  if (!existsSync(path)) return null;
  return markSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
