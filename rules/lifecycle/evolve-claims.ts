import type { Account, CasePath, ClaimStatus, ClaimTrack, DenialCase, RemittanceOnClaim, Submission } from '../domain/account.ts';
import type { PayerSequence } from '../domain/claim.ts';
import type { PayerClass } from '../domain/deadline.ts';
import { DenialCategory } from '../domain/denial.ts';
import type { AccountEvent, Command } from '../domain/event.ts';
import type { GivenEvidence } from '../domain/task.ts';

/** The claim tracks: submissions, acknowledgements, remittances and denial cases, one track per payer. */
export function evolveClaims(account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'accountOpened':
      return { ...account, claims: event.coverages.map((coverage) => freshTrack(coverage)) };
    case 'submissionSent':
      return onClaim(account, event.sequence, (claim) =>
        withSubmission(claim, submission(event.submissionKey, event.frequency, event.sentOn)),
      );
    case 'submissionAcknowledged':
      return { ...account, claims: account.claims.map((claim) => acknowledged(claim, event)) };
    case 'statusAnswered':
    case 'documentsRequested':
      return { ...account, claims: account.claims.map((claim) => withPayerNumber(claim, event)) };
    case 'remittancePosted':
      return onClaim(account, event.sequence, (claim) => withRemittance(claim, event));
    case 'remittanceUndone':
      return onClaim(account, event.sequence, (claim) =>
        restate({
          ...claim,
          remittances: claim.remittances.map((r) => undone(r, event)),
        }),
      );
    case 'providerAdjusted': {
      const added = event.adjustments.map((adjustment) => ({ ...adjustment, on: event.remittanceOn }));
      return onClaim(account, event.sequence, (claim) => ({
        ...claim,
        providerAdjustments: [...(claim.providerAdjustments ?? []), ...added],
      }));
    }
    case 'taskCompleted':
      return event.evidence === undefined ? account : withEvidence(account, event.taskId, event.evidence);
    case 'commandCarriedOut':
      return carriedOut(account, event);
    default:
      return evolveCases(account, event);
  }
}

function evolveCases(account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'denialFound': {
      const { caseId: id, remittanceClaimId, category, denials, words } = event;
      const fresh: DenialCase = { id, remittanceClaimId, category, deniedOn: event.on, denials, status: 'open', paths: [] };
      const found = words === undefined ? fresh : { ...fresh, words };
      return onClaim(account, event.sequence, (claim) => restate({ ...claim, cases: [...claim.cases, found] }));
    }
    case 'caseClosed':
      return onCase(account, event.caseId, (c) => closed(c, event));
    case 'caseRestored':
      return onCase(account, event.caseId, restored);
    case 'denialsRecovered': {
      const { by, records } = event;
      return onCase(account, event.caseId, (c) => ({ ...c, recoveries: [...(c.recoveries ?? []), { by, records }] }));
    }
    case 'pathTaken':
      return event.subject.kind === 'case' ? onCase(account, event.subject.caseId, (c) => takePath(c, event)) : account;
    case 'pathEnded':
      return onCase(account, event.caseId, (c) => ({ ...c, status: 'open' }));
    case 'decisionReopened':
    case 'decisionOverridden':
      return event.caseId === null ? account : onCase(account, event.caseId, untakePath);
    case 'timelyFilingProofSought':
      return onCase(account, event.caseId, (c) => ({ ...c, timelyFilingProof: event.proof }));
    case 'answerRecorded':
      return onCase(account, event.caseId, (c) => answered(c, event.answer, event.on));
    default:
      return account;
  }
}

/** The last word counts. What is not about one claim is about the first. */
function withEvidence(account: Account, taskId: string, said: GivenEvidence): Account {
  const subject = account.tasks.find((t) => t.id === taskId)?.subject;
  const sequence = subject?.kind === 'case' || subject?.kind === 'claim' ? subject.sequence : 1;
  return onClaim(account, sequence, (claim) => ({ ...claim, evidence: { ...claim.evidence, ...said } }));
}

function freshTrack(coverage: { sequence: PayerSequence; payerId: string; payerClass: PayerClass }): ClaimTrack {
  return { ...coverage, status: 'draft', submissions: [], payerClaimNumber: null, remittances: [], cases: [] };
}

function submission(key: string, frequency: Submission['frequency'], sentOn: Submission['sentOn']): Submission {
  return {
    key,
    frequency,
    sentOn,
    status: 'sent',
    acceptedOn: null,
    rejection: null,
    functionalAcknowledged: false,
    claimAcknowledged: false,
  };
}

function onClaim(account: Account, sequence: PayerSequence, change: (claim: ClaimTrack) => ClaimTrack): Account {
  return { ...account, claims: account.claims.map((claim) => (claim.sequence === sequence ? change(claim) : claim)) };
}

