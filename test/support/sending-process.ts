/**
 * Carries one command out in a process of its own, and kills itself at a point, as `kill -9` does: `sending-process.ts DATABASE_URL FOLDER ACCOUNT KEY AS_OF
 * POINT`. Ends by itself when there is no such point.
 */
import { createActivities } from '../../activities/create.ts';
import { dropFolder } from '../../activities/gateways/drop-folder.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { createPrisma } from '../../prisma/client.ts';
import { Mortality } from './mortal.ts';

const [databaseUrl = '', folder = '', accountId = '', key = '', asOf = '', point = ''] = process.argv.slice(2);

class Suicidal extends Mortality {
  override point(where: string): void {
    try {
      super.point(where);
    } catch {
      process.kill(process.pid, 'SIGKILL');
      // The signal may take a moment: nothing is done meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
  }
}

const mortality = new Suicidal(point);
const { prisma, close } = createPrisma(databaseUrl, 2);
const gateway = mortality.gateway(dropFolder(folder));
const never = (): never => {
  throw new Error('nobody is told here');
};
const activities = createActivities({
  prisma: mortality.database(prisma),
  rules: fixedRules(loadKnowledge()),
  messenger: { deliver: never },
  gateway,
});
await activities.submitClaim({ accountId, key, asOf });
await close();
