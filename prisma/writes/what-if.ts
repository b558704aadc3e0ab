import type { WhatIfReport } from '../../rules/administration/report.ts';
import { emptyTally } from '../../rules/administration/tally.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Database } from '../client.ts';
import { dateOf, inputJson } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import type { WhatIfKey, WhatIfRun } from '../reads/what-if.ts';

/** A run that has counted nothing yet. It counts what was decided by `until`. */
export async function startWhatIf(db: Database, key: WhatIfKey, until: Instant): Promise<WhatIfRun> {
  const { contentHash, baseNumber, publishedOn, askedOn } = key;
  const run: WhatIfRun = { id: uuidv7(), until, phase: 'decisions', cursor: null, pages: 0, tally: emptyTally() };
  const dates = { publishedOn: dateOf(publishedOn), askedOn: askedOn === null ? null : dateOf(askedOn), until: new Date(until) };
  await db.whatIf.create({ data: { id: run.id, contentHash, baseNumber, ...dates, phase: run.phase, tally: inputJson(run.tally) } });
  return run;
}

/** @throws DomainError `what-if.taken` when another process counted a page of the same run meanwhile */
export async function saveWhatIf(db: Database, run: WhatIfRun): Promise<void> {
  const { id, phase, cursor, pages, tally } = run;
  const at = cursor === null ? {} : { cursor: inputJson(cursor) };
  const data = { phase, ...at, pages, tally: inputJson(tally) };
  const { count } = await db.whatIf.updateMany({ where: { id, pages: pages - 1, finishedAt: null }, data });
  if (count === 0) throw taken(id);
}

/** @throws DomainError `what-if.taken` as `saveWhatIf` */
export async function finishWhatIf(db: Database, { id, pages, tally }: WhatIfRun, report: WhatIfReport): Promise<void> {
  const data = { phase: 'done', tally: inputJson(tally), report: inputJson(report), finishedAt: new Date() };
  const { count } = await db.whatIf.updateMany({ where: { id, pages, finishedAt: null }, data });
  if (count === 0) throw taken(id);
}

function taken(id: string): DomainError {
  return new DomainError(
    'what-if.taken',
    `another process goes on with what-if ${id}: wait for it, then read it with recourse rules what-if show ${id}`,
  );
}