function onCase(account: Account, caseId: string, change: (c: DenialCase) => DenialCase): Account {
  const claims = account.claims.map((claim) =>
    claim.cases.some((c) => c.id === caseId)
      ? restate({ ...claim, cases: claim.cases.map((c) => (c.id === caseId ? change(c) : c)) })
      : claim,
  );
  return { ...account, claims };
}

function withSubmission(claim: ClaimTrack, sent: Submission): ClaimTrack {
  if (claim.submissions.some((s) => s.key === sent.key)) return claim;
  return restate({ ...claim, submissions: [...claim.submissions, sent] });
}

function acknowledged(claim: ClaimTrack, event: Extract<AccountEvent, { kind: 'submissionAcknowledged' }>): ClaimTrack {
  if (!claim.submissions.some((s) => s.key === event.submissionKey)) return claim;
  const isAdjudicated = claim.remittances.some((r) => r.submissionKey === event.submissionKey && r.status !== '22' && !r.reversed);
  const submissions = claim.submissions.map((s) => (s.key === event.submissionKey ? acknowledge(s, event, isAdjudicated) : s));
  return restate({ ...claim, submissions, payerClaimNumber: event.payerClaimNumber ?? claim.payerClaimNumber });
}

/** An answer may name the claim as the payer calls it; it is no acceptance and proves nothing. */
function withPayerNumber(claim: ClaimTrack, event: { submissionKey: string; payerClaimNumber: string | null }): ClaimTrack {
  if (event.payerClaimNumber === null || !claim.submissions.some((s) => s.key === event.submissionKey)) return claim;
  return { ...claim, payerClaimNumber: event.payerClaimNumber };
}

/**
 * Only a payer's acceptance is proof of timely filing; a clearinghouse's is a receipt (DOMAIN §2). A rejection by either is a rejection, and so is
 * "not found" (A4), unless it comes after the remittance: what was adjudicated was not rejected.
 */
function acknowledge(
  sent: Submission,
  event: Extract<AccountEvent, { kind: 'submissionAcknowledged' }>,
  isAdjudicated: boolean,
): Submission {
  const { level, by, verdict, category, status, on } = event;
  const heard = {
    ...sent,
    functionalAcknowledged: true,
    claimAcknowledged: sent.claimAcknowledged || (level === 'claim' && by === 'payer'),
  };
  if ((verdict === 'rejected' || verdict === 'notFound') && isAdjudicated) return heard;
  if (verdict === 'rejected' || verdict === 'notFound') return { ...heard, status: 'rejected', rejection: { level, category, status, on } };
  if (verdict === 'accepted' && level === 'claim' && by === 'payer')
    return { ...heard, status: 'accepted', ...earliestAcceptance(sent, event) };
  return sent.status === 'sent' ? { ...heard, status: 'received' } : heard;
}

function earliestAcceptance(
  { acceptedOn, acceptance }: Submission,
  { on, fileId, offset }: Extract<AccountEvent, { kind: 'submissionAcknowledged' }>,
): Pick<Submission, 'acceptedOn' | 'acceptance'> {
  if (acceptedOn !== null && acceptedOn <= on) return acceptance === undefined ? { acceptedOn } : { acceptedOn, acceptance };
  return { acceptedOn: on, acceptance: { fileId, offset } };
}

function withRemittance(claim: ClaimTrack, event: Extract<AccountEvent, { kind: 'remittancePosted' }>): ClaimTrack {
  const { id: _id, occurredAt: _at, kind: _kind, ...remittance } = event;
  return restate({
    ...claim,
    payerClaimNumber: remittance.payerClaimNumber || claim.payerClaimNumber,
    submissions: claim.submissions.map((s) => (isOverruled(s, event) ? { ...s, status: 'received' as const, rejection: null } : s)),
    remittances: [...claim.remittances, { ...remittance, reversed: false }],
  });
}

function undone(r: RemittanceOnClaim, { remittanceClaimId, by }: Extract<AccountEvent, { kind: 'remittanceUndone' }>): RemittanceOnClaim {
  if (r.remittanceClaimId === remittanceClaimId) return { ...r, reversed: true };
  return r.remittanceClaimId === by ? { ...r, undid: [...(r.undid ?? []), remittanceClaimId] } : r;
}

function closed(c: DenialCase, { status, by }: Extract<AccountEvent, { kind: 'caseClosed' }>): DenialCase {
  const { closedBy, ...rest } = c;
  if (by !== undefined) return { ...rest, status, closedBy: { by, was: c.status } };
  return closedBy === undefined ? { ...c, status } : { ...rest, status };
}

