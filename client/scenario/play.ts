import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { FacilityStanding } from '../../rules/domain/facility.ts';
import { check, checkNever } from './check.ts';
import { differencesCheck, neverStood } from './check-vendors.ts';
import type { Failure } from './failure.ts';
import type { Deed, Expectation, Scenario, ScenarioArrival, ScenarioDay } from './format.ts';
import { type Acceptance, aboutOf } from './format-vendor-ledger.ts';
import type { SeenDifference, VendorBooks } from './vendor-books.ts';

/** A world in which a scenario can be played: the pure core alone, or the real servers. */
export interface World {
  /** Says what the hospital is. @returns what was said before */
  describeFacility(facility: FacilityStanding): Promise<FacilityStanding>;
  /** Lets the days pass until noon of that day, playing everything that falls due on the way. */
  goTo(on: CivilDate): Promise<void>;
  arrive(arrival: ScenarioArrival, on: CivilDate): Promise<void>;
  /** @returns why the outcome was refused, or null when it was taken. */
  complete(accountNumber: string, deed: Deed): Promise<string | null>;
  account(accountNumber: string): Promise<Account>;
  accountNumbers(): readonly string[];
  /** What stands open between vendors and the accounts of the story. */
  readonly vendors: VendorBooks;
  close(): Promise<void>;
}

export interface DayResult {
  readonly on: CivilDate;
  readonly checked: number;
  readonly failures: readonly Failure[];
}

export interface ScenarioResult {
  readonly scenario: string;
  readonly days: readonly DayResult[];
  readonly never: readonly Failure[];
  readonly passed: boolean;
  readonly accounts: readonly Account[];
}

/** Plays the days in order; expectations are checked at the end of each, and what must never happen at the end of all. */
export async function play(scenario: Scenario, world: World, onDay: (day: DayResult) => void = () => {}): Promise<ScenarioResult> {
  if (scenario.facility === undefined) return playDays(scenario, world, onDay);
  const before = await world.describeFacility(scenario.facility);
  try {
    return await playDays(scenario, world, onDay);
  } finally {
    await world.describeFacility(before);
  }
}

async function playDays(scenario: Scenario, world: World, onDay: (day: DayResult) => void): Promise<ScenarioResult> {
  const days: DayResult[] = [];
  const stood: SeenDifference[] = [];
  const isAboutLedgers = scenario.days.some(({ expect }) => [expect ?? []].flat().some(({ differences }) => differences !== undefined));
  for (const day of scenario.days) {
    await world.goTo(day.on);
    if (isAboutLedgers) await world.vendors.look(day.on);
    for (const arrival of day.arrives) await world.arrive(arrival, day.on);
    const deeds: Failure[] = [];
    for (const deed of day.does) deeds.push(...(await perform(world, deed)));
    for (const told of day.accepts ?? []) deeds.push(...(await accept(world, told, day.on)));
    const result = { on: day.on, ...(await expectations(world, day.expect, day.on)) };
    if (scenario.never !== undefined && scenario.never.differences.length > 0) stood.push(...(await world.vendors.differences()));
    const whole = { ...result, failures: [...deeds, ...result.failures] };
    days.push(whole);
    onDay(whole);
  }
  const accounts = await Promise.all(world.accountNumbers().map((number) => world.account(number)));
  const { never: forbidden } = scenario;
  const never =
    forbidden === undefined ? [] : [...accounts.flatMap((account) => checkNever(account, forbidden)), ...neverStood(stood, forbidden)];
  return { scenario: scenario.scenario, days, never, passed: never.length === 0 && days.every((d) => d.failures.length === 0), accounts };
}

async function perform(world: World, deed: Deed): Promise<readonly Failure[]> {
  const refusal = await world.complete(accountOf(world, deed.account), deed);
  if (deed.refused === undefined) return refusal === null ? [] : [{ what: deedInWords(deed), expected: 'to be taken', came: refusal }];
  if (refusal?.includes(deed.refused) === true) return [];
  return [{ what: deedInWords(deed), expected: `refused: ${deed.refused}`, came: refusal ?? 'it was taken' }];
}

function deedInWords({ do: told, task }: Deed): string {
  return `${told ?? 'completing'} ${task}`.trim();
}

async function accept(world: World, told: Acceptance, on: CivilDate): Promise<readonly Failure[]> {
  const refusal = await world.vendors.accept(told, on);
  return refusal === null ? [] : [{ what: `accepting ${told.kind} ${aboutOf(told)}`, expected: 'to be taken', came: refusal }];
}

async function expectations(
  world: World,
  expected: ScenarioDay['expect'],
  on: CivilDate,
): Promise<{ checked: number; failures: readonly Failure[] }> {
  const all = [expected ?? []].flat();
  const failures: Failure[] = [];
  for (const one of all) failures.push(...(await expectation(world, one, on)));
  return { checked: all.length, failures };
}

/** What is said of differences alone needs no account. */
async function expectation(world: World, { differences, ...ofAccount }: Expectation, on: CivilDate): Promise<readonly Failure[]> {
  const scope = { account: ofAccount.account ?? null, today: on };
  const open = differences === undefined ? [] : differencesCheck(await world.vendors.differences(), differences, scope);
  if (differences !== undefined && Object.keys(ofAccount).length === 0) return open;
  return [...check(await world.account(accountOf(world, ofAccount.account)), ofAccount, on), ...open];
}

/** The only account of a story need not be named. */
function accountOf(world: World, named: string | undefined): string {
  const [first, ...others] = world.accountNumbers();
  if (named !== undefined) return named;
  if (first === undefined) throw new Error('no account exists yet: the first day must bring a claim');
  if (others.length > 0) throw new Error('the story has several accounts: name the one that is meant (account: …)');
  return first;
}
