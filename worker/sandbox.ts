import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { Gateway } from '../activities/dependencies.ts';
import { createActivities } from '../activities/create.ts';
import { fixedRules } from '../activities/rule-library.ts';
import { loadKnowledge } from '../client/knowledge.ts';
import { type Year } from '../client/sandbox/year/play.ts';
import { figureLine, reconciliationLines } from '../client/sandbox/year/reconcile-lines.ts';
import {
  asOnTheDriver,
  asWithoutFaults,
  commandOf,
  comparedWith,
  playAndReconcile,
  type Run,
  worldOf,
} from '../client/sandbox/year/run.ts';
import { createPrisma } from '../prisma/client.ts';
import { migrate } from '../prisma/migrate.ts';
import { civilDate } from '../rules/domain/civil-date.ts';
import { isAbandoned, openDataFolder, removeDataFolder } from './servers/data-folder.ts';
import { temporalStage } from './sandbox-temporal.ts';
import { startPostgres } from './servers/embedded-postgres.ts';
import { startTemporal } from './servers/temporal.ts';
import { StopList } from './stop-list.ts';

const prefix = 'recourse-sandbox-';

/** Away from that of an engine that runs on this machine. */
const webPort = 28_233;

/** What a power cut would take is thrown away anyway. */
const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Plays a year on a PostgreSQL of its own, which goes with it. With faults it plays the calm year first, and compares.
 * @returns the exit code: 0 when it reconciles.
 */
export async function main(parameters: readonly string[]): Promise<number> {
  const { year, isJson, isOnTemporal } = readYear(parameters);
  const stopList = new StopList(say);
  stopList.obeySignals();
  try {
    const serverUrl = await ownServer(stopList);
    const run = isOnTemporal ? await playOnBoth(serverUrl, year, stopList) : await playAll(serverUrl, year);
    print(run, year, isJson);
    if (run.reconciliation.holds) return 0;
    say(`✗ it does not hold; this repeats it: ${commandOf(year)}${isOnTemporal ? ' --temporal' : ''}`);
    return 1;
  } finally {
    await stopList.stop();
  }
}

function readYear(parameters: readonly string[]): { readonly year: Year; readonly isJson: boolean; readonly isOnTemporal: boolean } {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { accounts: text, seed: text, months: text, faults: flag, late: flag, temporal: flag, json: flag };
  const { values } = parseArgs({ args: [...parameters], options });
  const { accounts, seed, months, faults, late, temporal, json } = values;
  const size = { accounts: Number(accounts ?? (temporal ? 25 : 500)), seed: Number(seed ?? 7), months: Number(months ?? 12) };
  const place = { from: civilDate('2025-01-01'), zone: 'America/New_York' };
  return { year: { ...size, ...place, faults: late ? 'days' : faults ? 'sameEnds' : 'none' }, isJson: json, isOnTemporal: temporal };
}

async function playAll(serverUrl: string, year: Year): Promise<Run> {
  if (year.faults !== 'sameEnds') return playOn(await newDatabase(serverUrl, 'year'), year);
  say('the year without faults');
  const calm = await playOn(await newDatabase(serverUrl, 'calm'), { ...year, faults: 'none' });
  say('the same year with faults');
  return comparedWith(calm, await playOn(await newDatabase(serverUrl, 'year'), year), asWithoutFaults);
}

/** On the driver, then on a real Temporal server of its own. */
async function playOnBoth(serverUrl: string, year: Year, stopList: StopList): Promise<Run> {
  say('the year on the driver');
  const calm = { ...year, faults: 'none' } as const;
  const driven = await playOn(await newDatabase(serverUrl, 'calm'), calm);
  const folder = mkdtempSync(join(tmpdir(), prefix));
  stopList.add('Temporal folder', () => removeDataFolder(folder));
  const temporal = await startTemporal({ dataFolder: folder, progress: say, uiPort: webPort });
  stopList.add('Temporal server', temporal.stop, temporal.ended);
  say('the same year on the Temporal server');
  const { prisma, close } = createPrisma(await newDatabase(serverUrl, 'year'));
  const stops: (() => Promise<void>)[] = [];
  try {
    const makeStage = async (gateway: Gateway) => {
      const { stage, stop } = await temporalStage({ prisma, rules: fixedRules(loadKnowledge()), temporal }, gateway);
      stops.push(stop);
      return stage;
    };
    const played = await playAndReconcile(calm, { prisma, makeStage, ...worldOf(year), onDay: progressLine() });
    return comparedWith(driven, played, asOnTheDriver);
  } finally {
    for (const stop of stops) await stop();
    await close();
  }
}

/** A copy of the migrated, empty one. */
async function newDatabase(serverUrl: string, name: string): Promise<string> {
  const url = new URL(serverUrl);
  const template = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

async function ownServer(stopList: StopList): Promise<string> {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(prefix)))
    if (isAbandoned(join(tmpdir(), name))) await removeDataFolder(join(tmpdir(), name));
  const folder = await openDataFolder({ path: mkdtempSync(join(tmpdir(), prefix)), isFresh: false, progress: say });
  stopList.add('data folder', () => removeDataFolder(folder.path));
  const postgres = await startPostgres({ dataFolder: folder.path, progress: say, settings: fast });
  stopList.add('PostgreSQL', postgres.stop, postgres.ended);
  await migrate(postgres.databaseUrl);
  return postgres.databaseUrl;
}

async function playOn(databaseUrl: string, year: Year): Promise<Run> {
  const { prisma, close } = createPrisma(databaseUrl, 4);
  const rules = fixedRules(loadKnowledge());
  try {
    return await playAndReconcile(year, {
      prisma,
      makeActivities: (doors) => createActivities({ prisma, rules, ...doors }),
      ...worldOf(year),
      onDay: progressLine(),
    });
  } finally {
    await close();
  }
}

function print({ played, reconciliation, ms }: Run, year: Year, isJson: boolean): void {
  if (isJson)
    process.stdout.write(`${JSON.stringify({ ...reconciliation, figures: { ...played.counts, ms: Math.round(ms) } }, null, 2)}\n`);
  else process.stdout.write(`${[...reconciliationLines(reconciliation), figureLine(played, year.accounts, ms)].join('\n')}\n`);
}

/** One line that is written over on a terminal, and one in ten percent elsewhere. */
function progressLine() {
  let said = -1;
  return ({ on, share }: { readonly on: string; readonly share: number }): void => {
    const percent = Math.floor(share * 100);
    if (process.stderr.isTTY) process.stderr.write(`\r${bar(share)} ${String(percent).padStart(3)} %  ${on}${share === 1 ? '\n' : ''}`);
    else if (Math.floor(percent / 10) > said) {
      said = Math.floor(percent / 10);
      say(`${String(percent).padStart(3)} %  ${on}`);
    }
  };
}

function bar(share: number): string {
  const full = Math.round(share * 30);
  return `[${'#'.repeat(full)}${'.'.repeat(30 - full)}]`;
}
