import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/**
 * Prisma's schema engine as WebAssembly, instantiated by hand because Node imports `.wasm` files only from version 24 on. Unlike the
 * engine of the `prisma` command it needs no binary from Prisma's own host. The pool stays the caller's to end.
 */
export async function openSchemaEngine(pool) {
  const binary = fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm')).replace(/\.js$/, '_bg.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(binary), { './schema_engine_bg.js': glue });
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const adapter = new PrismaPg(pool);
  // The database is empty and ours, so it is itself the shadow database; the adapter's own would be created and dropped beside it.
  adapter.connectToShadowDb = async () => withCharColumns(withWholeScripts(await adapter.connect(), pool), pool);
  return glue.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter));
}

/** Sends a migration as it is, as the server expects it; @prisma/adapter-pg 7.10 cuts it at every semicolon, even inside a function. */
function withWholeScripts(connection, pool) {
  connection.executeScript = async (script) => {
    await pool.query(script);
  };
  return connection;
}

/**
 * Teaches a connection PostgreSQL's one-byte type `"char"`, in which the catalogue keeps its kinds: @prisma/adapter-pg 7.10 refuses
 * it, and the engine asks for it. The pool hands such a column on as text and remembers it; the connection gives it its type again.
 */
function withCharColumns(connection, pool) {
  const { CHAR, TEXT } = pg.types.builtins;
  const charFields = new WeakMap();
  const query = pool.query.bind(pool);
  pool.query = async (...parameters) => {
    const answer = await query(...parameters);
    const chars = (answer.fields ?? []).filter((field) => field.dataTypeID === CHAR);
    for (const field of chars) field.dataTypeID = TEXT;
    if (chars.length > 0) charFields.set(answer.rows, new Set(chars.map((field) => field.name)));
    return answer;
  };
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (parameters) => {
    const answer = await queryRaw(parameters);
    const chars = charFields.get(answer.rows);
    if (chars === undefined) return answer;
    const columnTypes = answer.columnTypes.map((type, index) => (chars.has(answer.columnNames[index]) ? ColumnTypeEnum.Character : type));
    return { ...answer, columnTypes };
  };
  return connection;
}
