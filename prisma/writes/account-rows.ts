import type { Account, ClaimTrack, DenialCase, Placement } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { recordStatus, recoveredCents } from '../../rules/lifecycle/denials.ts';
import type { Subject, Task } from '../../rules/domain/task.ts';
import type { Proposal } from '../../rules/lifecycle/proposals.ts';
import { placementReference } from '../../rules/vendors/account-side.ts';
import { uuidv7 } from '../ids.ts';
import type { Row } from './bulk.ts';

/** Sorts after every date. */
const endOfTime = '9999-12-31';

/** What of a list is there no more: an undo took it away. */
export function gone<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): readonly T[] {
  if (after.length >= before.length) return [];
  const standing = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !standing.has(id));
}

/** What of a list is new or changed; unchanged elements keep their identity through `evolve`. */
export function changed<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  const standing = new Set(before);
  return after.filter((element) => !standing.has(element));
}

export function sortOn(safeByOn: CivilDate | null): string {
  return safeByOn ?? endOfTime;
}

export function taskRow(account: Account, task: Task): Row {
  // Which command it is about is kept with the account; who proposed it, and in which role it was closed, stands in its proposal.
  const {
    id: localId,
    commandKey: _key,
    proposedBy: _by,
    of: _of,
    closedAs: _as,
    attachmentControlNumber: _number,
    assignee = null,
    ...rest
  } = task;
  const payerId = payerOf(account, task.subject);
  return { id: uuidv7(), accountId: account.id, localId, ...rest, assignee, payerId, sortOn: sortOn(task.safeByOn) };
}

export function payerOf(account: Account, subject: Subject): string {
  if (subject.kind === 'claim' || subject.kind === 'case')
    return account.claims.find((c) => c.sequence === subject.sequence)?.payerId ?? '';
  return account.claims[0]?.payerId ?? '';
}

export function deadlineRow(account: Account, { id: deadlineId, subject, deadline, status }: Account['deadlines'][number]): Row {
  const { policyId, kind, anchor, anchorOn, nominalOn, legalOn, safeByOn, derivation, conflict } = deadline;
  const dates = { anchor, anchorOn, nominalOn, legalOn, safeByOn };
  return { accountId: account.id, deadlineId, subject, policyId, kind, ...dates, derivation, conflict, status };
}

export function lineRow(account: Account, seq: number, line: Account['lines'][number]): Row {
  const { id: lineId, cents: amountCents, on: postedOn, source, ...rest } = line;
  const place = 'fileId' in source ? { ...source, cause: null } : { fileId: null, offset: null, cause: source.cause };
  return { accountId: account.id, lineId, seq, amountCents, postedOn, ...place, ...rest };
}

export function denialRows(account: Account, claim: ClaimTrack, denialCase: DenialCase): readonly Row[] {
  const recovered = recoveredCents(denialCase);
  return denialCase.denials.map((denial, position) => ({
    accountId: account.id,
    caseId: denialCase.id,
    position,
    sequence: claim.sequence,
    payerId: claim.payerId,
    category: denialCase.category,
    lineNumber: denial.lineNumber,
    group: denial.group,
    carc: denial.carc,
    rarcs: denial.rarcs,
    amountCents: denial.cents,
    deniedOn: denialCase.deniedOn,
    remittanceClaimId: denialCase.remittanceClaimId,
    offset: denial.offset,
    caseStatus: denialCase.status,
    lineStatus: recordStatus(denialCase, position),
    recoveredCents: recovered[position] ?? 0,
  }));
}

export function proposalRow(account: Account, { id: localId, subject: _subject, ...rest }: Proposal): Row {
  return { accountId: account.id, localId, ...rest };
}

export function placementRow(account: Account, { id: placementId, paymentIds: _payments, ...rest }: Placement): Row {
  const { toldCents = null, recallReason = null, returnReason = null, vendorStatus = null, vendorStatusOn = null } = rest;
  const later = { toldCents, recallReason, returnReason, vendorStatus, vendorStatusOn };
  const reference = placementReference(account.opened?.accountNumber ?? '', placementId);
  return { accountId: account.id, placementId, reference, ...rest, ...later };
}
