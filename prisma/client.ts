import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type { PrismaClient } from './generated/client.ts';
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
/** For reads that work inside and outside a transaction. */
export type Database = PrismaClient | Transaction;

export interface Store {
  readonly prisma: PrismaClient;
  /** Ends the client and its connections. */
  readonly close: () => Promise<void>;
}

/** A client with its own connections. A statement or a wait for a connection that takes too long fails, and the caller retries. */
export function createPrisma(databaseUrl: string, connections = 10): Store {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    application_name: 'recourse',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 120_000,
  });
  // An idle connection that the server ends is no reason to stop: the pool makes another.
  pool.on('error', () => {});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, close };
}

/** One transaction; all of it is kept or nothing. */
export function inTransaction<T>(prisma: PrismaClient, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, { maxWait: 10_000, timeout: 120_000 });
}
