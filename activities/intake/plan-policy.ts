import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transaction } from '../../prisma/client.ts';
import { readLiveRules, readRuleFiles } from '../../prisma/reads/rule-versions.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { type PlanPolicy, planPolicyBy, readPlanPolicies } from '../../rules/plans/policy.ts';

const shippedFile = join(import.meta.dirname, '..', '..', 'rules', 'reference', 'plan-policies.json');
const known = new Map<string, (on: CivilDate) => PlanPolicy>();

/** The policy of the rules that are live; a version never changes, so each is read once. */
export async function planPolicyNow(tx: Transaction, on: CivilDate): Promise<PlanPolicy> {
  const live = await readLiveRules(tx);
  const hash = live?.hash ?? '';
  const policyOn = known.get(hash) ?? planPolicyBy(readPlanPolicies((await published(tx, hash)) ?? readFileSync(shippedFile, 'utf8')));
  known.set(hash, policyOn);
  return policyOn(on);
}

async function published(tx: Transaction, hash: string): Promise<string | undefined> {
  return hash === '' ? undefined : (await readRuleFiles(tx, hash)).plans;
}
