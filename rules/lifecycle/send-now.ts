import type { Task } from '../domain/task.ts';
import { findCase } from './balances.ts';
import { claimOf } from './facts.ts';
import { sendRequested } from './requests.ts';
import type { Turn } from './turn.ts';
import { stepTaken } from './ways.ts';

/** What a person prepared leaves: the corrected claim, the dispute or documents of a case, or what the payer asked for. */
export function sendNow(turn: Turn, task: Task): void {
  if (task.kind === 'answerRequest') return sendRequested(turn, task);
  return task.kind === 'correctClaim' ? submitCorrected(turn, task) : fileDispute(turn, task);
}

function submitCorrected(turn: Turn, task: Task): void {
  const claim = claimOf(turn.account, task.subject);
  if (claim === null) return;
  const path = task.subject.kind === 'case' ? findCase(turn.account, task.subject.caseId)?.case.paths.at(-1)?.kind : undefined;
  const last = claim.submissions.at(-1);
  const frequency = path === 'void' ? '8' : path === 'replacement' || (path === undefined && last?.frequency === '7') ? '7' : '1';
  turn.issueCommand('submitClaim', task.subject, { frequency, sequence: claim.sequence, reason: task.ruleId, formTask: task.id });
}

function fileDispute(turn: Turn, task: Task): void {
  if (task.subject.kind !== 'case') return;
  const found = findCase(turn.account, task.subject.caseId);
  if (found === null) return;
  const lead = found.case.denials.reduce((a, b) => (b.cents > a.cents ? b : a));
  const level = found.case.paths.at(-1)?.level ?? 1;
  const step = stepTaken(turn, found);
  const proof = found.case.timelyFilingProof ?? null;
  const params = {
    sequence: found.claim.sequence,
    caseId: found.case.id,
    level,
    carc: lead.carc,
    amountCents: task.amountCents,
    formTask: task.id,
    ...(step === null ? {} : { path: step.path, step: step.name, title: step.title }),
    ...(proof === null ? {} : { proofOn: proof.acceptedOn, proofFileId: proof.fileId, proofOffset: proof.offset }),
  };
  const kind = task.kind === 'prepareAppeal' ? 'fileAppeal' : task.kind === 'prepareDocuments' ? 'sendDocuments' : 'fileReconsideration';
  turn.issueCommand(kind, task.subject, params);
}
