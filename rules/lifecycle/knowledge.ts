import { readAssistancePolicies } from '../collection/read-assistance-policies.ts';
import { readCreditReporting } from '../collection/read-credit-reporting.ts';
import { contractFor } from '../contracts/contract.ts';
import { latePayment } from '../contracts/prompt-pay.ts';
import { readContracts } from '../contracts/read-contracts.ts';
import { readPromptPay } from '../contracts/read-prompt-pay.ts';
import { deadlineFor } from '../deadlines/policies.ts';
import { readPolicies } from '../deadlines/read-policies.ts';
import { categorise, usualAction } from '../domain/denial.ts';
import { readCategoryTable, readCodeList } from '../engine/categories.ts';
import { evaluator } from '../engine/evaluate.ts';
import type { RuleSet } from '../engine/rule.ts';
import { type RuleFile, readRuleSet } from '../engine/rule-set.ts';
import { planPolicyBy, readPlanPolicies } from '../plans/policy.ts';
import { breakerOf } from './breaker.ts';
import type { Knowledge } from './contract.ts';
import { approvalBy, readApprovalLimits } from './approvals.ts';
import { readHolds } from './read-holds.ts';
import { readWays } from './read-ways.ts';
import { waysFor } from './ways.ts';

/** The texts of rules/sets and rules/reference, as they lie on disk or in a published version. */
export interface KnowledgeFiles {
  readonly ruleFiles: readonly RuleFile[];
  readonly categories: string;
  readonly policies: string;
  readonly carc: string;
  readonly rarc: string;
  /** Absent from versions published before they were kept; of all but the first two, those of this checkout count then. */
  readonly contracts?: string;
  readonly promptPay?: string;
  readonly ways?: string;
  readonly approvals?: string;
  readonly assistance?: string;
  readonly creditReporting?: string;
  readonly plans?: string;
}

/** What holds stop is the law of this checkout, whatever was published. */
export type WholeKnowledgeFiles = KnowledgeFiles &
  Required<Pick<KnowledgeFiles, 'ways' | 'approvals' | 'assistance' | 'creditReporting' | 'plans'>> & { readonly holds: string };

/**
 * Reads everything the core knows beside the account. `hash` gives the SHA-256 of a text: rules/ has no crypto.
 * @throws RuleSetFault with every fault of the rule files; DomainError for broken reference data
 */
export function readKnowledge(files: WholeKnowledgeFiles, hash: (text: string) => string): Knowledge & { readonly ruleSet: RuleSet } {
  const ruleSet = readRuleSet(files.ruleFiles, hash, { carc: readCodeList(files.carc), rarc: readCodeList(files.rarc) });
  const table = readCategoryTable(files.categories);
  const contracts = files.contracts === undefined ? [] : readContracts(files.contracts);
  const laws = files.promptPay === undefined ? [] : readPromptPay(files.promptPay);
  const ways = readWays(files.ways);
  const limits = readApprovalLimits(files.approvals);
  return {
    ruleSet,
    decide: evaluator(ruleSet),
    deadline: deadlinesBy(files.policies),
    breaker: breakerOf(ruleSet),
    categorise: (adjustment) => categorise(table, adjustment),
    contract: (about) => contractFor(contracts, about),
    latePayment: (about) => latePayment(laws, about),
    usualAction: (carc) => usualAction(table, carc),
    ways: (about) => waysFor(ways, about),
    approval: approvalBy(limits),
    assistance: readAssistancePolicies(files.assistance),
    creditReporting: readCreditReporting(files.creditReporting),
    holds: readHolds(files.holds),
    planPolicy: planPolicyBy(readPlanPolicies(files.plans)),
  };
}

/** @throws DomainError when a policy is broken */
export function deadlinesBy(policiesText: string): Knowledge['deadline'] {
  const policies = readPolicies(JSON.parse(policiesText));
  return (kind, about, basisDates) => {
    const answer = deadlineFor(policies, { ...about, kind, medium: 'electronic', basisDates });
    return answer.kind === 'derived' ? answer.deadline : null;
  };
}
