import type { Transaction } from '../prisma/client.ts';
import { countActs, readPausedRules } from '../prisma/reads/rule-pauses.ts';
import type { Tripped } from '../prisma/writes/rule-pauses.ts';
import { advanceAccount } from '../rules/lifecycle/advance.ts';
import type { Advanced, AdvanceInput, Knowledge } from '../rules/lifecycle/contract.ts';

const dayMs = 86_400_000;

/**
 * A turn in which no rule acts more often than it may: one that would is stopped, and the turn is taken again without it. Turns that run at
 * the same time do not see each other: as many more may pass as there are workers.
 */
export async function withinLimits(
  tx: Transaction,
  input: AdvanceInput,
  knowledge: Knowledge,
): Promise<{ readonly advanced: Advanced; readonly tripped: readonly Tripped[] }> {
  const paused = new Set((await readPausedRules(tx)).map(({ ruleId }) => ruleId));
  const tripped: Tripped[] = [];
  for (;;) {
    const advanced = advanceAccount({ ...input, paused: [...paused] }, knowledge);
    const over = await overLimit(tx, advanced, { input, knowledge });
    if (over.length === 0) return { advanced, tripped };
    tripped.push(...over);
    for (const { ruleId } of over) paused.add(ruleId);
  }
}

async function overLimit(
  tx: Transaction,
  { decisions }: Advanced,
  { input, knowledge }: { readonly input: AdvanceInput; readonly knowledge: Knowledge },
): Promise<readonly Tripped[]> {
  const over: Tripped[] = [];
  const acted = decisions.filter(({ effect }) => effect === 'acted');
  for (const ruleId of new Set(acted.map(({ decision }) => decision.answer.ruleId))) {
    const limit = knowledge.breaker(ruleId);
    const since = new Date(Date.parse(input.asOf) - limit.windowDays * dayMs);
    const before = await countActs(tx, { ruleId, accountId: input.account.id, since, most: limit.accounts });
    const own = acted.filter(({ decision }) => decision.answer.ruleId === ruleId);
    const amountCents = own.reduce((total, one) => total + one.amountCents, before.amountCents);
    const accounts = before.accounts + 1;
    if (accounts > limit.accounts || amountCents > limit.cents) over.push({ ruleId, accounts, amountCents, limit });
  }
  return over;
}
