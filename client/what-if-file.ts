import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type AskedDecision, comparer } from '../rules/administration/compare.ts';
import { exampleOf, reportOf, type WhatIfReport } from '../rules/administration/report.ts';
import { chosenExamples, countDecision, emptyTally } from '../rules/administration/tally.ts';
import { type CivilDate, isCivilDate } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { completeFacts, pointOf } from '../rules/engine/facts.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { contentHashOf, knowledgeOf } from './knowledge.ts';

const value = z.union([z.int(), z.string(), z.boolean(), z.null(), z.array(z.union([z.int(), z.string()]))]);
const line = z.strictObject({
  id: z.string().min(1),
  asOf: z.string().refine(isCivilDate, 'must be an existing date written YYYY-MM-DD'),
  facts: z.record(z.string(), value),
});

interface FileWhatIf {
  readonly live: KnowledgeFiles;
  readonly draft: KnowledgeFiles;
  readonly publishedOn: CivilDate;
  readonly askedOn: CivilDate | null;
}

/**
 * A what-if without an engine: every decision of a file, one `{"id", "asOf", "facts"}` a line. There are no accounts, so none moves.
 * @throws DomainError `what-if.line` naming the first line that is none; RuleSetFault when the draft is broken
 */
export async function weighFile(path: string, { live, draft, publishedOn, askedOn }: FileWhatIf): Promise<WhatIfReport> {
  const [before, after] = [knowledgeOf(live).ruleSet, knowledgeOf(draft).ruleSet];
  const compare = comparer(before, after, { publishedOn, askedOn });
  const tally = emptyTally();
  for await (const asked of decisionsIn(path)) countDecision(tally, asked, { pair: compare(asked), today: publishedOn });
  const context = { contentHash: contentHashOf(draft), baseNumber: 0, live: before, draft: after, publishedOn, askedOn };
  const chosen = chosenExamples(tally).map(({ decisionId }) => decisionId);
  const found = new Map<string, AskedDecision>();
  if (chosen.length > 0) for await (const asked of decisionsIn(path)) if (chosen.includes(asked.id)) found.set(asked.id, asked);
  const examples = chosen.flatMap((id) => found.get(id) ?? []).map((asked) => exampleOf(asked, asked.id, context));
  return reportOf(tally, context, examples);
}

async function* decisionsIn(path: string): AsyncGenerator<AskedDecision> {
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() !== '') yield readLine(text, `line ${number} of ${path}`);
  }
}

function readLine(text: string, place: string): AskedDecision {
  const parsed = line.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DomainError(
      'what-if.line',
      `${place}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}; write {"id": …, "asOf": "YYYY-MM-DD", "facts": {…}}`,
    );
  }
  pointOf(completeFacts(parsed.data.facts));
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
