import { defineConfig } from 'prisma/config';

/** `DATABASE_URL` is wanted only by Prisma's own migrate commands; Recourse passes its addresses itself. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(process.env.DATABASE_URL === undefined ? {} : { datasource: { url: process.env.DATABASE_URL } }),
});
