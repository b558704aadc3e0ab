import type { DerivedDeadline } from '../domain/deadline.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import { cents } from '../domain/money.ts';
import type { Subject, TaskKind } from '../domain/task.ts';
import { accountBalance, bucketBalance, caseAmount, findCase, payerBucket } from './balances.ts';
import { proofInWords } from './describe.ts';
import type { Turn } from './turn.ts';

/** Opens the task in which a person carries an answer out. Of a denial for late filing it says what proof there is. */
export function openTask(
  turn: Turn,
  subject: Subject,
  answer: RuleAnswer,
  about: { readonly kind: TaskKind; readonly title: string; readonly deadline: DerivedDeadline | null },
): void {
  const { deadline, ...rest } = about;
  const dates = deadline === null ? {} : { safeByOn: deadline.safeByOn, legalOn: deadline.legalOn };
  const { queue, ruleId, why, params } = answer;
  const found = subject.kind === 'case' ? findCase(turn.account, subject.caseId) : null;
  const reason = found === null ? why : `${why}${proofInWords(found.case)}`;
  const proposed = rest.kind === 'approveWriteOff' && typeof params.proposedBy === 'string' ? { proposedBy: params.proposedBy } : {};
  turn.openTask({ ...rest, ...dates, ...proposed, queue, reason, ruleId, subject, amountCents: amountAbout(turn, subject) });
}

/** The money a task is about. */
export function amountAbout(turn: Turn, subject: Subject) {
  switch (subject.kind) {
    case 'case': {
      const found = findCase(turn.account, subject.caseId);
      return found === null ? cents(0) : caseAmount(found.case);
    }
    case 'claim':
      return bucketBalance(turn.account, payerBucket(subject.sequence));
    case 'credit':
      return cents(-bucketBalance(turn.account, subject.bucket));
    case 'patient':
    case 'hold':
    case 'placement':
      return bucketBalance(turn.account, 'patient');
    default:
      return accountBalance(turn.account);
  }
}
