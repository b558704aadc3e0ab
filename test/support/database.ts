import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A migrated, empty database of the caller's own. It goes with the run; nobody has to drop it. */
export async function freshDatabase(): Promise<string> {
  const templateUrl = process.env.RECOURSE_TEST_DATABASE_URL;
  if (templateUrl === undefined) throw new Error('no test database: only *.int.test.ts files get one');
  const template = new URL(templateUrl).pathname.slice(1);
  const name = template.replace(/template$/, randomBytes(6).toString('hex'));
  const client = new pg.Client({ connectionString: databaseAt(templateUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await client.end();
  }
  return databaseAt(templateUrl, name);
}

/** The same server and user, another database. */
export function databaseAt(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
