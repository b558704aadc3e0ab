/** A process that starts PostgreSQL on the data folder given and holds it until it is killed; says the address and the pid of the server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';

register();
const { startPostgres } = await import('../../worker/servers/embedded-postgres.ts');
const { openPostgresHome } = await import('../../worker/servers/postgres-home.ts');

const [dataFolder] = process.argv.slice(2);
const { databaseUrl } = await startPostgres({ dataFolder, progress: () => {} });
const { folder } = await openPostgresHome(dataFolder, () => {});
console.log(JSON.stringify({ databaseUrl, serverPid: Number(readFileSync(join(folder, 'postgres.pid'), 'utf8')) }));
