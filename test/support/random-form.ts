import { type GivenEvidence, type Task, type TaskForm, taskOutcomes } from '../../rules/domain/task.ts';
import { instantAt } from '../../rules/domain/civil-date.ts';
import type { RandomNumbers } from './random-numbers.ts';

/** What a person may hand in for the task: half the time its first outcome, so that work goes on. */
export function randomForm(task: Task, numbers: RandomNumbers): TaskForm {
  const heads = () => numbers.next(2) === 0;
  const outcome = heads() ? taskOutcomes[task.kind][0] : numbers.pick(taskOutcomes[task.kind]);
  const evidence: GivenEvidence = {
    ...(heads() ? { contracted: heads() } : {}),
    ...(heads() ? { memberConsent: true, waiverOfLiability: true, minimumInControversyCents: 20_000 } : {}),
    ...(numbers.next(5) === 0 ? { ourDataWrong: heads() } : {}),
  };
  const by = numbers.pick(['pat', 'sam', 'dana']);
  const level = numbers.next(8) === 0 ? { answeredLevel: 1 + numbers.next(3) } : {};
  const role = by === 'dana' ? 'director' : by === 'sam' ? 'supervisor' : 'specialist';
  const isTried = task.kind === 'attemptOralNotice' && outcome !== 'cannotReach';
  const attempt = {
    channel: 'call',
    outcome: outcome === 'told' ? 'conversation' : 'noAnswer',
    at: instantAt(task.openedOn, 0, 'America/New_York'),
  } as const;
  return {
    outcome,
    by,
    role,
    evidence,
    ...level,
    ...(isTried ? { assistance: { attempt } } : {}),
    ...(outcome === 'planAccepted' ? { instalmentCents: 1_000 } : {}),
  };
}
