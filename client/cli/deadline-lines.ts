import type { Computed } from '../../rules/deadlines/computation.ts';
import { named, ruleWords } from '../../rules/deadlines/explain.ts';
import { choosePolicy, type Considered, consider, deadlineFor, type PolicyQuestion } from '../../rules/deadlines/policies.ts';
import { type DeadlineKind, type DeadlinePolicy, deadlineKinds } from '../../rules/domain/deadline.ts';
import { words } from '../../rules/lifecycle/describe.ts';
import { type Answer, section, table } from './output.ts';

const precedenceLine = 'contract > payer > class > default; within each, the one that names more (state, line of business, funding) wins';

export function computedAnswer({ deadline, filing }: Computed): Answer {
  const { policyId, kind, anchor, anchorOn, nominalOn, legalOn, safeByOn, derivation } = deadline;
  return {
    document: { rule: policyId, kind, anchor, anchorOn, nominalOn, legalOn, safeByOn, derivation, filing },
    lines: [
      `nominal  ${named(nominalOn)}`,
      `legal    ${named(legalOn)}`,
      `safe by  ${named(safeByOn)}`,
      ...(filing === null ? [] : [`filed    counts on ${named(filing.countsOn)}: ${filing.isInTime ? 'in time' : 'too late'}`]),
      ...section('How it was counted', derivation),
    ],
  };
}

/** One kind: the winner, all its rivals, and the date when its anchor is given. */
export function consideredAnswer(policies: readonly DeadlinePolicy[], question: PolicyQuestion): Answer {
  const considered = consider(policies, question);
  const inPlay = considered.filter(({ verdict }) => verdict !== 'for others');
  const answer = deadlineFor(policies, question);
  const deadline = answer.kind === 'derived' ? answer.deadline : null;
  return {
    document: {
      question,
      considered: considered.map(row),
      deadline,
      missingAnchor: answer.kind === 'anchorMissing' ? answer.anchor : null,
    },
    lines: [
      ...(inPlay.length === 0 ? [`No policy for ${words(question.kind)} of this payer is kept.`] : []),
      ...table(
        ['verdict', 'policy', 'for', 'says', 'source'],
        inPlay.map(({ policy, rank, verdict }) => [verdict, policy.id, rank, ruleWords(policy), policy.confirmed]),
      ),
      ...(inPlay.length === 0 ? [] : ['', precedenceLine]),
      ...(answer.kind === 'anchorMissing' ? [`The date is known once ${answer.anchor} is: --anchor ${answer.anchor}=YYYY-MM-DD`] : []),
      ...(deadline === null ? [] : section(`Safe by ${named(deadline.safeByOn)}`, deadline.derivation)),
      ...(deadline?.conflict === null || deadline === null ? [] : ['', deadline.conflict]),
    ],
  };
}

/** Every kind with the policy that wins it. */
export function winnersAnswer(policies: readonly DeadlinePolicy[], questionOf: (kind: DeadlineKind) => PolicyQuestion): Answer {
  const winners = deadlineKinds.flatMap((kind): readonly Considered[] => {
    const question = questionOf(kind);
    return choosePolicy(policies, question) === null ? [] : consider(policies, question).slice(0, 1);
  });
  return {
    document: { winners: winners.map(row) },
    lines: [
      ...table(
        ['kind', 'policy', 'for', 'says', 'source'],
        winners.map(({ policy, rank }) => [words(policy.kind), policy.id, rank, ruleWords(policy), policy.confirmed]),
      ),
      '',
      precedenceLine,
    ],
  };
}

function row({ policy, rank, verdict }: Considered) {
  const { id, kind, effective, citation, source, seenOn, confirmed } = policy;
  return { policyId: id, kind, verdict, rank, says: ruleWords(policy), effective, citation, source, seenOn, confirmed };
}
