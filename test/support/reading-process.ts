/** Reads one registered file in a process of its own, which a test may kill: `reading-process.ts DATABASE_URL FILE_ID`. */
import { createActivities } from '../../activities/create.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { createPrisma } from '../../prisma/client.ts';

const [databaseUrl = '', fileId = ''] = process.argv.slice(2);
const never = (): never => {
  throw new Error('nothing is sent here');
};
const { prisma, close } = createPrisma(databaseUrl, 2);
await createActivities({
  prisma,
  rules: fixedRules(loadKnowledge()),
  messenger: { deliver: never },
  gateway: { deliver: never, find: never },
}).readInboundFile({
  fileId,
});
await close();
