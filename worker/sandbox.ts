import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createActivities } from '../activities/create.ts';
import { loadKnowledge } from '../client/knowledge.ts';
import { type Year } from '../client/sandbox/year/play.ts';
import { figureLine, reconciliationLines } from '../client/sandbox/year/reconcile-lines.ts';
import { playAndReconcile, type Run, worldOf } from '../client/sandbox/year/run.ts';
import { createPrisma } from '../prisma/client.ts';
import { migrate } from '../prisma/migrate.ts';
import { civilDate } from '../rules/domain/civil-date.ts';
import { isAbandoned, openDataFolder, removeDataFolder } from './servers/data-folder.ts';
import { startPostgres } from './servers/embedded-postgres.ts';
import { StopList } from './stop-list.ts';

const prefix = 'recourse-sandbox-';

/** What a power cut would take is thrown away anyway. */
const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Plays a year on a PostgreSQL of its own, which goes with it. @returns the exit code: 0 when it reconciles. */
export async function main(parameters: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      accounts: { type: 'string', default: '500' },
      seed: { type: 'string', default: '7' },
      months: { type: 'string', default: '12' },
      faults: { type: 'string', default: 'none' },
      json: { type: 'boolean', default: false },
    },
  });
  const faults = values.faults === 'sameEnds' || values.faults === 'days' ? values.faults : 'none';
  const size = { accounts: Number(values.accounts), seed: Number(values.seed), months: Number(values.months) };
  const year: Year = { ...size, faults, from: civilDate('2025-01-01'), zone: 'America/New_York' };
  const stopList = new StopList(say);
  stopList.obeySignals();
  try {
    const serverUrl = await ownServer(stopList);
    const run = await playOn(serverUrl, year);
    print(run, year, values.json);
    return run.reconciliation.holds ? 0 : 1;
  } finally {
    await stopList.stop();
  }
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
  const knowledge = loadKnowledge();
  try {
    return await playAndReconcile(year, {
      prisma,
      makeActivities: (doors) => createActivities({ prisma, knowledge, ...doors }),
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
