import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';
import type { PrismaClient, Transaction } from '../client.ts';
import { inputJson } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { readLiveRules } from '../reads/rule-versions.ts';

export interface RuleVersionToWrite {
  readonly hash: string;
  readonly ruleSetHash: string;
  readonly files: KnowledgeFiles;
  readonly titles: readonly string[];
}

/** Keeps a version for ever; the same one twice is one. */
export async function writeRuleVersion(tx: Transaction | PrismaClient, version: RuleVersionToWrite): Promise<void> {
  const { hash, ruleSetHash, files, titles } = version;
  await tx.ruleVersion.createMany({
    data: [{ hash, ruleSetHash, files: inputJson(files), titles: [...titles] }],
    skipDuplicates: true,
  });
}

/**
 * The rules that came with this release become live, unless an administrator's are: those stay until an administrator publishes others.
 * @returns whether the shipped rules are the live ones
 */
export async function publishShipped(prisma: PrismaClient, version: RuleVersionToWrite): Promise<boolean> {
  const live = await readLiveRules(prisma);
  if (live?.hash === version.hash) return true;
  if (live !== null && live.draftId !== null) return false;
  await writeRuleVersion(prisma, version);
  const { hash } = version;
  const why = live === null ? 'the rules as shipped' : 'the rules as shipped with a newer release';
  const at = new Date();
  // Two engines that start at once publish the same: the number is taken once.
  await prisma.rulePublication.createMany({
    data: [
      {
        id: uuidv7(),
        facilityId,
        number: (live?.number ?? 0) + 1,
        hash,
        policy: 'nextDecision',
        publishedBy: 'recourse',
        why,
        publishedAt: at,
        // A policy of the release may end a deadline earlier: accounts that run are told by the engine once it is up.
        settledAt: live === null ? at : null,
      },
    ],
    skipDuplicates: true,
  });
  return true;
}
