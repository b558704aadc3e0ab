import type { PrismaClient } from '../prisma/client.ts';
import { countDecisions, type DecisionCursor, readAskedDecisions, readDecisionPage } from '../prisma/reads/decision-pages.ts';
import { readLiveRules, readRuleFiles } from '../prisma/reads/rule-versions.ts';
import {
  type AccountToWeigh,
  countOpenAccounts,
  readNumbersOfDecisions,
  readOpenAccounts,
  readUnfinishedWhatIf,
  type WhatIfRun,
} from '../prisma/reads/what-if.ts';
import { finishWhatIf, saveWhatIf, startWhatIf } from '../prisma/writes/what-if.ts';
import { type Compare, comparer, differenceOf } from '../rules/administration/compare.ts';
import { exampleOf, type ReportContext, reportOf, type WhatIfReport } from '../rules/administration/report.ts';
import { chosenExamples, countAccount, countDecision, type DateAtRisk, type OpenAccount } from '../rules/administration/tally.ts';
import type { CivilDate, Instant } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import type { Knowledge } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { redatedDeadlines, waitingDecisions } from '../rules/lifecycle/open-account.ts';
import { contentHashOf, knowledgeOf } from './knowledge.ts';

export interface WhatIfRequest {
  /** The draft, whole. */
  readonly files: KnowledgeFiles;
  readonly now: Instant;
  /** The day on which it would be published. */
  readonly publishedOn: CivilDate;
  /** Ask every decision as if made on that day; null is each on its own. */
  readonly askedOn: CivilDate | null;
}

export interface WhatIfProgress {
  readonly of: 'decisions' | 'accounts';
  readonly done: number;
  readonly total: number;
}

interface Sizes {
  readonly decisions: number;
  readonly accounts: number;
}

/** What one run knows from its start to its end. */
interface Work {
  readonly prisma: PrismaClient;
  readonly context: ReportContext;
  readonly compare: Compare;
  readonly draft: Knowledge;
  /** Whether the draft dates anything otherwise than the live rules. */
  readonly hasOtherPolicies: boolean;
  readonly onProgress: (progress: WhatIfProgress) => void;
  readonly sizes: Sizes;
}

/**
 * Asks every stored decision and every open account of the live rules and of the draft, and stores the report. The tally is stored with every
 * page: a run that was ended is gone on with by the same request, and gives the same report.
 * @throws RuleSetFault when the draft is broken; DomainError `rules.none`, `what-if.taken`
 */
export async function runWhatIf(
  prisma: PrismaClient,
  request: WhatIfRequest,
  onProgress: (progress: WhatIfProgress) => void = () => undefined,
  sizes: Sizes = { decisions: 5_000, accounts: 500 },
): Promise<{ readonly id: string; readonly report: WhatIfReport }> {
  const { files, now, publishedOn, askedOn } = request;
  const published = await readLiveRules(prisma);
  if (published === null) throw new DomainError('rules.none', 'no payer rules were ever published: start the engine once, then try again');
  const liveFiles = await readRuleFiles(prisma, published.hash);
  const [live, draft] = [knowledgeOf(liveFiles), knowledgeOf(files)];
  const key = { contentHash: contentHashOf(files), baseNumber: published.number, publishedOn, askedOn };
  const context = { ...key, live: live.ruleSet, draft: draft.ruleSet };
  const compare = comparer(live.ruleSet, draft.ruleSet, { publishedOn, askedOn });
  const work = { prisma, context, compare, draft, hasOtherPolicies: liveFiles.policies !== files.policies, onProgress, sizes };
  let run = (await readUnfinishedWhatIf(prisma, key)) ?? (await startWhatIf(prisma, key, now));
  if (run.phase === 'decisions') run = await weighDecisions(work, run);
  run = await weighAccounts(work, run);
  const report = reportOf(run.tally, context, await examplesOf(work, run));
  await finishWhatIf(prisma, run, report);
  return { id: run.id, report };
}

async function weighDecisions({ prisma, context, compare, onProgress, sizes }: Work, start: WhatIfRun): Promise<WhatIfRun> {
  const total = await countDecisions(prisma, start.until);
  const page = (after: DecisionCursor | null) => readDecisionPage(prisma, after, { until: start.until, size: sizes.decisions });
  let run = start;
  for (let next = page(typeof run.cursor === 'string' ? null : run.cursor); ; ) {
    const found = await next;
    if (found === null) break;
    next = page(found.last);
    // Awaited by the next round; a fault before that is the one to report.
    next.catch(() => undefined);
    for (const asked of found.decisions()) countDecision(run.tally, asked, { pair: compare(asked), today: context.publishedOn });
    run = { ...run, cursor: found.last, pages: run.pages + 1 };
    await saveWhatIf(prisma, run);
    onProgress({ of: 'decisions', done: run.tally.decisions, total });
  }
  return { ...run, phase: 'accounts', cursor: null };
}

async function weighAccounts(work: Work, start: WhatIfRun): Promise<WhatIfRun> {
  const { prisma, onProgress, sizes } = work;
  const total = await countOpenAccounts(prisma);
  let run = start;
  for (;;) {
    const accounts = await readOpenAccounts(prisma, typeof run.cursor === 'string' ? run.cursor : null, sizes.accounts);
    const last = accounts.at(-1);
    if (last === undefined) return run;
    for (const account of await weighed(work, accounts, run.until)) countAccount(run.tally, account);
    run = { ...run, cursor: last.id, pages: run.pages + 1 };
    await saveWhatIf(prisma, run);
    onProgress({ of: 'accounts', done: run.tally.open.accounts, total });
  }
}

async function weighed({ prisma, compare, draft, hasOtherPolicies }: Work, accounts: readonly AccountToWeigh[], now: Instant) {
  const standing = accounts.map(({ account }) => waitingDecisions(account));
  const asked = await readAskedDecisions(
    prisma,
    standing.flat().map(({ decisionId }) => decisionId),
  );
  return accounts.map(({ accountNumber, account }, index): OpenAccount => {
    const dates = hasOtherPolicies ? redatedDeadlines(account, now, draft) : [];
    return {
      account: accountNumber,
      tasks: account.tasks.filter(({ status }) => status === 'open').map(({ id, queue }) => ({ id, queue })),
      standing: (standing[index] ?? []).flatMap(({ decisionId, taskId }) => {
        const decision = asked.get(decisionId);
        if (decision === undefined) return [];
        const pair = compare(decision);
        return [{ asked: decision, taskId, difference: pair === null ? null : differenceOf(pair, decision) }];
      }),
      dates: dates.map(({ kind, live, draft: other, why, amountCents }): DateAtRisk => {
        return { account: accountNumber, what: kind, why, liveOn: live.safeByOn, draftOn: other.safeByOn, amountCents };
      }),
    };
  });
}

async function examplesOf({ prisma, context }: Work, { tally }: WhatIfRun) {
  const ids = chosenExamples(tally).map(({ decisionId }) => decisionId);
  const [asked, numbers] = [await readAskedDecisions(prisma, ids), await readNumbersOfDecisions(prisma, ids)];
  return ids.flatMap((id) => {
    const decision = asked.get(id);
    return decision === undefined ? [] : [exampleOf(decision, numbers.get(id) ?? '', context)];
  });
}
