/**
 * A rule that its circuit breaker stopped was resumed by a person: the accounts it held ask again, so many a second. Its id is
 * `resumption:<rule>:<moment>`. It ends when the last was told.
 */
import { sleep } from '@temporalio/workflow';
import { tellHeld } from './proxies.ts';

export interface RuleResumptionInput {
  readonly ruleId: string;
  readonly resumedAt: string;
  readonly accountsPerSecond: number;
}

const accountsAtOnce = 250;

export async function ruleResumption({ ruleId, resumedAt, accountsPerSecond }: RuleResumptionInput): Promise<{ readonly told: number }> {
  let told = 0;
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof tellHeld>> = await tellHeld({ ruleId, resumedAt, after, limit: accountsAtOnce });
    told += page.told;
    if (page.next === null) return { told };
    if (page.told > 0) await sleep(Math.ceil((page.told / accountsPerSecond) * 1000));
    after = page.next;
  }
}
