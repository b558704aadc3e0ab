import { z } from 'zod';
import type { PrismaClient } from '../prisma/client.ts';
import { readLastMatched } from '../prisma/reads/rule-matches.ts';
import { readHashAt, readRuleFiles } from '../prisma/reads/rule-versions.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { addDays, civilDateAt, type Instant, instant, instantAt } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { type LintEvidence, unmatchedDays } from '../rules/engine/lint-stored.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { readCoverage } from './coverage.ts';

const yearDays = 365;

/**
 * What the past says of these rules, asked as if today: when each last matched, and which denials of the last year only their fallback catches.
 * Null when the files are too broken to be asked.
 */
export async function readLintEvidence(
  prisma: PrismaClient,
  files: KnowledgeFiles,
  now: Instant = instant(new Date().toISOString()),
): Promise<LintEvidence | null> {
  const zone = await readZone(prisma);
  const today = civilDateAt(now, zone);
  try {
    const names = namesIn(files);
    const { gaps } = await readCoverage(prisma, { since: addDays(today, -yearDays), files, askedOn: today }, now);
    const before = await readHashAt(prisma, new Date(instantAt(addDays(today, -unmatchedDays), 12, zone)));
    return {
      today,
      liveBefore: new Set(before === null ? [] : namesIn(await readRuleFiles(prisma, before))),
      lastMatchedOn: await readLastMatched(prisma, names),
      onlyFallback: gaps.filter(({ fault }) => fault !== 'equalRules').map(({ witnessId, ...gap }) => ({ ...gap, accountId: witnessId })),
    };
  } catch (error) {
    if (error instanceof DomainError || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

const named = z.object({ rules: z.array(z.object({ name: z.string() })) });

/** Also of rules that an earlier release wrote. */
function namesIn({ ruleFiles }: KnowledgeFiles): readonly string[] {
  return ruleFiles.flatMap(({ text }) => named.parse(JSON.parse(text)).rules.map(({ name }) => name));
}
