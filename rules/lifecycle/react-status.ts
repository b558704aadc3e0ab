import type { ClaimTrack } from '../domain/account.ts';
import { addDays, type CivilDate, earlier } from '../domain/civil-date.ts';
import type { AccountEvent } from '../domain/event.ts';
import type { Subject } from '../domain/task.ts';
import { standingRemittances } from './balances.ts';
import { routeToPerson } from './consequences.ts';
import { amountAbout } from './task-about.ts';
import { anchorsOf } from './facts.ts';
import type { Turn } from './turn.ts';

type StatusAnswered = Extract<AccountEvent, { kind: 'statusAnswered' }>;
type DocumentsRequested = Extract<AccountEvent, { kind: 'documentsRequested' }>;

/** A claim that is finalised should be on a remittance within this many days; then someone calls (DOMAIN §2). */
const remittanceDays = 14;

/**
 * What a payer's answer to a status inquiry sets in motion (DOMAIN §2). P3 and R ask for information, P4 asks the patient, F is finalised: the
 * remittance is hunted; D0 and A4 mean the payer does not have the claim; A3 and A6 to A8 that it sent it back. In process, nothing changes: the
 * next inquiry is due as before.
 */
export function statusAnswered(turn: Turn, event: StatusAnswered): void {
  const claim = claimWaiting(turn, event.submissionKey);
  if (claim === null) return;
  const { category, status } = event;
  const said = `The payer answered ${category}:${status} on ${event.on}.`;
  if (category === 'P3' || /^R\d/.test(category))
    return askFor(turn, claim, {
      title: 'Send what the payer asks for',
      reason: said,
      on: event.on,
      dueOn: null,
      attachmentControlNumber: null,
    });
  if (category === 'P4')
    return askFor(turn, claim, { title: 'Ask the patient for what the payer needs', reason: said, on: event.on, dueOn: null });
  const subject: Subject = { kind: 'claim', sequence: claim.sequence };
  if (category.startsWith('F')) {
    turn.cancelTimers(subject);
    turn.meetDeadlines(['statusInquiry', 'payerCall'], subject);
    return turn.setTimer('payment', subject, addDays(turn.today, remittanceDays));
  }
  if (!['D0', 'A3', 'A4', 'A6', 'A7', 'A8'].includes(category)) return;
  const why = category === 'D0' || category === 'A4' ? 'The payer has no such claim.' : 'The payer sent the claim back.';
  const answer = { ruleId: 'lifecycle', action: 'routeToPerson', queue: 'followUp', timer: null, citation: '', params: {} } as const;
  routeToPerson(turn, subject, { ...answer, why: `${why} ${said}` }, null);
}

/** A request for additional information holds a claim until it is answered; the payer's own due date counts before any other. */
export function documentsRequested(turn: Turn, event: DocumentsRequested): void {
  const claim = turn.account.claims.find((c) => c.submissions.some((s) => s.key === event.submissionKey));
  if (claim === undefined) return;
  const { attachmentControlNumber, on, dueOn } = event;
  const reason = `The payer asks for ${event.codes.join(', ')} under attachment control number ${attachmentControlNumber}.`;
  askFor(turn, claim, { title: 'Send the documents the payer asked for', reason, on, dueOn, attachmentControlNumber });
}

/** Only the submission sent last, and only until it is adjudicated. */
function claimWaiting(turn: Turn, submissionKey: string): ClaimTrack | null {
  const claim = turn.account.claims.find((c) => c.submissions.at(-1)?.key === submissionKey);
  return claim === undefined || standingRemittances(claim).length > 0 ? null : claim;
}

interface Asked {
  readonly title: string;
  readonly reason: string;
  readonly on: CivilDate;
  readonly dueOn: CivilDate | null;
  readonly attachmentControlNumber?: string | null;
}

/** One task for one request, however often the payer repeats it. */
function askFor(turn: Turn, claim: ClaimTrack, { title, reason, on, dueOn, ...under }: Asked): void {
  const subject: Subject = { kind: 'claim', sequence: claim.sequence };
  const isAsked = turn.account.tasks.some((t) => t.status === 'open' && t.kind === 'answerRequest' && t.reason === reason);
  if (isAsked) return;
  const usual = turn.derive('documents', claim, { ...anchorsOf(turn, claim, null), noticeOn: on });
  const safeByOn = usual === null ? dueOn : dueOn === null ? usual.safeByOn : earlier(usual.safeByOn, dueOn);
  turn.openTask({
    kind: 'answerRequest',
    queue: 'followUp',
    title,
    reason,
    ...under,
    ruleId: 'lifecycle',
    subject,
    safeByOn,
    legalOn: dueOn,
    amountCents: amountAbout(turn, subject),
  });
}
