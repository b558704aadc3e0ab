import type { PrismaClient } from '../prisma/client.ts';
import { readLiveRules, readRuleFiles } from '../prisma/reads/rule-versions.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { listWhatIfs, readWhatIf, type StoredWhatIf, type WhatIfSummary } from '../prisma/reads/what-if.ts';
import type { CoverageMap } from '../rules/administration/coverage.ts';
import type { WhatIfReport } from '../rules/administration/report.ts';
import { type CivilDate, civilDateAt, instant } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { readCoverage } from './coverage.ts';
import { checkReceipt, type ReceiptCheck } from './receipt-check.ts';
import { runWhatIf, type WhatIfProgress } from './what-if.ts';

/** The payer rules tried on what is stored. Nothing here changes a rule or an account. */
export interface RuleTrials {
  /** `draft` makes the draft from the live files. The report is stored under `id`; a run that was ended before is gone on with. */
  readonly whatIf: (question: WhatIfQuestion) => Promise<{ readonly id: string; readonly report: WhatIfReport }>;
  /** Null when there is none. */
  readonly whatIfById: (id: string) => Promise<StoredWhatIf | null>;
  readonly whatIfs: () => Promise<readonly WhatIfSummary[]>;
  readonly coverage: (since: CivilDate | null) => Promise<CoverageMap>;
  /** Null when there is no such decision. */
  readonly receipt: (decisionId: string) => Promise<ReceiptCheck | null>;
}

export interface WhatIfQuestion {
  readonly draft: (live: KnowledgeFiles) => KnowledgeFiles;
  readonly askedOn: CivilDate | null;
  readonly onProgress: (progress: WhatIfProgress) => void;
}

export function ruleTrialsOn(prisma: PrismaClient, nowMs: () => number = Date.now): RuleTrials {
  return {
    whatIf: async ({ draft, askedOn, onProgress }) => {
      const live = await readLiveRules(prisma);
      if (live === null) throw new DomainError('rules.none', 'no payer rules were ever published: start the engine once, then try again');
      const files = draft(await readRuleFiles(prisma, live.hash));
      const now = instant(new Date(nowMs()).toISOString());
      return runWhatIf(prisma, { files, now, publishedOn: civilDateAt(now, await readZone(prisma)), askedOn }, onProgress);
    },
    whatIfById: (id) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? readWhatIf(prisma, id) : Promise.resolve(null)),
    whatIfs: () => listWhatIfs(prisma),
    coverage: (since) => readCoverage(prisma, { since }),
    receipt: (decisionId) => checkReceipt(prisma, decisionId),
  };
}
