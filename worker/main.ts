import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate } from '../prisma/migrate.ts';
import { messageOf } from '../rules/domain/failures.ts';
import { runEngine } from './engine.ts';
import { openDataFolder } from './servers/data-folder.ts';
import { startPostgres } from './servers/embedded-postgres.ts';
import { startTemporal } from './servers/temporal.ts';
import { StartProblem, step } from './steps.mjs';
import { StopList } from './stop-list.ts';

const progress = (line: string): void => console.log(line);

/** Everything behind `npm start`: servers, migrations, engine. Returns when it is ready; ends the process when it is told to stop. */
export async function main(parameters: readonly string[]): Promise<void> {
  const options = readOptions(parameters);
  const stopList = new StopList(progress);
  stopList.obeySignals();
  try {
    await start(options, stopList);
  } catch (error) {
    // A signal during the start makes what was about to happen fail: the stop under way has the last word.
    if (stopList.isStopping) return;
    await stopList.stop();
    throw error;
  }
}

interface Options {
  readonly isFresh: boolean;
  readonly dataPath: string;
}

function readOptions(parameters: readonly string[]): Options {
  try {
    const { values } = parseArgs({ args: [...parameters], options: { fresh: { type: 'boolean', default: false } } });
    return { isFresh: values.fresh, dataPath: process.env.RECOURSE_DATA || join(import.meta.dirname, '..', 'data') };
  } catch (error) {
    throw new StartProblem(`${messageOf(error)}\nThe only option is --fresh: begin with an empty data folder.`);
  }
}

async function start({ isFresh, dataPath }: Options, stopList: StopList): Promise<void> {
  const folder = await openDataFolder({ path: dataPath, isFresh, progress });
  stopList.add('data folder', async () => folder.release());

  const databaseUrl = await provideDatabase(folder.path, stopList);
  await step(progress, { doing: 'migrating the database', done: 'database up to date' }, () => migrate(databaseUrl, progress));

  const temporal = await startTemporal({ dataFolder: folder.path, progress });
  stopList.add('Temporal server', temporal.stop, temporal.ended);

  const engine = await runEngine({ databaseUrl, temporal, dataFolder: folder.path, withSandbox: ownsServers(), progress });
  stopList.add('engine', engine.stop);

  for (const line of engine.lines) progress(line);
  if (temporal.uiUrl !== null) progress(`Temporal Web UI: ${temporal.uiUrl}/namespaces/${temporal.namespace}/workflows`);
  progress('Recourse is ready. Ctrl-C stops it.');
}

async function provideDatabase(dataFolder: string, stopList: StopList): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const postgres = await startPostgres({ dataFolder, progress });
  stopList.add('PostgreSQL', postgres.stop, postgres.ended);
  return postgres.databaseUrl;
}

/** The sandbox hospital is for servers of our own; real ones get real files. */
function ownsServers(): boolean {
  return !process.env.DATABASE_URL && !process.env.TEMPORAL_ADDRESS;
}
