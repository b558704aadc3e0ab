import { readManners } from '../payers/manners.ts';
import { createPayerWorld } from '../payers/world.ts';
import { type PlayedYear, playYear, type Year, type YearDoors } from './play.ts';
import { type OutsideTruth, reconcile, type Reconciliation, sameEnds } from './reconcile.ts';

export interface World extends Pick<YearDoors, 'peers' | 'paper'> {
  readonly truth: () => OutsideTruth;
}

export interface Run {
  readonly played: PlayedYear;
  readonly reconciliation: Reconciliation;
  readonly ms: number;
}

export async function playAndReconcile(year: Year, doors: YearDoors & Pick<World, 'truth'>): Promise<Run> {
  const startedAt = performance.now();
  const played = await playYear(year, doors);
  const ms = performance.now() - startedAt;
  return { played, reconciliation: await reconcile(doors.prisma, played, doors.truth()), ms };
}

export const asWithoutFaults = 'every account ends as it does without faults';
export const asOnTheDriver = 'every account ends on the Temporal server as it does on the driver';

/** The same run with one more thing that must hold. */
export function comparedWith(calm: Run, broken: Run, name: string): Run {
  const compared = sameEnds(calm.reconciliation, broken.reconciliation, name);
  const { checks, holds } = broken.reconciliation;
  return { ...broken, reconciliation: { ...broken.reconciliation, checks: [...checks, compared], holds: holds && compared.holds } };
}

/** What repeats it, to the byte. */
export function commandOf({ accounts, seed, months, faults }: Year): string {
  const broken = { none: '', sameEnds: ' --faults', days: ' --late' }[faults];
  return `recourse sandbox run --accounts ${accounts} --seed ${seed} --months ${months}${broken}`;
}

/** Everyone outside, by the year's seed. */
export function worldOf({ seed, zone }: Year): World {
  const world = createPayerWorld({ seed, zone, manners: readManners() });
  return { peers: [world], paper: () => world.truth().letters, truth: () => world.truth() };
}
