/**
 * What goes wrong on purpose, by seed: the process ends between any two steps, the database is away for a while, files and messages come twice, late
 * or in another order.
 */
import type { Gateway } from '../../../activities/dependencies.ts';
import type { Activities } from '../../../activities/index.ts';
import { civilDateAt, type Instant, instant, instantAt, type Zone } from '../../../rules/domain/civil-date.ts';
import { isoInstant } from '../../../workflows/account-clock.ts';
import { between, chance } from './chance.ts';

/** The process ended here. What was committed stays; what it had in memory is gone. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** The database does not answer. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

export interface Trouble {
  around(activities: Activities, nowMs: () => number): Activities;
  aroundGateway(gateway: Gateway): Gateway;
  step<T>(name: string, nowMs: number, work: () => Promise<T>): Promise<T>;
  /** When a file that was sent for that moment comes: more than once, or at another moment. */
  arrivals(at: Instant, name: string): readonly Instant[];
  /** How long a message is on its way to its account. */
  messageDelayMs(accountCount: number): number;
}

export const untroubled: Trouble = {
  around: (activities) => activities,
  aroundGateway: (gateway) => gateway,
  step: (_name, _nowMs, work) => work(),
  arrivals: (at) => [at],
  messageDelayMs: () => 0,
};

export interface FaultPlan {
  readonly seed: number;
  readonly zone: Zone;
  /** Files also come days late: then other things happen in the year, and only the reconciliation must hold. */
  readonly isLate: boolean;
}

/** One step in so many ends in a crash, before it or after it. */
const stepsPerCrash = 60;
/** One day in so many the database is away when the day's work begins. */
const daysPerOutage = 20;
const longestOutageMs = 25 * 60_000;
const filesPerRepeat = 15;
const filesPerLate = 10;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function seededTrouble(plan: FaultPlan): Trouble {
  const { seed, zone } = plan;
  let points = 0;
  const mayCrash = (where: string): void => {
    points += 1;
    if (chance(seed, 'crash', points) < 1 / stepsPerCrash) throw new Crash(`crash ${where}`);
  };
  const step = async <T>(name: string, nowMs: number, work: () => Promise<T>): Promise<T> => {
    mayCrash(`before ${name}`);
    if (isAway(nowMs, seed, zone)) throw new Outage('the database is away');
    const result = await work();
    mayCrash(`after ${name}`);
    return result;
  };
  return {
    step,
    around: (activities, nowMs) => eachActivity(activities, (name, run) => step(name, nowMs(), run)),
    aroundGateway: ({ deliver, find }) => ({
      deliver: async (parcel) => {
        mayCrash(`before ${parcel.key} is delivered`);
        const receipt = await deliver(parcel);
        mayCrash(`after ${parcel.key} is delivered`);
        return receipt;
      },
      find,
    }),
    arrivals: (at, name) => arrivals(plan, at, name),
    messageDelayMs: (count) => {
      points += 1;
      return chance(seed, 'message', points, count) < 0.1 ? between(1, 300_000, chance(seed, 'delay', points)) : 0;
    },
  };
}

function eachActivity(activities: Activities, around: <T>(name: string, run: () => Promise<T>) => Promise<T>): Activities {
  return new Proxy(activities, {
    get: (target, name, receiver) => {
      const activity: unknown = Reflect.get(target, name, receiver);
      if (typeof activity !== 'function') return activity;
      return (input: unknown) => around(String(name), async (): Promise<unknown> => Reflect.apply(activity, target, [input]));
    },
  });
}

function isAway(nowMs: number, seed: number, zone: Zone): boolean {
  const on = civilDateAt(instant(isoInstant(nowMs)), zone);
  if (chance(seed, 'outage', on) >= 1 / daysPerOutage) return false;
  const fromMs = Date.parse(instantAt(on, 8, zone));
  return nowMs >= fromMs && nowMs < fromMs + chance(seed, 'away', on) * longestOutageMs;
}

/** Within its own part of the day the order is anyone's; what comes a second time may come weeks later. */
function arrivals({ seed, zone, isLate }: FaultPlan, at: Instant, name: string): readonly Instant[] {
  const sentMs = Date.parse(at);
  const lateMs = isLate && chance(seed, 'late', name) < 1 / filesPerLate ? between(1, 20, chance(seed, 'days', name)) * dayMs : 0;
  const firstMs = lateMs === 0 ? withinItsHours(sentMs, chance(seed, 'hours', name), zone) : sentMs + lateMs;
  const again = chance(seed, 'repeat', name) < 1 / filesPerRepeat ? [firstMs + between(0, 30, chance(seed, 'again', name)) * dayMs] : [];
  return [firstMs, ...again].map((ms) => instant(isoInstant(ms)));
}

/** People work at ten, accounts look up at eight: a file of the afternoon stays one, and one of the night before eight too. */
function withinItsHours(atMs: number, drawn: number, zone: Zone): number {
  const on = civilDateAt(instant(isoInstant(atMs)), zone);
  const borders = [8, 10, 23].map((hour) => Date.parse(instantAt(on, hour, zone)) - 60_000);
  const border = borders.find((ms) => ms > atMs);
  return border === undefined ? atMs : atMs + Math.floor(drawn * (border - atMs));
}