function restored(c: DenialCase): DenialCase {
  const { closedBy, recoveries = [], ...rest } = c;
  if (closedBy === undefined) return c;
  const left = recoveries.filter(({ by }) => by !== closedBy.by);
  return { ...rest, status: closedBy.was, ...(left.length === 0 ? {} : { recoveries: left }) };
}

/** An adjudication says more than a rejection of the same submission before it. */
function isOverruled(sent: Submission, { status, submissionKey }: { readonly status: string; readonly submissionKey: string }): boolean {
  return sent.status === 'rejected' && sent.key === submissionKey && status !== '22';
}

function takePath(c: DenialCase, event: Extract<AccountEvent, { kind: 'pathTaken' }>): DenialCase {
  const step = event.step === undefined ? {} : { step: event.step };
  const path: CasePath = {
    kind: event.path,
    level: event.level,
    ...step,
    takenOn: event.on,
    filedOn: null,
    answeredOn: null,
    answer: null,
  };
  return { ...c, status: 'working', paths: [...c.paths, path] };
}

function untakePath(c: DenialCase): DenialCase {
  const paths = c.paths.slice(0, -1);
  return { ...c, status: paths.at(-1)?.answer === 'upheld' ? 'upheld' : 'open', paths };
}

function answered(c: DenialCase, answer: 'overturned' | 'upheld', on: CasePath['answeredOn']): DenialCase {
  return { ...c, status: answer, paths: c.paths.map((p, i) => (i === c.paths.length - 1 ? { ...p, answer, answeredOn: on } : p)) };
}

function carriedOut(account: Account, event: Extract<AccountEvent, { kind: 'commandCarriedOut' }>): Account {
  const command = account.commands.find((c) => c.command.key === event.key)?.command;
  if (command === undefined || event.result !== 'sent') return account;
  const filed = command.subject.kind === 'case' ? onCase(account, command.subject.caseId, (c) => file(c, event.on)) : account;
  if (event.submissionKey === null) return filed;
  const sent = submission(event.submissionKey, frequencyOf(command), event.on);
  return onClaim(filed, sequenceOf(command), (claim) => withSubmission(claim, sent));
}

function file(c: DenialCase, on: CasePath['filedOn']): DenialCase {
  if (c.status !== 'working') return c;
  return { ...c, status: 'awaitingAnswer', paths: c.paths.map((p, i) => (i === c.paths.length - 1 ? { ...p, filedOn: on } : p)) };
}

function frequencyOf(command: Command): Submission['frequency'] {
  const { frequency } = command.params;
  return frequency === '7' || frequency === '8' ? frequency : '1';
}

function sequenceOf(command: Command): PayerSequence {
  const { sequence } = command.params;
  return sequence === 2 || sequence === 3 ? sequence : 1;
}

/** The one word for the claim, derived from its parts. */
function restate(claim: ClaimTrack): ClaimTrack {
  return { ...claim, status: statusOf(claim) };
}

function statusOf(claim: ClaimTrack): ClaimStatus {
  const live = claim.cases.filter((c) => !['recovered', 'superseded', 'writtenOff', 'patient', 'undone'].includes(c.status));
  const leading = live.at(-1);
  const last = claim.submissions.at(-1);
  if (leading !== undefined) return statusOfCase(leading, claim);
  if (last?.status === 'rejected') return 'rejected';
  const standing = claim.remittances.filter((r) => r.status !== '22' && !r.reversed);
  if (standing.length > 0) {
    if (claim.cases.some((c) => c.status === 'writtenOff')) return 'writtenOff';
    return claim.cases.some((c) => c.status === 'recovered' && c.paths.some((p) => p.answer === 'overturned')) ? 'overturned' : 'paid';
  }
  if (last === undefined) return 'draft';
  return last.status === 'accepted' ? 'accepted' : 'submitted';
}

function statusOfCase(c: DenialCase, claim: ClaimTrack): ClaimStatus {
  const path = c.paths.at(-1)?.kind;
  switch (c.status) {
    case 'open':
      if (!claim.remittances.some((r) => r.remittanceClaimId === c.remittanceClaimId && r.paidCents > 0)) return 'denied';
      return c.category === DenialCategory.underpayment ? 'underpaid' : 'partlyDenied';
    case 'working':
      return path === 'newClaim' || path === 'replacement' || path === 'void' || path === 'documents' ? 'correcting' : 'disputing';
    case 'awaitingAnswer':
      return claim.submissions.at(-1)?.status === 'rejected' ? 'rejected' : 'awaitingAnswer';
    case 'overturned':
      return 'overturned';
    case 'upheld':
      return 'upheld';
    case 'recovered':
    case 'superseded':
    case 'patient':
    case 'undone':
      return 'paid';
    case 'writtenOff':
      return 'writtenOff';
  }
}
