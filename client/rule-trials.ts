import type { PrismaClient } from '../prisma/client.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { listWhatIfs, readWhatIf, type StoredWhatIf, type WhatIfSummary } from '../prisma/reads/what-if.ts';
import type { CoverageMap } from '../rules/administration/coverage.ts';
import type { WhatIfReport } from '../rules/administration/report.ts';
import { type CivilDate, civilDateAt, instant } from '../rules/domain/civil-date.ts';
import type { LintEvidence } from '../rules/engine/lint-stored.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { liveFiles, readCoverage } from './coverage.ts';
import { readLintEvidence } from './lint-evidence.ts';
import { checkReceipt, type ReceiptCheck } from './receipt-check.ts';
import { runWhatIf, type WhatIfProgress } from './what-if.ts';

/** The payer rules tried on what is stored. Nothing here changes a rule or an account. */
export interface RuleTrials {
  /** `draft` makes the draft from the live files. The report is stored under `id`; a run that was ended before is gone on with. */
  readonly whatIf: (question: WhatIfQuestion) => Promise<{ readonly id: string; readonly report: WhatIfReport }>;
  /** Null when there is none. */
  readonly whatIfById: (id: string) => Promise<StoredWhatIf | null>;
  readonly whatIfs: () => Promise<readonly WhatIfSummary[]>;
  /** What lint can say of a draft by stored decisions; null when it is too broken to be asked. */
  readonly lintEvidence: (draft: (live: KnowledgeFiles) => KnowledgeFiles) => Promise<LintEvidence | null>;
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
      const files = draft(await liveFiles(prisma));
      const now = instant(new Date(nowMs()).toISOString());
      return runWhatIf(prisma, { files, now, publishedOn: civilDateAt(now, await readZone(prisma)), askedOn }, onProgress);
    },
    whatIfById: (id) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? readWhatIf(prisma, id) : Promise.resolve(null)),
    whatIfs: () => listWhatIfs(prisma),
    lintEvidence: async (draft) => readLintEvidence(prisma, draft(await liveFiles(prisma)), instant(new Date(nowMs()).toISOString())),
    coverage: (since) => readCoverage(prisma, { since }),
    receipt: (decisionId) => checkReceipt(prisma, decisionId),
  };
}
